"""Graphs for the tests, written down edge by edge."""

from collections.abc import Iterable

import numpy as np
from hypothesis import strategies as st

from sortbyface.grouping.graph import SimilarityGraph


def graph_of(count: int, edges: Iterable[tuple[int, int, float]]) -> SimilarityGraph:
    """Nodes 0 to count - 1; each edge is named once: (node, other, weight)."""
    rows: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for first, second, weight in edges:
        rows[first].append((second, weight))
        rows[second].append((first, weight))
    entries = [entry for row in rows for entry in sorted(row)]
    return SimilarityGraph(
        np.cumsum([0, *map(len, rows)], dtype=np.int64),
        np.array([other for other, _ in entries], dtype=np.int32),
        np.array([weight for _, weight in entries], dtype=np.float32),
    )


def clique(nodes: Iterable[int], weight: float = 0.25) -> list[tuple[int, int, float]]:
    """An edge between any two."""
    members = list(nodes)
    return [(first, second, weight) for place, first in enumerate(members) for second in members[place + 1 :]]


@st.composite
def graphs(draw: st.DrawFn, max_nodes: int = 24) -> SimilarityGraph:
    """Any graph. Half of them have only two weights, so that labels are often equally loud."""
    count = draw(st.integers(0, max_nodes))
    pairs = [(first, second) for first in range(count) for second in range(first + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=3 * count)) if pairs else []
    margins = st.sampled_from([0.25, 0.5]) if draw(st.booleans()) else st.floats(2**-20, 1, width=32)
    return graph_of(count, [(*pair, draw(margins)) for pair in chosen])
