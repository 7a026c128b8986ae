"""Photos that come in ten parts, beside the same photos grouped at once.

`python -m benchmarks.adding --library FILE`
"""

import argparse
from pathlib import Path
from statistics import mean
from time import perf_counter

import numpy as np

from sortbyface.arrays import UNGROUPED, Labels
from sortbyface.evaluation import bcubed, pairwise
from sortbyface.grouping import DEFAULT, Faces, Knobs, default_threshold, group_faces
from sortbyface.jobs import ITERATIONS
from sortbyface.jobs.common import faces_looked_at
from sortbyface.library import Library


def in_parts(faces: Faces, knobs: Knobs, parts: int, seed: int) -> tuple[Labels, list[float]]:
    """The groups when photos come in so many parts, drawn at random, and the seconds that each part took."""
    _, photo_of_face = np.unique(faces.photos, return_inverse=True)
    part_of_photo = np.random.default_rng(seed).permutation(photo_of_face.max() + 1) % parts
    part_of_face = part_of_photo[photo_of_face]
    labels = np.full(len(faces), UNGROUPED)
    seconds = []
    for part in range(parts):
        here = part_of_face <= part
        met = Faces(faces.vectors[here], faces.photos[here], faces.doubtful[here])
        started = perf_counter()
        labels[here] = group_faces(met, knobs, earlier=labels[here])
        seconds.append(perf_counter() - started)
    return labels, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the adding of photos to people who are there.")
    parser.add_argument("--library", type=Path, required=True, metavar="FILE", help="that has looked at the photos")
    parser.add_argument("--parts", type=int, nargs="+", default=[2, 10], metavar="N", help="(%(default)s)")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="orders of arrival (%(default)s)")
    options = parser.parse_args()
    with Library.opened(options.library) as library:
        found, threshold = faces_looked_at(library)
    faces = Faces(found.vectors, found.contents, found.doubtful)
    knobs = Knobs(default_threshold(DEFAULT, threshold), ITERATIONS)
    group_faces(faces, knobs)  # compiles
    started = perf_counter()
    at_once = group_faces(faces, knobs)
    print(f"{len(faces):,} faces, {at_once.max() + 1:,} groups; at once in {perf_counter() - started:.2f} s\n")
    print("| parts | BCubed F with all at once | pairwise F | groups | seconds for the last part |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for parts in options.parts:
        runs = [in_parts(faces, knobs, parts, seed) for seed in range(options.seeds)]
        agreement = mean(bcubed(at_once, labels).f for labels, _ in runs)
        pairs = mean(pairwise(at_once, labels).f for labels, _ in runs)
        groups, last = mean(labels.max() + 1 for labels, _ in runs), mean(seconds[-1] for _, seconds in runs)
        print(f"| {parts} | {agreement:.4f} | {pairs:.4f} | {groups:,.0f} | {last:.2f} |", flush=True)


if __name__ == "__main__":
    main()
