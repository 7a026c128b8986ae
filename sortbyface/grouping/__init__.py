"""Vectors -> groups: which faces are the same person's."""

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.chinese_whispers import chinese_whispers
from sortbyface.grouping.graph import SimilarityGraph, similarity_graph

__all__ = ["SimilarityGraph", "chinese_whispers", "group_faces", "similarity_graph"]


def group_faces(vectors: FloatMatrix, threshold: float, iterations: int, seed: int) -> Labels:
    """Group faces by Chinese Whispers over the graph of all pairs more similar than the threshold.

    vectors: (n, d), rows of length 1.   threshold: cosine similarity, -1 to 1, exclusive.
    Gives (n,) labels, 0 for the largest group and so on. The same vectors in the same order and the same
    seed give the same labels.
    """
    return chinese_whispers(similarity_graph(vectors, threshold), iterations, seed)
