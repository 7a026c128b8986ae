"""NumPy's `.npz` of named arrays: `<layer>_<variable>`."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sortbyface.networks.facenet_files.layers import Arrays, Layer, Stored, gather

_HEADERS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


def read(file: Path, layers: Sequence[Layer]) -> Arrays:
    """See `arrays_of`. Pickled objects in it are not read."""
    with zipfile.ZipFile(file) as archive:
        members = set(archive.namelist())

        def find(layer: Layer, variable: str) -> Stored | None:
            member = f"{layer.name}_{variable}.npy"
            return _stored(archive, member) if member in members else None

        return gather(layers, find)


def _stored(archive: zipfile.ZipFile, member: str) -> Stored:
    def values() -> npt.NDArray[Any]:
        with archive.open(member) as content:
            return np.asarray(np.lib.format.read_array(content, allow_pickle=False))

    with archive.open(member) as content:
        version = np.lib.format.read_magic(content)
        if version not in _HEADERS:
            raise ValueError(f"{member} is of a later version of NumPy's format")
        shape, _, _ = _HEADERS[version](content)
    return Stored(shape, values)
