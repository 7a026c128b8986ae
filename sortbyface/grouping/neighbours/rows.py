"""What a search brings face by face, made into edges."""

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.grouping.neighbours.edges import Edges


class Rows:
    """The neighbours of one face after the other; if a is among those of b, b need not be among those of a."""

    def __init__(self, count: int, most: int) -> None:
        """count: faces; most: neighbours of each."""
        self._starts = np.zeros(count, dtype=np.int64)
        self._counts = np.zeros(count, dtype=np.int64)
        # Where nothing is written, nothing is taken from memory: the system gives it page by page.
        self._others = np.empty(count * most, dtype=np.int32)
        self._similarities = np.empty(count * most, dtype=np.float32)
        self._end = 0

    def add(self, faces: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], others: Any, similarities: Any) -> None:
        """Some faces that are new here. counts: how many neighbours each has; those of the first face come first."""
        self._starts[faces] = self._end + np.cumsum(counts) - counts
        self._counts[faces] = counts
        end = self._end + len(others)
        self._others[self._end : end] = others
        self._similarities[self._end : end] = similarities
        self._end = end

    def edges(self) -> Edges:
        """Two faces are joined if one is among the other's neighbours."""
        return Edges(*_joined(self._starts, self._counts, self._others, self._similarities))


@numba.njit(cache=True, nogil=True)
def _joined(begins: Any, counts: Any, others: Any, similarities: Any) -> Any:
    """First and second faces and similarities of the edges, each once, in ascending order."""
    count = len(begins)
    starts = np.zeros(count + 1, dtype=np.int64)
    for face in range(count):
        for place in range(begins[face], begins[face] + counts[face]):
            starts[min(face, others[place]) + 1] += 1
    starts = np.cumsum(starts)
    free = starts[:-1].copy()
    seconds = np.empty(starts[-1], dtype=np.int32)
    values = np.empty(starts[-1], dtype=np.float32)
    for face in range(count):
        for place in range(begins[face], begins[face] + counts[face]):
            first = min(face, others[place])
            seconds[free[first]] = max(face, others[place])
            values[free[first]] = similarities[place]
            free[first] += 1
    firsts = np.empty(starts[-1], dtype=np.int32)
    end = 0
    for first in range(count):  # each row sorted, and moved up over what stands there twice
        row = seconds[starts[first] : starts[first + 1]].copy()
        of_row = values[starts[first] : starts[first + 1]].copy()
        last = -1
        for place in np.argsort(row, kind="mergesort"):
            if row[place] != last:
                last = row[place]
                firsts[end], seconds[end], values[end] = first, last, of_row[place]
                end += 1
    return firsts[:end].copy(), seconds[:end].copy(), values[:end].copy()
