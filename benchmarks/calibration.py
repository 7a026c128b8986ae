"""Which threshold people of LFW call for, and how well it does for others; beside it, what `-t auto` chooses for those.

`python -m benchmarks.calibration LFW_FOLDER PEOPLE --library FILE`

PEOPLE is LFW's people.txt, which parts the 5,749 people into ten folds. For each fold, the threshold is taken that is
best for the people of the nine others, all grouped together; with it the people of the fold are grouped, by themselves.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from benchmarks.grouping import Lfw, read_lfw
from benchmarks.tables import print_head, print_row
from sortbyface.evaluation import Scores, bcubed, pairwise
from sortbyface.evaluation.protocols import groups_of_targets
from sortbyface.evaluation.targets import NOT_FOUND, Known
from sortbyface.grouping import Faces, Knobs, group_faces
from sortbyface.grouping.calibration import calibrate
from sortbyface.jobs import ITERATIONS

_STEPS = range(-10, 6)
_STEP = 0.01 / 0.29
"""Of the way from the embedder's threshold to 1: with FaceNet, whose threshold is 0.71, thresholds 0.01 apart."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some people of LFW."""

    faces: Faces
    known: Known

    def judge(self, threshold: float) -> tuple[Scores, Scores]:
        """Group the faces; gives pairwise and BCubed scores."""
        groups = groups_of_targets(self.known, group_faces(self.faces, Knobs(threshold, ITERATIONS)))
        return pairwise(self.known.people, groups), bcubed(self.known.people, groups)


def read_folds(people: Path) -> list[set[str]]:
    """The names of each fold. The file: how many folds; then for each, how many names, and a line for each name."""
    lines = people.read_text("utf-8").splitlines()
    folds, place = [], 1
    for _ in range(int(lines[0])):
        size = int(lines[place])
        folds.append({line.split("\t")[0] for line in lines[place + 1 : place + 1 + size]})
        place += 1 + size
    return folds


def part_of(lfw: Lfw, people: set[str]) -> Part:
    """The photos of some people, and all faces in them."""
    wanted = np.array([name in people for name in lfw.known.people])
    targets = lfw.known.targets[wanted]
    rows = np.flatnonzero(np.isin(lfw.faces.photos, lfw.faces.photos[targets[targets != NOT_FOUND]]))
    new_row = np.full(len(lfw.faces) + 1, NOT_FOUND)  # the last one for targets that were not found
    new_row[rows] = np.arange(len(rows))
    names = [name for name, inside in zip(lfw.known.people, wanted, strict=True) if inside]
    faces = Faces(lfw.faces.vectors[rows], lfw.faces.photos[rows], lfw.faces.doubtful[rows])
    return Part(faces, Known(names, new_row[targets], np.empty(0, dtype=np.int64), []))


def print_folds(lfw: Lfw, folds: Sequence[set[str]]) -> None:
    """A row for each fold, and their means."""
    thresholds = [lfw.threshold + step * _STEP * (1 - lfw.threshold) for step in _STEPS]
    columns = ["chosen", "usual", "auto", "best"]
    figures = [f"{measure}, {column}" for measure in ("F", "BCubed F") for column in columns]
    print_head(["fold", "best for the others", "their F", *figures, "auto", "best for the fold"])
    rows = []
    for number, fold in enumerate(folds, 1):
        others = part_of(lfw, set().union(*folds) - fold)
        chosen, their_f = max(((t, others.judge(t)[0].f) for t in thresholds), key=lambda one: one[1])
        own = part_of(lfw, fold)
        auto = calibrate(own.faces, lfw.threshold).threshold
        best = max(thresholds, key=lambda t: own.judge(t)[0].f)
        scores = [own.judge(t) for t in (chosen, lfw.threshold, auto, best)]
        rows.append([chosen, their_f, *(s.f for s, _ in scores), *(s.f for _, s in scores), auto, best])
        print_row([f"{number}", *(f"{figure:.4f}" for figure in rows[-1])])
    print_row(["mean", *(f"{mean(column):.4f}" for column in zip(*rows, strict=True))])


def main() -> None:
    parser = argparse.ArgumentParser(description="Choose thresholds on people of LFW, and try them on others.")
    parser.add_argument("lfw", type=Path, metavar="LFW_FOLDER", help="with one folder of pictures for each person")
    parser.add_argument("people", type=Path, metavar="PEOPLE", help="LFW's people.txt")
    parser.add_argument("--library", type=Path, required=True, metavar="FILE", help="that has looked at LFW_FOLDER")
    options = parser.parse_args()
    lfw = read_lfw(options.lfw, options.library)
    folds = read_folds(options.people)
    print(f"{lfw.recipe}: {len(lfw.faces):,} faces; the usual threshold is {lfw.threshold}\n")
    print_folds(lfw, folds)


if __name__ == "__main__":
    main()
