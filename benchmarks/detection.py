"""How many faces each detector finds, how many it invents, and what a photo costs: see benchmarks/README.md.

python -m benchmarks.detection ../shared/data [--detectors hog mtcnn …]
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from sortbyface.errors import PhotoUnreadable
from sortbyface.faces.detectors import DETECTORS
from sortbyface.faces.detectors.detector import Detector
from sortbyface.faces.face import Box
from sortbyface.photos.reading import read_photo

_SAME_FACE = 0.4
_SIZES = ((0, 40), (40, 60), (60, 90), (90, 10_000))
"""Classes of labelled faces, by the side of their box in pixels."""


@dataclass(frozen=True)
class Labelled:
    """A photo, and the faces that somebody marked in it; there may be more."""

    path: Path
    faces: list[Box]


@dataclass
class Score:
    """Of one detector on one collection."""

    labelled: int = 0
    found: int = 0
    by_size: dict[tuple[int, int], list[bool]] = field(default_factory=lambda: defaultdict(list))
    photos: int = 0
    with_face: int = 0
    faces: int = 0
    seconds: float = 0.0


def group_photos(data: Path) -> Iterator[Labelled]:
    """lfw-group-photos: crops at their places in the news photos, grey between them."""
    folder = data / "lfw-group-photos"
    marked: defaultdict[str, list[Box]] = defaultdict(list)
    with (folder / "labels.csv").open() as file:
        for row in csv.DictReader(file):
            left, top, width, height = (float(row[side]) for side in ("x", "y", "w", "h"))
            marked[row["path"]].append(Box(left, top, left + width, top + height))
    for path, boxes in sorted(marked.items()):
        yield Labelled(folder / path, boxes)


def unmarked(*folders: str, pattern: str = "*.*g") -> Callable[[Path], Iterator[Labelled]]:
    """Photos that show faces, or none, which nobody marked."""

    def photos(data: Path) -> Iterator[Labelled]:
        for folder in folders:
            for path in sorted((data / folder).rglob(pattern)):
                yield Labelled(path, [])

    return photos


COLLECTIONS = {
    "group photos": group_photos,
    "football, portraits, groups": unmarked("soccer-129", "few-people", "dlib-faces/examples/faces"),
    "no face at all": unmarked("odd-files/exif-orientation"),
}


def score(detector: Detector, photos: Iterator[Labelled]) -> Score:
    result = Score()
    for photo in photos:
        try:
            picture = read_photo(photo.path)
        except PhotoUnreadable:
            continue
        started = process_time()
        detections = detector.detect(picture.rgb)
        result.seconds += process_time() - started
        boxes = [detection.box.scaled(picture.scale) for detection in detections]
        result.photos += 1
        result.with_face += bool(boxes)
        result.faces += len(boxes)
        for face in photo.faces:
            found = any(face.overlap(box) >= _SAME_FACE for box in boxes)
            side = face.right - face.left
            result.by_size[next(size for size in _SIZES if size[0] <= side < size[1])].append(found)
            result.labelled += 1
            result.found += found
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare detectors on collections of photos.")
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder that holds the collections")
    parser.add_argument("--detectors", nargs="+", choices=list(DETECTORS), default=["hog"])
    options = parser.parse_args()
    sizes = " | ".join(f"{low}-{high} px" if high < 10_000 else f"{low} px and more" for low, high in _SIZES)
    print(f"| photos | detector | photos | with a face | faces | recall | {sizes} | CPU ms a photo |")
    print("| --- | --- " + "| ---: " * (5 + len(_SIZES)) + "|")
    for name, photos in COLLECTIONS.items():
        for detector in options.detectors:
            result = score(DETECTORS[detector](), photos(options.data))
            recall = f"{result.found / result.labelled:.3f} of {result.labelled}" if result.labelled else ""
            shares = [result.by_size.get(size, []) for size in _SIZES]
            by_size = " | ".join(f"{sum(found) / len(found):.3f} of {len(found)}" if found else "" for found in shares)
            cost = 1000 * result.seconds / result.photos
            counts = f"{result.photos} | {result.with_face} | {result.faces}"
            print(f"| {name} | {detector} | {counts} | {recall} | {by_size} | {cost:.0f} |", flush=True)


if __name__ == "__main__":
    main()
