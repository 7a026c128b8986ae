"""FaceNet's weights from whatever file people have; which form a file is of, its content says, not its name.

Whatever the form, nothing in a file is run, imported, or unpickled: weights are found by name and read as numbers.
"""

import lzma
import re
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from sortbyface.errors import ModelUnusable
from sortbyface.networks.facenet_files import checkpoint, frozen_graph, keras2, keras3, npz
from sortbyface.networks.facenet_files.layers import Arrays, Layer, WrongShape
from sortbyface.networks.locating import files_of

__all__ = ["Arrays", "Layer", "WrongShape", "arrays_of", "refusal"]

_Reader: TypeAlias = Callable[[Path, Sequence[Layer]], Arrays]

_DAMAGE = (
    *(OSError, ValueError, LookupError, EOFError, TypeError, RuntimeError, MemoryError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, tokenize.TokenError),
)
"""What the readers of the forms raise, on h5py's, zipfile's and NumPy's behalf, for files that are damaged."""


def arrays_of(weights: Path) -> Callable[[Sequence[Layer]], Arrays]:
    """What reads the arrays that layers want from a file, a checkpoint, or a folder with one of them.

    What is no weights file at all is refused here, before anybody builds a network for it. Raises ModelUnusable, and
    so does what is given back, which also raises WrongShape.
    """
    file = files_of(weights)[0]
    try:
        reader = _reader(file)
    except _DAMAGE as error:
        raise refusal(weights, error) from error
    return partial(_read, reader, weights, file)


def _read(reader: _Reader, weights: Path, file: Path, layers: Sequence[Layer]) -> Arrays:
    try:
        return reader(file, layers)
    except WrongShape:
        raise
    except _DAMAGE as error:
        raise refusal(weights, error) from error


def refusal(weights: Path, error: BaseException) -> ModelUnusable:
    """What to tell the user of a file that cannot be used."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return ModelUnusable(f"{weights} does not hold the arrays of FaceNet ({reason:.200}); get it again")


def _reader(file: Path) -> _Reader:
    if file.suffix == ".index":  # only its name says where the data is
        return checkpoint.read
    with file.open("rb") as content:
        start = content.read(1024)
    if start.startswith(b"\x89HDF\r\n\x1a\n"):
        return _read_hdf5
    if start.startswith(b"PK\3\4"):
        return _reader_of_archive(file)
    if re.match(rb"\s*<[!?\w]", start):
        raise ValueError("it is a web page")
    if start.startswith(frozen_graph.FIRST_BYTE):
        return frozen_graph.read
    if start.startswith(b"\x80"):
        raise ValueError("it is a pickle, which could run anything and is not opened")
    raise ValueError("it is of no form that is known here" if start else "it is empty")


def _reader_of_archive(file: Path) -> _Reader:
    with zipfile.ZipFile(file) as archive:
        members = archive.namelist()
    if keras3.WEIGHTS in members:
        return keras3.read_archive
    if any(member.endswith(".npy") for member in members):
        return npz.read
    raise ValueError("it is an archive of something else; if FaceNet's files are in it, unpack it first")


def _read_hdf5(file: Path, layers: Sequence[Layer]) -> Arrays:
    import h5py

    with h5py.File(file, "r") as content:
        of_keras2 = keras2.MODEL in content or keras2.WEIGHTS in content.attrs
        return (keras2.read if of_keras2 else keras3.read)(content, layers)
