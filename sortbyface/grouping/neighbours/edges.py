"""Pairs of faces that are alike, no more of them than memory bears."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Edges:
    """Pairs of faces, each once, in ascending order."""

    firsts: npt.NDArray[np.int32]
    """(edges,): the earlier face."""

    seconds: npt.NDArray[np.int32]
    """(edges,): the later face."""

    similarities: npt.NDArray[np.float32]
    """(edges,): cosine."""

    def __len__(self) -> int:
        return len(self.firsts)

    @classmethod
    def joined(cls, parts: "Sequence[Edges]") -> "Edges":
        """All of several, none of which begins before the one ahead of it ends."""
        return cls(
            np.concatenate([np.empty(0, dtype=np.int32), *(part.firsts for part in parts)]),
            np.concatenate([np.empty(0, dtype=np.int32), *(part.seconds for part in parts)]),
            np.concatenate([np.empty(0, dtype=np.float32), *(part.similarities for part in parts)]),
        )

    def strongest(self, count: int, most: int) -> "tuple[Edges, npt.NDArray[np.float32]]":
        """Those that are among the so many strongest of either of their faces; of equals, the earlier counts.

        count: faces. Gives the edges, and (count,) the similarity of the weakest that counts for each face, -inf where
        all do. Done to some of the edges first and then to all, it leads to the same end: what is not
        among the strongest of some is not among the strongest of more, nor is what is below both faces' weakest.
        """
        kept, weakest = _strongest(count, self.firsts, self.seconds, self.similarities, most)
        if kept.all():
            return self, weakest
        return Edges(self.firsts[kept], self.seconds[kept], self.similarities[kept]), weakest

    def in_rows(self, count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """The same in compressed rows of so many faces: starts, neighbours and similarities, in both faces' rows."""
        starts = _starts(count, self.firsts, self.seconds)
        return starts, *_rows(starts, self.firsts, self.seconds, self.similarities)


@numba.njit(cache=True, nogil=True)
def _starts(count: int, firsts: Any, seconds: Any) -> Any:
    starts = np.zeros(count + 1, dtype=np.int64)
    for edge in range(len(firsts)):
        starts[firsts[edge] + 1] += 1
        starts[seconds[edge] + 1] += 1
    return np.cumsum(starts)


@numba.njit(cache=True, nogil=True)
def _rows(starts: Any, firsts: Any, seconds: Any, values: Any) -> Any:
    """Of each face, first the earlier neighbours, then the later: as the edges are in order, so are the rows."""
    free = starts[:-1].copy()
    neighbours = np.empty(2 * len(firsts), dtype=np.int32)
    of_neighbours = np.empty(2 * len(firsts), dtype=values.dtype)
    for owners, others in ((seconds, firsts), (firsts, seconds)):
        for edge in range(len(firsts)):
            place = free[owners[edge]]
            neighbours[place] = others[edge]
            of_neighbours[place] = values[edge]
            free[owners[edge]] += 1
    return neighbours, of_neighbours


@numba.njit(cache=True, nogil=True)
def _strongest(count: int, firsts: Any, seconds: Any, values: Any, most: int) -> Any:
    """(edges,), whether each is kept, and (count,): see `Edges.strongest`."""
    starts = _starts(count, firsts, seconds)
    # Of each face: the weakest value that is among its strongest, and how many edges of just this value are.
    weakest = np.full(count, -np.inf, dtype=np.float32)
    equals = np.full(count, most, dtype=np.int64)
    if np.all(np.diff(starts) <= most):
        return np.ones(len(firsts), dtype=np.bool_), weakest
    _, in_rows = _rows(starts, firsts, seconds, values)
    for face in range(count):
        row = in_rows[starts[face] : starts[face + 1]]
        if len(row) > most:
            weakest[face] = np.partition(row, len(row) - most)[len(row) - most]
            equals[face] = most - np.sum(row > weakest[face])
    kept = np.zeros(len(firsts), dtype=np.bool_)
    for owners in (seconds, firsts):  # in the order of the rows
        for edge in range(len(firsts)):
            owner = owners[edge]
            if values[edge] > weakest[owner]:
                kept[edge] = True
            elif values[edge] == weakest[owner] and equals[owner] > 0:
                kept[edge] = True
                equals[owner] -= 1
    return kept, weakest
