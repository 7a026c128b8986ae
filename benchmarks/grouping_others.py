"""This program's grouping beside that of others, on the same vectors: how well, and how fast."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from statistics import mean, median
from time import perf_counter, process_time
from typing import NamedTuple

import dlib
import networkx
import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.tables import print_head, print_row
from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.evaluation.protocols import PROTOCOLS, Judgement, outliers_apart
from sortbyface.evaluation.targets import Known
from sortbyface.grouping import (
    DEFAULT,
    PLAIN,
    Faces,
    Knobs,
    SimilarityGraph,
    chinese_whispers,
    group_faces,
    similarity_graph,
)
from sortbyface.jobs import ITERATIONS

_TRIED_FOR_WHISPERS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
_TRIED_FOR_DBSCAN = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


class Cost(NamedTuple):
    """Of one grouping, from the vectors to the labels."""

    seconds: float
    cpu: float
    """Of all threads."""


@dataclass(frozen=True)
class Way:
    """One way to group faces, for a threshold and a seed."""

    name: str
    group: Callable[[float, int], Labels]
    """As it is called; what is timed."""

    sketch: Callable[[float, int], Labels]
    """The same but for chance, from a graph that is there already: tells how good it is, and at which threshold."""

    tried: tuple[float, ...]
    """Thresholds: the way from the embedder's own to 1, by so much of it."""

    slow: bool = False
    by_chance: bool = True
    """Whether the seed matters."""


class Best(NamedTuple):
    """How well a way does at its best; means over the seeds."""

    threshold: float
    """Where pairwise F is highest."""

    f: float
    bcubed: float
    groups: float
    highest_bcubed: float
    """At whatever threshold."""


def print_side_by_side(known: Known, faces: Faces, default: float, runs: int) -> None:
    """Find the best threshold of each of the others, then time all in turns.

    default: the embedder's own threshold, which is this program's. runs: timed, of the slow ones 1; and seeds judged.
    """
    ways = list(_ways(faces, similarity_graph(faces.vectors, default, most=len(faces))))
    group_faces(faces, Knobs(default, ITERATIONS))  # compiled code is loaded
    bests = {way.name: _best(known, way, default, runs) for way in ways}
    costs: dict[str, list[Cost]] = {way.name: [] for way in ways}
    timed: dict[str, Judgement] = {}
    for seed in range(runs):
        for way in ways:
            if seed == 0 or not way.slow:
                cost, labels = _timed(partial(way.group, bests[way.name].threshold, seed))
                costs[way.name].append(cost)
                timed[way.name] = _judge(known, labels)

    quality = ["threshold", "F", "BCubed F", "highest BCubed F", "groups"]
    print_head(["", *quality, "runs", "F, timed", "seconds", "ratio", "CPU-s", "ratio"])
    ours = _middle(costs[ways[0].name])
    for way in ways:
        best, cost = bests[way.name], _middle(costs[way.name])
        cells = [way.name, f"{best.threshold:.4f}", f"{best.f:.4f}", f"{best.bcubed:.4f}", f"{best.highest_bcubed:.4f}"]
        cells += [f"{best.groups:,.0f}", str(len(costs[way.name])), f"{timed[way.name].pairwise.f:.4f}"]
        cells += [f"{cost.seconds:.2f}", f"{cost.seconds / ours.seconds:.1f}"]
        print_row([*cells, f"{cost.cpu:.2f}", f"{cost.cpu / ours.cpu:.1f}"])


def _best(known: Known, way: Way, default: float, seeds: int) -> Best:
    means = []
    for step in way.tried:
        threshold = default + step * (1 - default)
        judged = [_judge(known, way.sketch(threshold, seed)) for seed in range(seeds if way.by_chance else 1)]
        f, bcubed = mean(one.pairwise.f for one in judged), mean(one.bcubed.f for one in judged if one.bcubed)
        means.append(Best(threshold, f, bcubed, mean(one.groups for one in judged), bcubed))
    best = max(means, key=lambda at: at.f)
    return best._replace(highest_bcubed=max(at.bcubed for at in means))


def original(vectors: FloatMatrix, threshold: float, seed: int, *, pair_by_pair: bool) -> Labels:
    """What the original Sort-By-Face did: a loop over rows, a networkx graph, and 30 iterations over all its nodes.

    pair_by_pair: whether Python looks for a row's edges, too; otherwise NumPy does, and weights are Python's numbers.
    """
    shuffler = random.Random(seed)
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from((face, {"label": face}) for face in range(len(vectors)))
    with threadpool_limits(1):  # for a row at a time, NumPy's threads cost more than they bring
        for face, vector in enumerate(vectors):
            similarities = vectors[face + 1 :] @ vector
            if pair_by_pair:
                edges = [(other, similarity) for other, similarity in enumerate(similarities) if similarity > threshold]
            else:
                similar = np.flatnonzero(similarities > threshold)
                edges = list(zip(similar.tolist(), similarities[similar].tolist(), strict=True))
            graph.add_weighted_edges_from((face, face + 1 + other, similarity) for other, similarity in edges)
    nodes = list(graph)
    for _ in range(ITERATIONS):
        shuffler.shuffle(nodes)
        for node in nodes:
            loudness: dict[int, float] = {}
            for neighbour, edge in graph[node].items():
                label = graph.nodes[neighbour]["label"]
                loudness[label] = loudness.get(label, 0.0) + edge["weight"]
            if loudness:
                graph.nodes[node]["label"] = max(loudness, key=loudness.__getitem__)
    return np.array([graph.nodes[face]["label"] for face in range(len(vectors))], dtype=np.int64)


def _ways(faces: Faces, searched: SimilarityGraph) -> Iterator[Way]:
    """This program's first. searched: the graph of all thresholds that are tried."""
    from scipy.sparse import csr_matrix
    from sklearn.cluster import DBSCAN

    vectors = faces.vectors
    descriptors = [dlib.vector(vector) for vector in vectors.tolist()]

    def ours(threshold: float, seed: int) -> Labels:
        return group_faces(faces, Knobs(threshold, ITERATIONS, seed), DEFAULT)

    def plain(threshold: float, seed: int) -> Labels:
        return group_faces(faces, Knobs(threshold, ITERATIONS, seed), PLAIN)

    def plain_sketch(threshold: float, seed: int) -> Labels:
        graph = searched.above(threshold)
        return chinese_whispers(replace(graph, weights=graph.weights + np.float32(threshold)), ITERATIONS, seed)

    def dlibs(threshold: float, _seed: int) -> Labels:
        return np.array(dlib.chinese_whispers_clustering(descriptors, _distance(threshold)))

    def dlibs_sketch(threshold: float, _seed: int) -> Labels:
        graph = searched.above(threshold)
        with_themselves = [(face, face) for face in range(len(graph))]  # as its clustering has it
        edges = [*with_themselves, *zip(graph.rows().tolist(), graph.neighbours.tolist(), strict=True)]
        return np.array(dlib.chinese_whispers([(face, other) for face, other in edges if face <= other]))

    def dbscan(threshold: float, _seed: int, *, metric: str, samples: int) -> Labels:
        radius = 1 - threshold if metric == "cosine" else _distance(threshold)
        found = DBSCAN(eps=radius, min_samples=samples, metric=metric, algorithm="brute").fit(vectors)
        return np.asarray(found.labels_)

    def dbscan_sketch(threshold: float, _seed: int, *, samples: int) -> Labels:
        graph = searched.above(threshold)
        distances = 1 - (graph.weights + np.float32(threshold))
        sparse = csr_matrix((distances.clip(0), graph.neighbours, graph.starts), shape=(len(graph), len(graph)))
        found = DBSCAN(eps=1 - threshold, min_samples=samples, metric="precomputed").fit(sparse)
        return np.asarray(found.labels_)

    yield Way("Sort-By-Face, default", ours, ours, (0.0,))
    yield Way("Sort-By-Face, plain", plain, plain_sketch, _TRIED_FOR_WHISPERS)
    for pair_by_pair in (False, True):
        name = f"original: networkx, {'pair by pair' if pair_by_pair else 'rows by NumPy'}"
        group = partial(original, vectors, pair_by_pair=pair_by_pair)
        yield Way(name, group, plain_sketch, _TRIED_FOR_WHISPERS, slow=True)
    name = "dlib.chinese_whispers_clustering"
    yield Way(name, dlibs, dlibs_sketch, _TRIED_FOR_WHISPERS, slow=True, by_chance=False)
    for metric, samples in (("euclidean", 2), ("cosine", 2), ("euclidean", 5)):
        yield Way(
            f"DBSCAN, {metric}, min_samples {samples}",
            partial(dbscan, metric=metric, samples=samples),
            partial(dbscan_sketch, samples=samples),
            _TRIED_FOR_DBSCAN,
            by_chance=False,
        )


def _distance(similarity: float) -> float:
    """Between two points of the sphere whose cosine similarity is given."""
    return float(np.sqrt(2 - 2 * similarity))


def _judge(known: Known, labels: Labels) -> Judgement:
    """By the headline protocol."""
    return PROTOCOLS[-1].judge(known, outliers_apart(labels))


def _timed(work: Callable[[], Labels]) -> tuple[Cost, Labels]:
    started, cpu = perf_counter(), process_time()
    labels = work()
    return Cost(perf_counter() - started, process_time() - cpu), labels


def _middle(costs: list[Cost]) -> Cost:
    """The median of each figure by itself."""
    return Cost(median(cost.seconds for cost in costs), median(cost.cpu for cost in costs))
