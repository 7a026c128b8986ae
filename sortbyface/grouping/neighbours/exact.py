"""All faces compared with all."""

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping.neighbours.edges import Edges
from sortbyface.grouping.neighbours.progress import Progress, quiet

_BLOCK_BYTES = 16_000_000
_PILE = 2_000_000
"""Edges that may wait, before the weak ones among them are thrown away."""


def exact_edges(vectors: FloatMatrix, threshold: float, most: int, progress: Progress = quiet) -> Edges:
    """The pairs of faces above a threshold, of which each is among the so many most similar of one of the two.

    vectors: (n, d) float32, rows of length 1.   threshold: cosine, exclusive.

    In blocks, on all cores. Takes time O(n² d), and memory O(n d + n most).
    """
    count = len(vectors)
    rows = _rows_in_block(count)
    weakest = np.full(count, -np.inf, dtype=np.float32)
    pile: list[Edges] = []
    piled, room = 0, _PILE
    for start in range(0, count, rows):
        similarities = vectors[start : start + rows] @ vectors[start:].T  # pairs with earlier faces were met before
        firsts, seconds, found = _found(similarities, np.float32(threshold), weakest[start:])
        pile.append(Edges(firsts + np.int32(start), seconds + np.int32(start), found))
        piled += len(found)
        if piled > room:
            strongest, weakest = Edges.joined(pile).strongest(count, most)
            pile, piled = [strongest], len(strongest)
            room = max(_PILE, 2 * piled)  # so that throwing away takes no longer, all in all, than finding
        progress(min(start + rows, count), count)
    return Edges.joined(pile).strongest(count, most)[0]


def nearest(
    vectors: FloatMatrix, threshold: float, most: int, faces: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Of some faces, how many others are above the threshold, `most` at most, and how similar the last of these is.

    faces: (m,) places in the vectors. Gives (m,) and (m,), the latter inf for a face without any.
    """
    queries = vectors[faces]
    best = np.full((len(faces), most), np.inf, dtype=np.float32)
    counts = np.zeros(len(faces), dtype=np.int64)
    columns = _rows_in_block(len(faces))
    for start in range(0, len(vectors), columns):
        similarities = queries @ vectors[start : start + columns].T
        here = np.flatnonzero((faces >= start) & (faces < start + columns))
        similarities[here, faces[here] - start] = -np.inf  # no face is its own neighbour
        _keep_best(similarities, np.float32(threshold), best, counts)
    return counts, best.min(axis=1, initial=np.inf)


def _rows_in_block(columns: int) -> int:
    """How many rows of so many similarities are handled at once."""
    return max(1, _BLOCK_BYTES // (4 * max(1, columns)))


_STRIDE = 64


@numba.njit(cache=True)
def _found(similarities: Any, threshold: Any, weakest: Any) -> Any:
    """The places above the threshold, and what is there, in ascending order. Place (a, b) counts where a < b.

    similarities: (rows, columns), the rows being the first of the columns. weakest: (columns,); what is below both
    that of the row and that of the column is left out.
    """
    count = 0
    for row in range(len(similarities)):
        count += _above(similarities[row, row + 1 :], threshold)
    firsts = np.empty(count, dtype=np.int32)
    seconds = np.empty(count, dtype=np.int32)
    values = np.empty(count, dtype=np.float32)
    end = 0
    for row in range(len(similarities)):
        for start in range(row + 1, similarities.shape[1], _STRIDE):
            stride = similarities[row, start : start + _STRIDE]
            if _above(stride, threshold) == 0:  # mostly so
                continue
            for place in range(len(stride)):
                value, column = stride[place], start + place
                if value > threshold and (value >= weakest[row] or value >= weakest[column]):
                    firsts[end], seconds[end], values[end] = row, column, value
                    end += 1
    return firsts[:end].copy(), seconds[:end].copy(), values[:end].copy()


@numba.njit(cache=True)
def _keep_best(similarities: Any, threshold: Any, best: Any, counts: Any) -> None:
    """Put what is above the threshold into `best`, in each row in place of what is worst once the row is full."""
    for row in range(len(similarities)):
        least = threshold if counts[row] < best.shape[1] else best[row].min()
        for start in range(0, similarities.shape[1], _STRIDE):
            stride = similarities[row, start : start + _STRIDE]
            if _above(stride, least) == 0:
                continue
            for place in range(len(stride)):
                if stride[place] > least:
                    if counts[row] < best.shape[1]:
                        best[row, counts[row]] = stride[place]
                        counts[row] += 1
                    else:
                        best[row, best[row].argmin()] = stride[place]
                    if counts[row] == best.shape[1]:
                        least = best[row].min()


@numba.njit(cache=True)
def _above(values: Any, threshold: Any) -> int:
    """How many are; without a branch, so that many are compared at once."""
    count = 0
    for place in range(len(values)):
        count += values[place] > threshold
    return count
