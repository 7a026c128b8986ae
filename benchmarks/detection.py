"""How many faces each detector finds, how many it invents, and what a photo costs: see benchmarks/README.md.

python -m benchmarks.detection ../shared/data [--detectors mtcnn hog …] [--collections lfw …] [--all] [--limit N]
"""

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import cv2
from PIL import Image

from benchmarks.finders import NAMES, OURS, Contestant, contestant, ours
from benchmarks.labelled import Labelled, LabelledFace, collections
from benchmarks.measuring import spread
from benchmarks.tables import print_head, print_row

_SAME_FACE = 0.4
_CROWD_FACES_FROM = "40"
"""What --min-face is told for the crowds: detectors draw their boxes somewhat smaller than the labels'."""

Class = tuple[float, float]

_SIZES: list[Class] = [(0, 40), (40, 60), (60, 80), (80, 10_000)]
"""Pixels of a labelled box's side."""

_YAWS: list[Class] = [(0, 0.1), (0.1, 0.2), (0.2, 10)]


@dataclass
class Score:
    """Of one contestant on one collection."""

    photos: int = 0
    with_face: int = 0
    faces: int = 0
    people: int = 0
    """Who are known to be in the photos."""

    people_found: int = 0
    """Of each photo, at most as many as there are known to be."""

    by_size: dict[Class, list[bool]] = field(default_factory=lambda: defaultdict(list))
    by_yaw: dict[Class, list[bool]] = field(default_factory=lambda: defaultdict(list))
    reading: float = 0.0
    finding: float = 0.0

    def add(self, face: LabelledFace, found: bool) -> None:
        """Count one labelled face."""
        side = face.box.right - face.box.left
        self.by_size[next(size for size in _SIZES if size[0] <= side < size[1])].append(found)
        self.by_yaw[next(yaw for yaw in _YAWS if yaw[0] <= face.yaw < yaw[1])].append(found)

    @property
    def labelled(self) -> list[bool]:
        """Of each labelled face, whether it was found."""
        return [found for founds in self.by_size.values() for found in founds]


def score(of: Contestant, photos: Sequence[Labelled]) -> Score:
    """Look at all photos once; at the first one twice, so that what is loaded late costs no photo anything."""
    result = Score()
    of.look(photos[0].path)
    for photo in photos:
        look = of.look(photo.path)
        result.photos += 1
        result.with_face += bool(look.boxes)
        result.faces += len(look.boxes)
        if look.boxes and not photo.people:
            print(f"{of.name}: a false face in {photo.path}", file=sys.stderr)
        result.people += photo.people
        result.people_found += min(photo.people, len(look.boxes))
        result.reading += look.reading
        result.finding += look.finding
        for face in photo.faces:
            result.add(face, any(face.box.overlap(box) >= _SAME_FACE for box in look.boxes))
    return result


Columns = dict[str, Callable[[Score], str]]


def _share(founds: Sequence[bool]) -> str:
    return f"{sum(founds) / len(founds):.3f} of {len(founds)}" if founds else ""


def _share_of_size(size: Class, of: Score) -> str:
    return _share(of.by_size[size])


def _share_of_yaw(yaw: Class, of: Score) -> str:
    return _share(of.by_yaw[yaw])


def _class(bounds: Class, most: float, unit: str) -> str:
    low, high = bounds
    return f"{low:g}{unit} and more" if high >= most else f"{low:g}-{high:g}{unit}"


_COST: Columns = {
    "CPU ms a photo": lambda s: f"{1000 * s.finding / s.photos:.1f}",
    "with decoding": lambda s: f"{1000 * (s.finding + s.reading) / s.photos:.1f}",
}

_OF_LABELLED: Columns = {
    "recall": lambda s: _share(s.labelled),
    **{_class(size, 10_000, " px"): partial(_share_of_size, size) for size in _SIZES},
    **{"yaw " + _class(yaw, 10, ""): partial(_share_of_yaw, yaw) for yaw in _YAWS},
    "faces": lambda s: f"{s.faces}",
    **_COST,
}

_OF_SHOWN: Columns = {
    "people found": lambda s: f"{s.people_found / s.people:.3f} of {s.people}",
    "photos with a face": lambda s: f"{s.with_face / s.photos:.3f} of {s.photos}",
    "faces": lambda s: f"{s.faces}",
    **_COST,
}

_OF_NOBODY: Columns = {
    "false faces": lambda s: f"{s.faces}",
    "a photo": lambda s: f"{s.faces / s.photos:.3f}",
    "photos with one": lambda s: f"{s.with_face} of {s.photos}",
    **_COST,
}


def _columns(photos: Sequence[Labelled]) -> Columns:
    if any(photo.faces for photo in photos):
        return _OF_LABELLED
    return _OF_SHOWN if any(photo.people for photo in photos) else _OF_NOBODY


def _print_collection(name: str, photos: list[Labelled], contestants: Sequence[Contestant]) -> None:
    columns = _columns(photos)
    print(f"\n### {name}: {len(photos):,} photos\n")
    print_head(["detector", *columns])
    for one in contestants:
        fitting = [photo for photo in photos if one.most_pixels is None or _pixels(photo.path) <= one.most_pixels]
        if fitting:
            result = score(one, fitting)
            told = f" --min-face {one.smallest}" if one.smallest else ""
            left_out = f" ({len(photos) - len(fitting)} are too large for it)" if len(fitting) < len(photos) else ""
            print_row([f"{one.name}{told}{left_out}", *(cell(result) for cell in columns.values())])


def _pixels(path: Path) -> int:
    with Image.open(path) as image:
        return image.width * image.height


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare detectors on collections of photos.")
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder that holds the collections")
    parser.add_argument("--detectors", nargs="+", choices=NAMES, default=OURS, metavar="NAME", help="of: %(choices)s")
    parser.add_argument(
        "--collections", nargs="+", default=[""], metavar="NAME", help="those whose names begin so (all)"
    )
    parser.add_argument("--all", action="store_true", help="of LFW, all pictures instead of every tenth")
    parser.add_argument("--limit", type=int, metavar="N", help="of each collection, N photos spread over all")
    parser.add_argument("--large", type=int, default=12, metavar="N", help="photos of 12 megapixels (%(default)s)")
    options = parser.parse_args()
    cv2.setNumThreads(1)  # as in a worker
    contestants = [contestant(name) for name in options.detectors]
    told = [ours(name, _CROWD_FACES_FROM) for name in options.detectors if name in OURS]
    with tempfile.TemporaryDirectory() as folder:
        for name, make in collections(options.data, 1 if options.all else 10, options.large, Path(folder)).items():
            if name.startswith(tuple(options.collections)):
                everybody = [*contestants, *told] if name.startswith("crowds") else contestants
                _print_collection(name, spread(list(make()), options.limit), everybody)


if __name__ == "__main__":
    main()
