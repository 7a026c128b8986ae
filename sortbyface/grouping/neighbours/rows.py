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
        self._ends = np.zeros(count + 1, dtype=np.int64)
        # Where nothing is written, nothing is taken from memory: the system gives it page by page.
        self._others = np.empty(count * most, dtype=np.int32)
        self._similarities = np.empty(count * most, dtype=np.float32)
        self._faces = 0

    def add(self, counts: npt.NDArray[np.int64], others: Any, similarities: Any) -> None:
        """The next faces. counts: how many neighbours each has; those of the first come first, in any order."""
        start = self._ends[self._faces]
        faces = slice(self._faces + 1, self._faces + 1 + len(counts))
        self._ends[faces] = start + np.cumsum(counts)
        self._others[start : start + len(others)] = others
        self._similarities[start : start + len(others)] = similarities
        self._faces += len(counts)

    def edges(self) -> Edges:
        """Two faces are joined if one is among the other's neighbours."""
        return Edges(*_joined(self._ends, self._others, self._similarities))


@numba.njit(cache=True)
def _joined(ends: Any, others: Any, similarities: Any) -> Any:
    """First and second faces and similarities of the edges, each once, in ascending order."""
    count = len(ends) - 1
    starts = np.zeros(count + 1, dtype=np.int64)
    for face in range(count):
        for place in range(ends[face], ends[face + 1]):
            starts[min(face, others[place]) + 1] += 1
    starts = np.cumsum(starts)
    free = starts[:-1].copy()
    seconds = np.empty(starts[-1], dtype=np.int32)
    values = np.empty(starts[-1], dtype=np.float32)
    for face in range(count):
        for place in range(ends[face], ends[face + 1]):
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
        for place in np.argsort(row, kind="mergesort"):  # of two values the earlier face's own
            if row[place] != last:
                last = row[place]
                firsts[end], seconds[end], values[end] = first, last, of_row[place]
                end += 1
    return firsts[:end].copy(), seconds[:end].copy(), values[:end].copy()
