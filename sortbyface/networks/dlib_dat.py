"""Reader of dlib's serialised networks (.dat).

The stream is the network's C++ template type, written layer by layer: a layer's version, then the
layer beneath it, then the layer's own numbers. So the numbers come in forward order, the input first.
Written from dlib's documented serialisation (dlib/serialize.h, dlib/dnn).
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from sortbyface.errors import ModelUnusable

_TENSOR_VERSION: Final = 2
_ALIAS_VERSION: Final = 1
_WITHOUT_DETAILS: Final = ("tag", "skip")


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer's kind, and its trained numbers if it has any."""

    kind: str
    """con, affine, relu, max_pool, avg_pool, add_prev, fc, tag, skip or input."""

    arrays: dict[str, npt.NDArray[np.float32]] = field(default_factory=dict)
    """con: kernel (out, in, rows, columns), bias; affine: scale, shift; fc: kernel (in, out); input: mean (3,)."""


def read_layers(data: bytes, stack: list[str]) -> list[Layer]:
    """The layers of a `loss_metric` network, input first.

    stack: the kinds of all layers above the input, in forward order, as the C++ type has them.
    Raises ModelUnusable when the data is cut short, goes on after the end, or is another network.
    """
    reader = _Reader(data)
    try:
        reader.expect(reader.integer() == 1)
        reader.expect(reader.text().startswith("loss_metric_"))
        reader.number(), reader.number()  # the loss's margin and threshold, of use in training only
        layers = list(_network(reader, stack))
        reader.expect(reader.position == len(data))
    except (IndexError, ValueError, struct.error, UnicodeDecodeError, OverflowError) as error:
        raise ModelUnusable("the weights file is damaged, or of another network; get it again") from error
    return layers


def _network(reader: "_Reader", stack: list[str]) -> Iterator[Layer]:
    lowest, *upper = stack
    versions = [_layer_version(reader, kind) for kind in reversed(upper)][::-1]
    lowest_version = reader.integer()  # the layer on the input is serialised in a way of its own
    reader.expect(lowest_version in (2, 3))
    yield _input(reader)
    yield _details(reader, lowest)
    _skip_training_state(reader, tensors=3)
    if lowest_version == 3:
        reader.integer()
    for kind, version in zip(upper, versions, strict=True):
        if kind in _WITHOUT_DETAILS:
            yield Layer(kind)
            continue
        yield _details(reader, kind)
        _skip_training_state(reader, tensors=2 if version == 1 else 3)


def _layer_version(reader: "_Reader", kind: str) -> int:
    version = reader.integer()
    reader.expect(version == 1 or (version == 2 and kind not in _WITHOUT_DETAILS))
    return version


def _skip_training_state(reader: "_Reader", tensors: int) -> None:
    for _ in range(3):
        reader.boolean()
    for _ in range(tensors):
        reader.tensor()


def _input(reader: "_Reader") -> Layer:
    reader.expect(reader.text() == "input_rgb_image_sized")
    mean = np.array([reader.number() for _ in range(3)], dtype=np.float32)
    reader.integer(), reader.integer()  # rows and columns, which the network's definition knows
    return Layer("input", {"mean": mean})


def _details(reader: "_Reader", kind: str) -> Layer:
    written = reader.text()
    reader.expect(written.startswith(kind))
    return Layer(kind, _DETAILS[kind](reader, written) if kind in _DETAILS else {})


def _convolution(reader: "_Reader", written: str) -> dict[str, npt.NDArray[np.float32]]:
    numbers = reader.tensor().ravel()
    filters, rows, columns = reader.integer(), reader.integer(), reader.integer()
    for _ in range(4):  # stride, padding
        reader.integer()
    shape = reader.alias()
    reader.expect((filters, rows, columns) == (shape[0], *shape[2:]))
    reader.alias()
    for _ in range(4):  # learning rates
        reader.number()
    for _ in range({"con_5": 1, "con_6": 2}.get(written, 0)):
        reader.boolean()
    size = math.prod(shape)
    return {"kernel": numbers[:size].reshape(shape), "bias": numbers[size : size + filters]}


def _affine(reader: "_Reader", written: str) -> dict[str, npt.NDArray[np.float32]]:
    numbers = reader.tensor().ravel()
    size = math.prod(reader.alias())
    reader.alias()
    reader.integer()
    if written == "affine_2":
        reader.boolean()
    return {"scale": numbers[:size], "shift": numbers[size : 2 * size]}


def _relu(reader: "_Reader", written: str) -> dict[str, npt.NDArray[np.float32]]:
    if written == "relu_2":
        reader.boolean()
    return {}


def _pooling(reader: "_Reader", written: str) -> dict[str, npt.NDArray[np.float32]]:
    for _ in range(6):  # window, stride, padding
        reader.integer()
    return {}


def _fully_connected(reader: "_Reader", written: str) -> dict[str, npt.NDArray[np.float32]]:
    outputs, inputs = reader.integer(), reader.integer()
    numbers = reader.tensor().ravel()
    size = math.prod(reader.alias())
    reader.alias()
    reader.integer()
    for _ in range(4):  # learning rates
        reader.number()
    if written == "fc_3":
        reader.boolean()
    return {"kernel": numbers[:size].reshape(inputs, outputs)}


_DETAILS = {
    "con": _convolution,
    "affine": _affine,
    "relu": _relu,
    "max_pool": _pooling,
    "avg_pool": _pooling,
    "fc": _fully_connected,
}


class _Reader:
    """dlib's portable encoding of numbers, text and tensors."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def expect(self, condition: bool) -> None:
        if not condition:
            raise ValueError(f"not as expected at byte {self.position}")

    def integer(self) -> int:
        """A byte with the sign and the count of the bytes that follow, then these."""
        head = self._data[self.position]
        digits = self._take(1 + (head & 0x0F))[1:]
        value = int.from_bytes(digits, "little")
        return -value if head & 0x80 else value

    def number(self) -> float:
        """Mantissa and exponent, so that every machine reads the same."""
        mantissa, exponent = self.integer(), self.integer()
        return math.ldexp(mantissa, exponent)

    def boolean(self) -> bool:
        digit = self._take(1)
        self.expect(digit in (b"0", b"1"))
        return digit == b"1"

    def text(self) -> str:
        return self._take(self.integer()).decode("ascii")

    def tensor(self) -> npt.NDArray[np.float32]:
        self.expect(self.integer() == _TENSOR_VERSION)
        shape = tuple(self.integer() for _ in range(4))
        values = np.frombuffer(self._take(4 * math.prod(shape)), dtype="<f4")
        return values.reshape(shape).astype(np.float32)

    def alias(self) -> tuple[int, ...]:
        """The shape of a tensor that lives inside another one."""
        self.expect(self.integer() == _ALIAS_VERSION)
        return tuple(self.integer() for _ in range(4))

    def _take(self, count: int) -> bytes:
        end = self.position + count
        self.expect(count >= 0 and end <= len(self._data))
        taken = self._data[self.position : end]
        self.position = end
        return taken
