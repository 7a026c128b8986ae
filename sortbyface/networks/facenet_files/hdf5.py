"""The arrays of an HDF5 file, read as nothing but numbers."""

from pathlib import PurePosixPath
from typing import Any

import numpy as np
import numpy.typing as npt

from sortbyface.networks.facenet_files.layers import Stored


def datasets_in(group: Any) -> dict[PurePosixPath, Stored]:
    """By path below the group. Links to other files, or to elsewhere in this one, are not followed."""
    import h5py

    found = {}

    def visit(name: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset):
            found[PurePosixPath(name)] = _stored(item)

    group.visititems(visit)
    return found


def _stored(dataset: Any) -> Stored:
    def values() -> npt.NDArray[Any]:
        if dataset.external or dataset.is_virtual:
            raise ValueError("its numbers are said to lie in other files")
        return np.asarray(dataset[()])

    return Stored(dataset.shape or (), values)
