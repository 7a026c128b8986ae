"""Collections of photos, and what is known of the faces in them."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.face_free import animals, drawings, photographs
from benchmarks.measuring import spread
from benchmarks.twelve_megapixels import crowd, enlarged, save
from sortbyface.arrays import RGBImage
from sortbyface.faces.face import Box
from sortbyface.faces.landmarks import landmarks_of
from sortbyface.faces.quality import quality_of
from sortbyface.photos.reading import read_photo

CROWD_FACE = 50
"""Pixels of the labelled boxes in the crowds."""

_CROWD = 24
"""Faces in a photo."""

_CENTRE = Box(*(125 + side * 125 / 2.2 for side in (-1, -1, 1, 1)))
"""In a picture of LFW: around the box of a face, 2.2 times as much was cut out, and brought to 250 × 250 pixels."""


class LabelledFace(NamedTuple):
    """A face that somebody marked."""

    box: Box
    yaw: float
    """How far it is turned to either side, as `Quality.yaw`."""


class Labelled(NamedTuple):
    """A photo; it may show more than is known."""

    path: Path
    people: int
    """It shows so many at least; 0: nobody."""

    faces: tuple[LabelledFace, ...] = ()


def group_photos(data: Path) -> Iterator[Labelled]:
    """Pictures of LFW at their places in the news photos, grey between them; the boxes are LFW's own detector's."""
    folder = data / "lfw-group-photos"
    marked: defaultdict[str, list[Box]] = defaultdict(list)
    with (folder / "labels.csv").open() as file:
        for row in csv.DictReader(file):
            left, top, width, height = (float(row[side]) for side in ("x", "y", "w", "h"))
            marked[row["path"]].append(Box(left, top, left + width, top + height))
    for path, boxes in sorted(marked.items()):
        yield _labelled(folder / path, boxes)


def lfw(data: Path, every: int) -> Iterator[Labelled]:
    """Every so manieth picture; labelled is the face in its middle."""
    for path in sorted((data / "lfw").glob("*/*"))[::every]:
        yield _labelled(path, [_CENTRE])


def crowds(data: Path, number: int, folder: Path) -> Iterator[Labelled]:
    """Photos of 12 megapixels with many faces of 50 pixels, made in a folder from LFW and from scenery."""
    random = np.random.default_rng(0)
    scenes = [path for path in photographs(data) if min(read_photo(path).rgb.shape[:2]) >= 400]
    faces = spread(sorted((data / "lfw").glob("*/*")), number * _CROWD)
    for place in range(number):
        rgb = enlarged(scenes[place % len(scenes)])
        some = [(path, _CENTRE) for path in faces[place * _CROWD : (place + 1) * _CROWD]]
        boxes = list(crowd(rgb, some, CROWD_FACE, random))
        path = folder / f"{place:05}.jpg"
        save(rgb, path, random)
        yield Labelled(path, len(boxes), _faces(rgb, boxes))


def soccer(data: Path) -> Iterator[Labelled]:
    """Each shows a player."""
    yield from _showing(sorted((data / "soccer-129").glob("*.jpg")), 1)


def few_people(data: Path) -> Iterator[Labelled]:
    """Each shows those whom the labels name."""
    folder = data / "few-people"
    with (folder / "labels.csv").open() as file:
        named = Counter(row["path"] for row in csv.DictReader(file))
    for path, people in sorted(named.items()):
        yield Labelled(folder / path, people)


def dlib_faces(data: Path) -> Iterator[Labelled]:
    """Small crops of one face each."""
    yield from _showing(sorted((data / "dlib-faces" / "examples" / "johns").glob("*/*.jpg")), 1)


def dlib_groups(data: Path) -> Iterator[Labelled]:
    """Dlib's examples: groups, all but one, and a portrait; nobody has counted the faces."""
    folder = data / "dlib-faces" / "examples" / "faces"
    yield from _showing((path for path in sorted(folder.glob("*.jpg")) if path.name != "dogs.jpg"), 1)


def nobody(paths: Iterable[Path]) -> Iterator[Labelled]:
    """Pictures without a face."""
    yield from _showing(paths, 0)


def collections(data: Path, every: int, large: int, folder: Path) -> dict[str, Callable[[], Iterator[Labelled]]]:
    """All, by name. every: see `lfw`. large: photos of 12 megapixels, made in the folder."""
    return {
        "lfw-group-photos": partial(group_photos, data),
        f"LFW, every {every}th picture" if every > 1 else "LFW": partial(lfw, data, every),
        "crowds in 12 megapixels": partial(crowds, data, large, folder),
        "soccer-129": partial(soccer, data),
        "few-people": partial(few_people, data),
        "dlib-faces, crops": partial(dlib_faces, data),
        "dlib-faces, groups": partial(dlib_groups, data),
        "no face, photographs": lambda: nobody(photographs(data)),
        "no face, animals": lambda: nobody(animals(data)),
        "no face, drawings and patterns": lambda: nobody(drawings(data)),
    }


def _showing(paths: Iterable[Path], people: int) -> Iterator[Labelled]:
    for path in paths:
        yield Labelled(path, people)


def _labelled(path: Path, boxes: list[Box]) -> Labelled:
    return Labelled(path, len(boxes), _faces(read_photo(path).rgb, boxes))


def _faces(rgb: RGBImage, boxes: list[Box]) -> tuple[LabelledFace, ...]:
    return tuple(LabelledFace(box, _yaw(rgb, box)) for box in boxes)


def _yaw(rgb: RGBImage, labelled: Box) -> float:
    """From dlib's landmarks, looked for where the label says that the face is: no detector has a say.

    dlib's frame of a face lies so in LFW's box of it in the middle (667 faces).
    """
    side = labelled.right - labelled.left
    x, y = (labelled.left + labelled.right) / 2 + 0.03 * side, (labelled.top + labelled.bottom) / 2 + 0.095 * side
    half = 0.91 * side / 2
    landmarks = landmarks_of(rgb, Box(x - half, y - half, x + half, y + half))
    return abs(quality_of(rgb, side, landmarks).yaw)
