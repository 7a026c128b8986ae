"""Whether a million faces can be grouped: how long it takes, how much memory, how well, and how that grows.

`python -m benchmarks.million [--faces 10000 100000 1000000]`

The faces are made up (`benchmarks.synthetic`). Each row is a process of its own, which holds their vectors, too.
"""

import argparse
import logging
import math
import resource
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.synthetic import sizes_of_people, synthetic_faces
from benchmarks.tables import print_head, print_row
from sortbyface.arrays import Labels
from sortbyface.embedders import EMBEDDERS
from sortbyface.evaluation import Scores, bcubed, pairwise
from sortbyface.grouping import Faces, Knobs, graph, group_faces, robust_whispers, searching
from sortbyface.grouping.calibration import calibrate
from sortbyface.jobs import ITERATIONS

_SAMPLE = 100_000
_DOUBTFUL = 0.03
_STEPS = {"similarity_graph": searching, "chinese_whispers": robust_whispers, "merge_groups": robust_whispers}
"""Functions, each with the module that calls it."""

_COLUMNS = ("faces", "threshold", "recall", "choosing s", "search s", "whispers s", "merge s", "all s", "CPU s", "GB")
_SCORES = ("P", "R", "F", "BCubed F", "groups", "people")


@dataclass(frozen=True)
class Row:
    """One grouping."""

    faces: int
    threshold: float
    recall: float
    choosing: float
    """Seconds until the threshold is chosen."""

    steps: dict[str, float]
    """Seconds of each."""

    seconds: float
    """Of the grouping, all its steps and what is between them; not of the choosing."""

    cpu: float
    """Seconds of all cores together."""

    peak: int
    """Bytes of the process."""

    pairwise: Scores
    bcubed: Scores
    groups: int
    people: int
    sample: Scores
    """Pairwise, of the faces of the sample among each other."""


class _Clock:
    """Takes the time of the steps of the default algorithm, while that runs as it always does."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.recall = 1.0

    def watch(self) -> None:
        for step, caller in _STEPS.items():
            setattr(caller, step, self._timed(step, getattr(caller, step)))

    def _timed(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Any:
            started = perf_counter()
            result = work(*arguments, **options)
            self.seconds[step] += perf_counter() - started
            self.recall = getattr(result, "recall", self.recall)
            return result

        return timed


def made_up(count: int) -> tuple[Faces, Labels]:
    """Faces, and whose they are. Every fourth shares the photo of the one before it, if that is somebody else."""
    made = synthetic_faces(sizes_of_people(count))
    photos = np.arange(count)
    second = np.arange(1, count, 4)
    second = second[made.people[second] != made.people[second - 1]]
    photos[second] -= 1
    return Faces(made.vectors, photos, np.random.default_rng(0).random(count) < _DOUBTFUL), made.people


def sample_of(count: int) -> Labels:
    """The places of 100,000 faces, or of all."""
    return np.sort(np.random.default_rng(1).permutation(count)[:_SAMPLE])


def grouped(count: int) -> Row:
    """Group so many faces."""
    faces, people = made_up(count)
    return _measured(faces, people, sample_of(count))


def sample_grouped(count: int, exact: bool) -> Row:
    """Group the sample of so many faces, as if there were no others."""
    faces, people = made_up(count)
    sample = sample_of(count)
    graph.EXACT_UP_TO = len(sample) if exact else 0
    some = Faces(faces.vectors[sample], faces.photos[sample], faces.doubtful[sample])
    return _measured(some, people[sample], np.arange(len(sample)))


def _measured(faces: Faces, people: Labels, sample: Labels) -> Row:
    logging.getLogger("sortbyface").setLevel(logging.ERROR)  # the table says what recall there is
    usual = EMBEDDERS["facenet"].threshold
    few = Faces(faces.vectors[:100], faces.photos[:100], faces.doubtful[:100])
    group_faces(few, Knobs(calibrate(few, usual).threshold, ITERATIONS))  # compiles what will be needed
    started = perf_counter()
    threshold = calibrate(faces, usual).threshold
    choosing = perf_counter() - started
    clock = _Clock()
    clock.watch()
    started, cpu = perf_counter(), process_time()
    labels = group_faces(faces, Knobs(threshold, ITERATIONS))
    seconds, cpu = perf_counter() - started, process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Row(
        len(faces),
        threshold,
        clock.recall,
        choosing,
        dict(clock.seconds),
        seconds,
        cpu,
        peak,
        pairwise(people, labels),
        bcubed(people, labels),
        len(np.unique(labels)),
        len(np.unique(people)),
        pairwise(people[sample], labels[sample]),
    )


def alone(work: Callable[..., Row], *arguments: Any) -> Row:
    """What it gives, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _cells(row: Row) -> list[str]:
    steps = [f"{row.steps[step]:.2f}" for step in _STEPS]
    cells = [f"{row.faces:,}", f"{row.threshold:.3f}", f"{row.recall:.4f}", f"{row.choosing:.2f}", *steps]
    cells += [f"{row.seconds:.2f}", f"{row.cpu:.2f}", f"{row.peak / 1e9:.2f}"]
    cells += [f"{score:.4f}" for score in (*row.pairwise, row.pairwise.f, row.bcubed.f)]
    return [*cells, f"{row.groups:,}", f"{row.people:,}"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the grouping of many made-up faces.")
    parser.add_argument("--faces", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="N")
    counts = sorted(parser.parse_args().faces)
    print_head([*_COLUMNS, *_SCORES], words=0)
    rows = []
    for count in counts:
        rows.append(alone(grouped, count))
        print_row(_cells(rows[-1]))
    first, last = rows[0], rows[-1]
    if first.faces < last.faces:
        growth = math.log(last.faces / first.faces)
        exponents = [math.log(a / b) / growth for a, b in ((last.seconds, first.seconds), (last.cpu, first.cpu))]
        print(f"\nSeconds grow as n^{exponents[0]:.2f}, and CPU seconds as n^{exponents[1]:.2f}.")
    print(f"\nOf these {last.faces:,}, the {min(_SAMPLE, last.faces):,} of a sample, grouped alone\n")
    print_head(["search", *_COLUMNS, *_SCORES])
    exact, approximate = (alone(sample_grouped, last.faces, how) for how in (True, False))
    print_row(["exact", *_cells(exact)])
    print_row(["approximate", *_cells(approximate)])
    print(f"\nApproximate, F is {approximate.pairwise.f / exact.pairwise.f:.4f} of that of the exact graph;", end=" ")
    print(f"grouped among all {last.faces:,}, {last.sample.f:.4f}, or {last.sample.f / exact.pairwise.f:.4f} of it.")


if __name__ == "__main__":
    main()
