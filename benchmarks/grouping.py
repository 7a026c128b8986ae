"""How well, and how fast, the faces of Labeled Faces in the Wild are grouped, around the default threshold.

`python -m benchmarks.grouping LFW_FOLDER --library FILE`
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import mean, stdev
from time import perf_counter
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.embedders import EMBEDDERS
from sortbyface.evaluation import Scores, bcubed, pairwise
from sortbyface.evaluation.centre import central_faces
from sortbyface.grouping import SimilarityGraph, chinese_whispers, similarity_graph
from sortbyface.jobs import ITERATIONS
from sortbyface.library import FaceSet, Library
from sortbyface.recipe import Recipe

_STEPS = (-3, -2, -1, 0, 1, 2, 3)
"""Thresholds tried: the default, moved by tenths of its distance from 1."""

Result = TypeVar("Result")


@dataclass(frozen=True, eq=False)
class Targets:
    """The labelled faces: one item for each picture of LFW."""

    names: list[str]
    faces: npt.NDArray[np.int64]
    """(pictures,): the index of the picture's target among all faces; -1 where no face was found."""

    def groups(self, labels: Labels) -> Labels:
        """Of each item; a picture without a face is a group of its own."""
        alone = len(labels) + np.arange(len(self.faces))
        return np.where(self.faces >= 0, labels[self.faces], alone)


class Row(NamedTuple):
    """One grouping."""

    pairwise: Scores
    bcubed: Scores
    groups: int
    seconds: float


def read_library(path: Path, lfw: Path) -> tuple[Recipe, FaceSet, Targets]:
    """The faces of the library, and which of them are LFW's own."""
    with Library.opened(path) as library:
        recipe = library.recipe
        if recipe is None:
            raise SystemExit(f"{path} holds no faces")
        faces, files = library.faces(recipe), library.files_of_contents()
        target_of_content = central_faces(faces, library.sizes_in_pixels())
    pictures = [
        (content, place.parent.name)
        for content, places in files.items()
        for place, _ in places
        if place.is_relative_to(lfw.resolve())
    ]
    targets = np.array([target_of_content.get(content, -1) for content, _ in pictures], dtype=np.int64)
    return recipe, faces, Targets([name for _, name in pictures], targets)


def group(graph: SimilarityGraph, targets: Targets, seed: int) -> Row:
    """Group the faces, and judge the targets."""
    seconds, labels = _timed(lambda: chinese_whispers(graph, ITERATIONS, seed))
    groups = targets.groups(labels)
    return Row(pairwise(targets.names, groups), bcubed(targets.names, groups), len(np.unique(groups)), seconds)


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = perf_counter()
    result = work()
    return perf_counter() - started, result


def _thresholds(default: float) -> list[float]:
    return [round(default + step * (1 - default) / 10, 3) for step in _STEPS]


def _print_rows(faces: FaceSet, targets: Targets, default: float, thresholds: list[float], seeds: int) -> None:
    print("| threshold | weights | P | R | F | BCubed P | R | F | groups | edges | graph s | whispers s |")
    print("| ---: | --- |" + " ---: |" * 10)
    for threshold in thresholds:
        graph_seconds, margins = _timed(partial(similarity_graph, faces.vectors, threshold))
        similarities = replace(margins, weights=margins.weights + np.float32(threshold))
        mark = " (default)" if threshold == default else ""
        for weights, graph in (("margin", margins), ("similarity", similarities)):
            rows = [group(graph, targets, seed) for seed in range(seeds)]
            cells = [f"{threshold:.3f}{mark}", weights]
            for scores in ([row.pairwise for row in rows], [row.bcubed for row in rows]):
                cells += [f"{mean(s.precision for s in scores):.3f}", f"{mean(s.recall for s in scores):.3f}"]
                cells.append(_spread([s.f for s in scores]))
            cells += [f"{mean(row.groups for row in rows):,.0f}", f"{len(graph.neighbours) // 2:,}"]
            cells += [f"{graph_seconds:.2f}", f"{mean(row.seconds for row in rows):.2f}"]
            print("|", " | ".join(cells), "|", flush=True)


def _spread(values: list[float]) -> str:
    return f"{mean(values):.4f} ± {stdev(values) if len(values) > 1 else 0:.4f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the grouping of Labeled Faces in the Wild.")
    parser.add_argument("lfw", type=Path, metavar="LFW_FOLDER", help="with one folder of pictures for each person")
    parser.add_argument("--library", type=Path, required=True, metavar="FILE", help="that has looked at LFW_FOLDER")
    parser.add_argument("--embedder", choices=list(EMBEDDERS), help="the one that FILE is made with")
    parser.add_argument("--thresholds", type=float, nargs="+", metavar="T", help="others than around the default")
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="mean and deviation over (%(default)s)")
    options = parser.parse_args()
    if not options.library.is_file():
        embedder = f" --embedder {options.embedder}" if options.embedder else ""
        parser.error(
            f"no {options.library} yet; make it, in an empty folder of your own, with: "
            f"python embedder.py -src {options.lfw} --library {options.library}{embedder}"
        )
    recipe, faces, targets = read_library(options.library, options.lfw)
    if options.embedder not in (None, recipe.embedder_name):
        parser.error(f"{options.library} was made with {recipe.embedder_name}")
    if not targets.names:
        parser.error(f"{options.library} has not looked at {options.lfw}")
    default = EMBEDDERS[recipe.embedder_name].threshold

    first = _timed(lambda: chinese_whispers(similarity_graph(faces.vectors, default), ITERATIONS, 0))[0]
    print(f"{recipe}: {len(faces.vectors):,} faces of {len(targets.names):,} pictures,", end=" ")
    print(f"{int((targets.faces < 0).sum())} without a face; {len(set(targets.names)):,} people")
    print(f"first grouping in this process: {first:.2f} s\n")
    _print_rows(faces, targets, default, options.thresholds or _thresholds(default), options.seeds)


if __name__ == "__main__":
    main()
