"""Vectors -> groups: which faces are the same person's."""

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.chinese_whispers import by_size, chinese_whispers
from sortbyface.grouping.doubtful import Flags, join_nearest, without_doubtful
from sortbyface.grouping.graph import SimilarityGraph, similarity_graph

__all__ = ["SimilarityGraph", "chinese_whispers", "group_faces", "similarity_graph"]


def group_faces(vectors: FloatMatrix, doubtful: Flags, threshold: float, iterations: int, seed: int) -> Labels:
    """Group faces by Chinese Whispers over the graph of all pairs more similar than the threshold.

    vectors: (n, d), rows of length 1.   doubtful: (n,), the faces that join a group in the end but form none.
    threshold: cosine similarity, -1 to 1, exclusive.
    Gives (n,) labels, 0 for the largest group and so on. The same vectors in the same order and the same
    seed give the same labels.
    """
    graph = similarity_graph(vectors, threshold)
    labels = chinese_whispers(without_doubtful(graph, doubtful), iterations, seed)
    return by_size(join_nearest(labels, graph, doubtful))
