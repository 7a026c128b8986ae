"""What a file of people says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sortbyface.faces.face import Box

FORMAT = "sort-by-face people"
VERSION = 1


class Place(NamedTuple):
    """Somewhere in a photo."""

    sha256: bytes
    """Of the photo's file: it is found again wherever it lies."""

    box: Box | None
    """In pixels of the upright, full-size photo; None: somewhere in it."""


class Seen(NamedTuple):
    """A face of somebody."""

    place: Place
    confirmed: bool
    similarity: float | None
    cover: bool
    """The user chose it to stand for the person."""


class PhotoHint(NamedTuple):
    """For a reader to know a photo by."""

    size: int
    """In bytes."""

    path: str | None
    """Where it was; None: nowhere that the library knew."""


@dataclass(frozen=True)
class FilePerson:
    """Somebody."""

    id: int
    name: str | None
    hidden: bool
    faces: tuple[Seen, ...]
    rejected: tuple[Place, ...]
    """Faces that are not theirs, as the user said."""


@dataclass(frozen=True)
class PeopleFile:
    """Everybody, by id, and the photos that show them."""

    photos: Mapping[bytes, PhotoHint]
    """By SHA-256."""

    people: tuple[FilePerson, ...]
