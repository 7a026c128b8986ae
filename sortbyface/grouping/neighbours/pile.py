"""Edges that keep coming, no more of them than memory bears."""

import numpy as np

from sortbyface.grouping.neighbours.edges import Edges

_ROOM = 2_000_000
"""Edges that may wait, before the weak ones among them are thrown away."""


class Pile:
    """The strongest of the edges that came so far, and some more."""

    def __init__(self, count: int, most: int) -> None:
        """count: faces; most: edges that each keeps (`Edges.strongest`)."""
        self.weakest = np.full(count, -np.inf, dtype=np.float32)
        """(count,): an edge that is weaker than that of both its faces need not come."""
        self._count, self._most = count, most
        self._parts: list[Edges] = []
        self._waiting, self._room = 0, _ROOM

    def add(self, edges: Edges) -> None:
        """Some more, none of which begins before those that came ahead of them."""
        self._parts.append(edges)
        self._waiting += len(edges)
        if self._waiting > self._room:
            strongest, self.weakest = Edges.joined(self._parts).strongest(self._count, self._most)
            self._parts, self._waiting = [strongest], len(strongest)
            self._room = max(_ROOM, 2 * self._waiting)  # so throwing away takes no longer, all in all, than finding

    def strongest(self) -> Edges:
        """What is left of all that came."""
        return Edges.joined(self._parts).strongest(self._count, self._most)[0]
