"""All faces compared with all: first by bounds, and those few pairs that these leave, by the vectors themselves."""

from typing import Any, TypeAlias

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping.neighbours.bounds import bounding
from sortbyface.grouping.neighbours.cores import on_all_cores
from sortbyface.grouping.neighbours.edges import Edges
from sortbyface.grouping.neighbours.pile import Pile
from sortbyface.grouping.neighbours.progress import Progress, quiet

_ROWS = 64
_COLUMNS = 2_048
"""Of the bounds that are handled at once: half a MB, which stays in a core's own cache."""

_STRIDE = 64
"""Bounds that are looked at in one go; columns are a multiple."""


Pairs: TypeAlias = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]
"""First and second faces."""


def exact_edges(vectors: FloatMatrix, threshold: float, most: int, progress: Progress = quiet) -> Edges:
    """The pairs of faces above a threshold, of which each is among the so many most similar of one of the two.

    vectors: (n, d) float32, rows of length 1.   threshold: cosine, exclusive.

    In blocks, on all cores; how many these are makes no difference to the result. Takes time O(n² e), where bounds
    need e of the d numbers (`bounding`), and memory O(n d + n most).
    """
    count = len(vectors)
    bounds = _padded(bounding(vectors, threshold))
    pile = Pile(count, most)

    def edges_of_rows(start: int) -> Edges:
        firsts, seconds = _candidates(start, bounds, np.float32(threshold), pile.weakest)
        return Edges(*_verified(firsts, seconds, vectors, np.float32(threshold), pile.weakest))

    starts = range(0, count, _ROWS)
    for start, edges in zip(starts, on_all_cores(edges_of_rows, starts), strict=True):
        pile.add(edges)
        progress(min(start + _ROWS, count), count)
    return pile.strongest()


def _padded(bounds: FloatMatrix) -> FloatMatrix:
    """With rows of zeros at the end, up to a multiple of the stride."""
    return np.pad(bounds, ((0, -len(bounds) % _STRIDE), (0, 0)))


def _candidates(start: int, bounds: FloatMatrix, threshold: np.float32, weakest: npt.NDArray[np.float32]) -> Pairs:
    """Those of the pairs of some faces and all that come after them that bounds do not rule out; in ascending order."""
    rows = bounds[start : min(start + _ROWS, len(weakest))]
    parts = []
    for column in range(start // _STRIDE * _STRIDE, len(bounds), _COLUMNS):
        products = rows @ bounds[column : column + _COLUMNS].T
        parts.append(_left(products.reshape(len(rows), -1, _STRIDE), start, column, threshold, weakest))
    firsts, seconds = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    order = np.argsort((firsts - np.int32(start)).astype(np.int16), kind="stable")  # of 16 bits: in linear time
    return firsts[order], seconds[order]


@numba.njit(cache=True, nogil=True)
def _left(bounds: Any, row: int, column: int, threshold: Any, weakest: Any) -> Any:
    """First and second faces of the pairs in a block whose bounds are high enough, row by row.

    bounds: (rows, strides, _STRIDE), that of faces `row` and `column` first. weakest: (n,); what is below that
    of both faces is left out.
    """
    firsts = np.empty(bounds.size, dtype=np.int32)  # what is not written takes no memory
    seconds = np.empty(bounds.size, dtype=np.int32)
    end = 0
    for first in range(row, row + bounds.shape[0]):
        for stride in range(bounds.shape[1]):
            if not _any_above(bounds, first - row, stride, threshold):  # mostly so
                continue
            begin = column + stride * _STRIDE
            for second in range(max(begin, first + 1), min(begin + _STRIDE, len(weakest))):
                bound = bounds[first - row, stride, second - begin]
                if bound > threshold and (bound >= weakest[first] or bound >= weakest[second]):
                    firsts[end], seconds[end] = first, second
                    end += 1
    return firsts[:end].copy(), seconds[:end].copy()


@numba.njit(cache=True, nogil=True)
def _any_above(bounds: Any, row: int, stride: int, threshold: Any) -> bool:
    """Without a branch, so that many are compared at once."""
    above = False
    for place in range(bounds.shape[2]):
        above |= bounds[row, stride, place] > threshold
    return above


@numba.njit(cache=True, nogil=True)
def _verified(firsts: Any, seconds: Any, vectors: Any, threshold: Any, weakest: Any) -> Any:
    """Those of the pairs that are edges, and how similar they are."""
    similarities = np.empty(len(firsts), dtype=np.float32)
    kept = np.empty(len(firsts), dtype=np.bool_)
    for pair in range(len(firsts)):
        first, second = firsts[pair], seconds[pair]
        similarity = _product(vectors[first], vectors[second])
        similarities[pair] = similarity
        kept[pair] = similarity > threshold and (similarity >= weakest[first] or similarity >= weakest[second])
    return firsts[kept], seconds[kept], similarities[kept]


@numba.njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def _product(first: Any, second: Any) -> Any:
    """Of two vectors: the sum may be taken in any order, many terms at once, but in the same for all pairs."""
    total = np.float32(0)
    for place in range(len(first)):
        total += first[place] * second[place]
    return total
