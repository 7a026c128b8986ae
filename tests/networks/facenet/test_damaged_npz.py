"""Archives of arrays that do not make up the network, or are none."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from tests.networks.facenet.arrays import Arrays, saved
from tests.networks.facenet.conftest import Refuses


@pytest.mark.parametrize("missing", ["Conv2d_1a_3x3_kernel", "Block8_6_Conv2d_1x1_bias", "Bottleneck_BatchNorm_beta"])
def test_an_array_that_is_missing(missing: str, refuses: Refuses, arrays_of_2018: Arrays, tmp_path: Path) -> None:
    refuses(saved(tmp_path / "facenet.npz", {name: arrays_of_2018[name] for name in arrays_of_2018 if name != missing}))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Bottleneck_kernel", np.zeros((1792, 128), np.float32)),  # the network of 2017
        ("Conv2d_1a_3x3_kernel", np.zeros((32, 3, 3, 3), np.float32)),  # as PyTorch has it
        ("Conv2d_1a_3x3_kernel", np.float32(1)),
        ("Conv2d_1a_3x3_kernel", np.full((3, 3, 3, 32), "number")),
        ("Conv2d_1a_3x3_kernel", np.full((3, 3, 3, 32), None)),
    ],
    ids=["another width", "another order", "one number", "text", "objects"],
)
def test_an_array_of_another_kind(name: str, values, refuses: Refuses, arrays_of_2018: Arrays, tmp_path: Path) -> None:
    refuses(saved(tmp_path / "facenet.npz", {**arrays_of_2018, name: values}))


def npy(values: npt.NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def compressed() -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, Conv2d_1a_3x3_kernel=np.random.default_rng(0).normal(size=(3, 3, 3, 32)))
    return file.getvalue()


def broken_stream() -> bytes:
    """The first array's compressed bytes are not compressed data any more."""
    data = bytearray(compressed())
    start = data.index(b".npy") + 24
    data[start : start + 64] = b"\xff" * 64
    return bytes(data)


def locked() -> bytes:
    """One bit that says that the arrays are encrypted."""
    data = bytearray(compressed())
    data[data.index(b"PK\1\2") + 8] |= 1
    data[data.index(b"PK\3\4") + 6] |= 1
    return bytes(data)


TANGLED = b"\x93NUMPY\1\0\x20\0{'descr': ((((((((((((((((((((((("


def of_no_known_kind(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Conv2d_1a_3x3_kernel.npy", content)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [npy(np.zeros(3)), broken_stream(), locked(), of_no_known_kind(b"these are no numbers"), of_no_known_kind(TANGLED)],
    ids=["a lone array", "broken inside", "encrypted", "no arrays inside", "a header that does not end"],
)
def test_a_file_of_another_kind(data: bytes, refuses: Refuses, tmp_path: Path) -> None:
    path = tmp_path / "facenet.npz"
    path.write_bytes(data)
    refuses(path)
