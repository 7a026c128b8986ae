"""Chinese Whispers (Biemann 2006) as one would explain it, on a networkx graph: slow, and easy to believe."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import networkx


def chinese_whispers(
    graph: "networkx.Graph[int]", iterations: int, seed: int, photos: Sequence[int] | None = None
) -> list[int]:
    """The label of each node, in the order of the nodes 0 to n - 1. photos: nodes in one never have one label.

    Draws the same random numbers as the program does: for each iteration an order in which the nodes are
    visited, and for each node a number that decides between equally loud labels.
    """
    random = np.random.default_rng(seed)
    label = {node: node for node in graph}
    for _ in range(iterations):
        order = random.permutation(len(graph)).tolist()
        luck = random.random(len(graph)).tolist()
        changed = False
        for node in order:
            refused = {label[other] for other in graph if photos and other != node and photos[other] == photos[node]}
            loudest = _loudest(graph, label, node, refused)
            if not loudest:
                continue
            chosen = loudest[int(luck[node] * len(loudest))]
            changed = changed or chosen != label[node]
            label[node] = chosen
        if not changed:
            break
    return numbered_by_size([label[node] for node in range(len(graph))])


def numbered_by_size(labels: list[int]) -> list[int]:
    """The largest group is 0, the next 1; of two equally large, the one with the earlier first member comes first."""
    sizes = Counter(labels)
    ranking = sorted(sizes, key=lambda label: (-sizes[label], labels.index(label)))
    return [ranking.index(label) for label in labels]


def _loudest(graph: "networkx.Graph[int]", label: dict[int, int], node: int, refused: set[int]) -> list[int]:
    loudness: dict[int, float] = {}  # a dict keeps the order in which labels are first heard
    for neighbour in sorted(graph[node]):
        heard = label[neighbour]
        if heard not in refused:
            loudness[heard] = loudness.get(heard, 0.0) + graph[node][neighbour]["weight"]
    return [heard for heard, sum_of_weights in loudness.items() if sum_of_weights == max(loudness.values())]
