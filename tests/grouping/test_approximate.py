"""The approximate search for similar faces, held against the exact one."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import Faces, Knobs, SimilarityGraph, graph, group_faces, similarity_graph
from sortbyface.grouping.calibration import calibrate
from sortbyface.grouping.neighbours import RECALL, approximate
from sortbyface.grouping.neighbours.nearest import nearest
from tests.conftest import CHECKOUT
from tests.grouping.people import mixture, partition

COUNT, PEOPLE, THRESHOLD, MOST = 3_000, 300, 0.6, 12
ROUNDING = 2e-6


@pytest.fixture(scope="module")
def vectors() -> FloatMatrix:
    """Three hundred people, of ten faces on the average, and some strangers among them who are alike."""
    return mixture(COUNT, PEOPLE, 0.7, seed=1, dimensions=24)


@pytest.fixture(scope="module")
def exact(vectors: FloatMatrix) -> SimilarityGraph:
    return similarity_graph(vectors, THRESHOLD, most=MOST)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if so few faces were many already."""
    monkeypatch.setattr(graph, "EXACT_UP_TO", 100)


def edges(found: SimilarityGraph) -> dict[tuple[int, int], float]:
    """(face, other) -> weight; each edge once."""
    rows, weights = found.rows(), found.weights.tolist()
    entries = zip(rows.tolist(), found.neighbours.tolist(), weights, strict=True)
    there = {(face, other): weight for face, other, weight in entries}
    assert all(there[other, face] == weight for (face, other), weight in there.items()), "in both rows"
    return {pair: weight for pair, weight in there.items() if pair[0] < pair[1]}


def share_found(vectors: FloatMatrix, found: SimilarityGraph, threshold: float, most: int) -> float:
    """Of the nearest neighbours of all faces, by brute force, those that are joined to them."""
    similarities = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    np.fill_diagonal(similarities, -1)
    nearest = np.argsort(-similarities, axis=1)[:, :most]
    wanted = {
        (face, int(other))
        for face, row in enumerate(nearest)
        for other in row
        if similarities[face, other] > threshold + ROUNDING
    }
    joined = edges(found)
    return sum((min(pair), max(pair)) in joined for pair in wanted) / len(wanted)


@pytest.mark.usefixtures("large")
def test_it_finds_nearly_all_edges_and_no_others(vectors: FloatMatrix, exact: SimilarityGraph) -> None:
    found = similarity_graph(vectors, THRESHOLD, most=MOST)
    similar, truly_similar = edges(found), edges(similarity_graph(vectors, THRESHOLD, most=COUNT))
    assert similar.keys() <= truly_similar.keys()
    assert all(weight == pytest.approx(truly_similar[pair], abs=ROUNDING) for pair, weight in similar.items())
    assert len(similar.keys() & edges(exact).keys()) >= RECALL * len(edges(exact))
    assert np.diff(found.starts).max() > MOST, "an edge stays if either keeps it"
    for start, end in pairwise(found.starts):
        assert (np.diff(found.neighbours[start:end]) > 0).all(), "ascending, none twice"


@pytest.mark.parametrize("most", [1, 12, 400])
@pytest.mark.parametrize("threshold", [0.6, 0.95, 1.0])
def test_the_sample_knows_its_true_neighbours(
    vectors: FloatMatrix, threshold: float, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the recall is measured by: how many they are, and how similar the last of them."""
    monkeypatch.setattr("sortbyface.grouping.neighbours.nearest._BLOCK_BYTES", 70_000)
    sample = np.array([0, 1, 777, COUNT - 1])
    counts, lasts = nearest(vectors, threshold, most, sample)
    for face, count, last in zip(sample, counts, lasts, strict=True):
        others = np.sort(np.delete(vectors @ vectors[face], face))[::-1]
        assert count == min(most, np.count_nonzero(others > threshold))
        assert last == pytest.approx(others[count - 1] if count else np.inf, abs=ROUNDING)


@pytest.mark.usefixtures("large")
def test_the_recall_is_measured(vectors: FloatMatrix) -> None:
    """All faces are the sample. An edge that one of its faces misses, the other may find: then it is there."""
    found = similarity_graph(vectors[:1_000], THRESHOLD, most=MOST)
    assert RECALL <= found.recall <= share_found(vectors[:1_000], found, THRESHOLD, MOST) <= 1


@pytest.mark.usefixtures("large")
def test_a_poor_search_is_known_to_be_poor(vectors: FloatMatrix, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces look into their own cell only, and nobody minds."""
    monkeypatch.setattr(approximate, "_FIRST_CELLS", 1)
    monkeypatch.setattr(approximate, "RECALL", 0)
    found = similarity_graph(vectors, THRESHOLD, most=MOST)
    share = share_found(vectors, found, THRESHOLD, MOST)
    assert share < 0.95
    assert share - 0.2 < found.recall < share + 0.02


@pytest.mark.usefixtures("large")
def test_it_looks_into_as_many_cells_as_it_takes(vectors: FloatMatrix, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approximate, "_FIRST_CELLS", 1)
    assert similarity_graph(vectors, THRESHOLD, most=MOST).recall >= RECALL
    monkeypatch.setattr(approximate, "RECALL", 1)
    every = similarity_graph(vectors, THRESHOLD, most=MOST)
    assert every.recall == 1
    assert share_found(vectors, every, THRESHOLD, MOST) > 0.9999


@pytest.mark.usefixtures("large")
def test_the_same_faces_give_the_same_graph(vectors: FloatMatrix) -> None:
    first, second = (similarity_graph(vectors, THRESHOLD, most=MOST) for _ in range(2))
    assert first.recall == second.recall
    for name in ("starts", "neighbours", "weights"):
        assert np.array_equal(getattr(first, name), getattr(second, name))


@pytest.mark.usefixtures("large")
def test_vectors_with_numbers_to_spare_are_no_trouble(vectors: FloatMatrix, exact: SimilarityGraph) -> None:
    """As FaceNet's: 24 dimensions, turned into 128."""
    axes, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(128, 24)))
    found, true = edges(similarity_graph((vectors @ axes.T).astype(np.float32), THRESHOLD, most=MOST)), edges(exact)
    shared = found.keys() & true.keys()
    assert len(shared) >= RECALL * len(true)
    assert all(found[pair] == pytest.approx(true[pair], abs=1e-5) for pair in sorted(shared)[::50])


@pytest.mark.usefixtures("large")
def test_a_picture_that_is_there_a_thousand_times_is_no_trouble() -> None:
    """All of its copies are equally near: any of them will do, and most cells are empty."""
    vectors = np.repeat(np.eye(2, 16, dtype=np.float32), [1_000, 5], axis=0)
    found = similarity_graph(vectors, 0.5, most=MOST)
    assert found.recall == 1
    assert np.diff(found.starts).min() == 4
    assert (np.diff(found.starts)[:1_000] >= MOST).all()


@pytest.mark.usefixtures("large")
def test_where_nobody_is_alike_nothing_is_missed() -> None:
    found = similarity_graph(np.eye(150, dtype=np.float32), 0.5)
    assert len(found) == 150
    assert not len(found.neighbours)
    assert found.recall == 1


@pytest.mark.usefixtures("large")
def test_people_are_told_apart_as_well(vectors: FloatMatrix, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = Faces(vectors, np.arange(COUNT), np.zeros(COUNT, dtype=bool))
    found = partition(group_faces(faces, Knobs(THRESHOLD, 30)))
    monkeypatch.setattr(graph, "EXACT_UP_TO", COUNT)
    expected = partition(group_faces(faces, Knobs(THRESHOLD, 30)))
    assert len(found & expected) >= 0.98 * len(expected)


@pytest.mark.usefixtures("large")
def test_the_user_is_told(vectors: FloatMatrix, caplog: pytest.LogCaptureFixture) -> None:
    found = similarity_graph(vectors, THRESHOLD, most=MOST)
    (said,) = caplog.messages
    assert said.startswith("3,000 faces are too many to compare all with all")
    assert f"{100 * found.recall:.1f} % were found" in said


@pytest.mark.usefixtures("large")
def test_the_user_is_told_once_where_the_threshold_is_chosen_too(
    vectors: FloatMatrix, caplog: pytest.LogCaptureFixture
) -> None:
    faces = Faces(vectors, np.arange(COUNT), np.zeros(COUNT, dtype=bool))
    group_faces(faces, Knobs(calibrate(faces, THRESHOLD).threshold, 30))
    assert len(caplog.messages) == 1


def test_few_faces_are_searched_exactly_and_nothing_is_said(
    vectors: FloatMatrix, exact: SimilarityGraph, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "EXACT_UP_TO", COUNT)
    assert similarity_graph(vectors, THRESHOLD, most=MOST).recall == 1
    assert share_found(vectors, exact, THRESHOLD, MOST) == 1
    assert not caplog.messages


@pytest.mark.usefixtures("large")
def test_it_tells_how_far_it_is(vectors: FloatMatrix, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approximate, "_BLOCK", 1_300)
    told: list[tuple[int, int]] = []
    similarity_graph(vectors, THRESHOLD, most=MOST, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, COUNT), (1_300, COUNT), (2_600, COUNT), (COUNT, COUNT)]


def test_faiss_is_loaded_only_where_it_is_needed() -> None:
    """It takes time and memory, and small libraries do without."""
    code = "import sys; from sortbyface.grouping import *; import numpy as np; similarity_graph(np.eye(5), 0.5)"
    subprocess.run([sys.executable, "-c", f"{code}; assert 'faiss' not in sys.modules"], cwd=CHECKOUT, check=True)
