"""Real faces, cut the way the program cuts them: what a network is to be tried on."""

import csv
from pathlib import Path

import numpy as np

from sortbyface.arrays import Chips
from sortbyface.faces.alignment import Placed, Template, cut_chips
from sortbyface.faces.detectors.hog import HogDetector
from sortbyface.faces.face import outline_of
from sortbyface.faces.landmarks import landmarks_of
from sortbyface.photos.reading import read_photo

ALBUM_PHOTOS = ("original.jpg", "dark.jpg", "tilted.jpg")


def chips_of_album(folder: Path, template: Template) -> dict[str, Chips]:
    """Person -> (3, size, size, 3), from the demo's album."""
    people = {"Collins": folder / "portraits" / "C", "Hopper": folder / "portraits" / "H"}
    return {person: _chips([place / name for name in ALBUM_PHOTOS], template) for person, place in people.items()}


def chips_of_johns(shared: Path, template: Template, each: int = 3) -> dict[str, Chips]:
    """Person -> (each, size, size, 3), from dlib's crops of five men called John."""
    folder = shared / "data" / "dlib-faces"
    with (folder / "labels.csv").open(newline="") as file:
        rows = [(row["person"], folder / row["path"]) for row in csv.DictReader(file)]
    people = sorted({person for person, _ in rows})
    return {who: _chips([path for person, path in rows if person == who][:each], template) for who in people}


def _chips(photos: list[Path], template: Template) -> Chips:
    return np.concatenate([_best_face(photo, template) for photo in photos])


def _best_face(photo: Path, template: Template) -> Chips:
    rgb = read_photo(photo).rgb
    best = HogDetector().detect(rgb)[0]
    return cut_chips(rgb, [Placed(landmarks_of(rgb, best.box), outline_of(best.box))], template)
