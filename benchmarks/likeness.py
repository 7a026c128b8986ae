"""How alike made-up faces are, beside those of Labeled Faces in the Wild (LFW).

`python -m benchmarks.likeness LFW_FOLDER --library FILE`, the library having looked at LFW with FaceNet.
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.grouping import read_lfw
from benchmarks.synthetic import synthetic_faces
from benchmarks.tables import print_head, print_row
from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.embedders import EMBEDDERS
from sortbyface.evaluation.targets import NOT_FOUND

_OF_FRIENDS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_OF_STRANGERS = (0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999, 0.9999, 0.99999, 0.999999)
_BINS = 4_000
_ROWS = 1_000


def friends(vectors: FloatMatrix, people: Labels) -> list[float]:
    """Quantiles of the similarity of two faces of one person; all people count alike, however many faces they have."""
    similarities, weights = [], []
    for person in np.flatnonzero(np.bincount(people) > 1):
        own = vectors[people == person]
        pairs = (own @ own.T)[np.triu_indices(len(own), 1)]
        similarities.append(pairs)
        weights.append(np.full(len(pairs), 1 / len(pairs)))
    every, weight = np.concatenate(similarities), np.concatenate(weights)
    order = np.argsort(every)
    shares = np.cumsum(weight[order]) / weight.sum()
    return [float(every[order][np.searchsorted(shares, share)]) for share in _OF_FRIENDS]


def strangers(vectors: FloatMatrix, people: Labels) -> npt.NDArray[np.int64]:
    """(bins,): a histogram of the similarity of any two faces of different people, from -1 to 1."""
    counts = np.zeros(_BINS, dtype=np.int64)
    for start in range(0, len(vectors), _ROWS):
        part = slice(start, start + _ROWS)
        others = (vectors[part] @ vectors.T)[people[part, np.newaxis] != people]
        bins = np.clip((others + 1) * (_BINS / 2), 0, _BINS - 1).astype(np.int64)
        counts += np.bincount(bins, minlength=_BINS)
    return counts


def print_friends(columns: dict[str, tuple[FloatMatrix, Labels]]) -> None:
    """The quantiles of each, side by side."""
    print_head(["two faces of one person", *columns])
    for row in zip(_OF_FRIENDS, *(friends(*column) for column in columns.values()), strict=True):
        print_row([f"{row[0]:.0%} are below", *(f"{similarity:.3f}" for similarity in row[1:])])


def print_strangers(columns: dict[str, tuple[FloatMatrix, Labels]], threshold: float) -> None:
    """The quantiles of each, side by side, and how many are taken for friends."""
    histograms = [strangers(*column) for column in columns.values()]
    print_head(["two strangers", *columns])
    for share in _OF_STRANGERS:
        places = [int(np.searchsorted(np.cumsum(counts) / counts.sum(), share)) for counts in histograms]
        print_row([f"{100 * share:g} % are below", *(f"{(place + 0.5) * 2 / _BINS - 1:.3f}" for place in places)])
    first = int((threshold + 1) * _BINS / 2)
    print_row([f"of a million, above {threshold:g}", *(f"{1e6 * c[first:].sum() / c.sum():.0f}" for c in histograms)])


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare made-up faces with Labeled Faces in the Wild.")
    parser.add_argument("lfw", type=Path, metavar="LFW_FOLDER", help="with one folder of pictures for each person")
    parser.add_argument("--library", type=Path, required=True, metavar="FILE", help="that has looked at LFW_FOLDER")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="made-up ones (%(default)s)")
    options = parser.parse_args()
    known = read_lfw(options.lfw, options.library)
    found = known.known.targets != NOT_FOUND
    _, people = np.unique(np.array(known.known.people)[found], return_inverse=True)
    columns = {"LFW": (known.faces.vectors[known.known.targets[found]], people)}
    for seed in range(options.seeds):
        made_up = synthetic_faces(np.bincount(people), seed)
        columns[f"made up, seed {seed}"] = made_up.vectors, made_up.people
    print_friends(columns)
    print()
    print_strangers(columns, EMBEDDERS["facenet"].threshold)


if __name__ == "__main__":
    main()
