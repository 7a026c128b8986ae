"""Those who find faces: this program's detectors, and others for comparison, with what each step of theirs costs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import NamedTuple, TypeVar

from benchmarks import original_pipeline
from benchmarks.others import OTHERS, load_image_file
from sortbyface.faces.detectors import DETECTORS
from sortbyface.faces.face import Box
from sortbyface.faces.smallest import SmallestFace
from sortbyface.finder import Finder
from sortbyface.photos.picture import Picture
from sortbyface.photos.reading import read_photo

OURS = [name for name in DETECTORS if name != "whole"]
NAMES = [*OURS, "original", *OTHERS]

Pixels = TypeVar("Pixels")


class Look(NamedTuple):
    """What came of a photo."""

    boxes: list[Box]
    """In pixels of the full-size photo."""

    reading: float
    """CPU seconds, of all threads."""

    finding: float


@dataclass(frozen=True)
class Contestant:
    """Looks at photos, one by one."""

    name: str
    look: Callable[[Path], Look]
    most_pixels: int | None = None
    """It cannot look at larger photos; None: it can."""

    smallest: str | None = None
    """The `--min-face` that it was told."""


def ours(name: str, min_face: str | None = None) -> Contestant:
    """A detector of this program, as embedder.py uses it."""
    finder = Finder(DETECTORS[name](), SmallestFace.parse(min_face) if min_face else None)
    finder.detector.prepare()

    def find(picture: Picture) -> list[Box]:
        return [found.box.scaled(picture.scale) for found in finder.find(picture)]

    read = partial(read_photo, working_side=finder.working_side)
    return Contestant(name, partial(_look, read, find), smallest=min_face)


def original() -> Contestant:
    """The original Sort-By-Face, which builds its detector anew for every photo."""

    def find(picture: original_pipeline.Picture | None) -> list[Box]:
        if picture is None:
            return []
        boxes = (Box(r.left(), r.top(), r.right() + 1, r.bottom() + 1) for r in original_pipeline.find(picture))
        return [box.scaled(picture.scale) for box in boxes]

    return Contestant("original", partial(_look, original_pipeline.read, find))


def another(name: str) -> Contestant:
    """Another package."""
    most_pixels = 2_500_000 if name == "face_recognition-cnn" else None  # doubled, more take many gigabytes
    return Contestant(name, partial(_look, load_image_file, OTHERS[name]().find), most_pixels)


def contestant(name: str) -> Contestant:
    """By its name, of `NAMES`."""
    if name == "original":
        return original()
    return another(name) if name in OTHERS else ours(name)


def _look(read: Callable[[Path], Pixels], find: Callable[[Pixels], list[Box]], path: Path) -> Look:
    started = process_time()
    pixels = read(path)
    was_read = process_time()
    boxes = find(pixels)
    return Look(boxes, was_read - started, process_time() - was_read)
