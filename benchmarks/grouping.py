"""How well the faces of Labeled Faces in the Wild are grouped, and how fast, beside others.

`python -m benchmarks.grouping LFW_FOLDER --library FILE`
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev

from benchmarks.grouping_others import print_side_by_side
from benchmarks.tables import print_head, print_row
from sortbyface.errors import SortByFaceError
from sortbyface.evaluation.labels import labels_of_folders
from sortbyface.evaluation.runs import judged
from sortbyface.evaluation.targets import NOT_FOUND, Known, known_faces
from sortbyface.grouping import DEFAULT, PLAIN, Algorithm, Faces, Knobs, default_threshold, group_faces
from sortbyface.jobs import ITERATIONS
from sortbyface.jobs.common import faces_looked_at
from sortbyface.library import Library

_STEPS = (-3, -2, -1, 0, 1, 2, 3)
_STEP = 0.01 / 0.29
"""Of the way from the embedder's threshold to 1: with FaceNet, whose threshold is 0.71, thresholds 0.01 apart."""


@dataclass(frozen=True, eq=False)
class Lfw:
    """The faces of a library, and who is who among them."""

    recipe: str
    faces: Faces
    known: Known
    threshold: float
    """The embedder's own."""

    @property
    def people(self) -> int:
        """In truth."""
        return len(set(self.known.people))


def read_lfw(folder: Path, library: Path) -> Lfw:
    """The faces of LFW, as the library knows them."""
    root = folder.resolve()
    labels = labels_of_folders(root).labels
    with Library.opened(library) as opened:
        faces, threshold = faces_looked_at(opened)
        contents = {
            os.path.relpath(place, root): content
            for content, places in opened.photos.files_of_contents().items()
            for place, _ in places
            if place.is_relative_to(root)
        }
        known = known_faces(labels, faces, opened.photos.sizes_in_pixels(), contents)
        recipe = str(opened.recipe)
    if not contents:
        raise SystemExit(f"{library} has not looked at {folder}")
    return Lfw(recipe, Faces(faces.vectors, faces.contents, faces.doubtful), known, threshold)


def print_around(lfw: Lfw, algorithm: Algorithm, seeds: Sequence[int]) -> None:
    """An algorithm's scores at thresholds around its default."""
    default = default_threshold(algorithm, lfw.threshold)
    print_head(["threshold", "P", "R", "F", "BCubed F", "groups", "off by", "F, protocol A", "twice in a photo"])
    for step in _STEPS:
        threshold = default + step * _STEP * (1 - lfw.threshold)
        knobs = [Knobs(threshold, ITERATIONS, seed) for seed in seeds]
        runs = [judged(lfw.known, lfw.faces, one, group_faces(lfw.faces, one, algorithm)) for one in knobs]
        groups = mean(one.headline.groups for one in runs)
        print_row(
            [
                f"{threshold:.4f}{' (default)' if step == 0 else ''}",
                f"{mean(one.headline.pairwise.precision for one in runs):.4f}",
                f"{mean(one.headline.pairwise.recall for one in runs):.4f}",
                _spread([one.headline.pairwise.f for one in runs]),
                _spread([one.headline.bcubed.f for one in runs if one.headline.bcubed]),
                f"{groups:,.0f}",
                f"{groups / lfw.people - 1:+.1%}",
                _spread([one.judgements[0].pairwise.f for one in runs]),
                f"{max(one.same_photo for one in runs):,}",
            ]
        )


def _spread(figures: list[float]) -> str:
    return f"{mean(figures):.4f} ± {stdev(figures) if len(figures) > 1 else 0:.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the grouping of Labeled Faces in the Wild.")
    parser.add_argument("lfw", type=Path, metavar="LFW_FOLDER", help="with one folder of pictures for each person")
    parser.add_argument("--library", type=Path, required=True, metavar="FILE", help="that has looked at LFW_FOLDER")
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="mean and deviation over (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="timed beside others (%(default)s); 0: none")
    options = parser.parse_args()
    if not options.library.is_file():
        parser.error(
            f"no {options.library} yet; make it, in an empty folder of your own, with: "
            f"python embedder.py -src {options.lfw} --library {options.library}"
        )
    try:
        lfw = read_lfw(options.lfw, options.library)
    except SortByFaceError as error:
        raise SystemExit(str(error)) from None
    missing = int((lfw.known.targets == NOT_FOUND).sum())
    print(f"{lfw.recipe}: {len(lfw.faces):,} faces of {len(lfw.known.people):,} pictures, {missing} without;", end=" ")
    print(f"{lfw.people:,} people; {options.seeds} seeds")
    for name, algorithm in (("Default", DEFAULT), ("Plain Chinese Whispers", PLAIN)):
        print(f"\n{name}\n")
        print_around(lfw, algorithm, range(options.seeds))
    if options.runs:
        print("\nSide by side\n")
        print_side_by_side(lfw.known, lfw.faces, lfw.threshold, options.runs)


if __name__ == "__main__":
    main()
