"""What goes into the library and comes out of it."""

import errno
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.faces.face import Box, Face


class FileState(NamedTuple):
    """What the file system says of a file; as long as it says the same, the content is taken to be the same."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, path: Path) -> "FileState":
        """Raises OSError when there is no such file, or when it is a pipe, a device or a folder."""
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        return cls(status.st_size, status.st_mtime_ns)


class Root(NamedTuple):
    """A folder that was looked through."""

    id: int
    path: Path
    """Absolute."""


class Outcome(NamedTuple):
    """What the looks at a photo have brought."""

    path: str
    problem: str | None
    faces: int


class KnownPhoto(NamedTuple):
    """A file that the library has met."""

    state: FileState
    content: int | None
    """None: it could not be read."""

    vanished: bool
    """It was not there at the last look."""


@dataclass(frozen=True, eq=False)
class PhotoResult:
    """What one look at one photo brought."""

    path: str
    """Relative to the root."""

    state: FileState
    sha256: bytes | None
    """None: the file was out of reach, and is to be tried again."""

    problem: str | None = None
    """Why there are no faces; None when the photo was read."""

    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    taken_at: str | None = None
    faces: tuple[Face, ...] = ()


@dataclass(frozen=True, eq=False)
class FaceSet:
    """Faces to be grouped, in an order that depends on the pictures alone."""

    contents: npt.NDArray[np.int64]
    """(n,): in which content each face is."""

    boxes: list[Box | None]
    """Where in it, if that is known."""

    vectors: FloatMatrix
    """(n, d), rows of length 1."""

    doubtful: npt.NDArray[np.bool_]
    """(n,): hard to recognise, or perhaps no face at all."""


class Placement(NamedTuple):
    """A face that belongs to a person."""

    content: int
    box: Box | None
    person: int
    confirmed: bool = False
    """The user said so; otherwise grouping placed it."""

    similarity: float | None = None
    """To the person's other faces, as a cosine on the average, when grouping placed it."""

    id: int | None = None
    """None: not in the library yet."""


class Rejection(NamedTuple):
    """A face that does not belong to a person, as the user said."""

    content: int
    box: Box | None
    person: int


class PersonRecord(NamedTuple):
    """Somebody, as the library keeps them."""

    id: int
    name: str | None
    """None: called by their number."""

    hidden: bool
    cover: int | None
    """The placement that the user chose for them."""


class Tally(NamedTuple):
    """How much is known of somebody."""

    photos: int
    faces: int
    confirmed: int
    """Of the faces."""


@dataclass(frozen=True)
class Known:
    """Who is known before faces are grouped."""

    placements: Sequence[Placement] = ()
    rejections: Sequence[Rejection] = ()
    records: Sequence[PersonRecord] = ()
    next_id: int = 1
    """That the next new person gets: ids are never used twice."""
