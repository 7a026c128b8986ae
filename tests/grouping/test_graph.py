"""The graph of similar faces, held against all pairs."""

import subprocess
import sys
from pathlib import Path

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import SimilarityGraph, similarity_graph
from sortbyface.grouping.graph import MOST_NEIGHBOURS
from sortbyface.grouping.neighbours import exact, pile
from tests.conftest import CHECKOUT

ROUNDING = 2e-6


@st.composite
def unit_vectors(draw: st.DrawFn) -> FloatMatrix:
    """Up to 60 directions around a few centres, so that there are near and far pairs at any threshold."""
    count, dimensions = draw(st.integers(0, 60)), draw(st.integers(2, 16))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    centres = random.normal(size=(draw(st.integers(1, 5)), dimensions))
    vectors = centres[random.integers(0, len(centres), count)]
    vectors = vectors + random.normal(size=vectors.shape) * draw(st.sampled_from([0.0, 0.1, 0.5, 5.0]))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@st.composite
def exact_vectors(draw: st.DrawFn) -> FloatMatrix:
    """Directions whose similarities are multiples of a quarter, without any rounding."""
    axes = np.concatenate([np.eye(4), -np.eye(4)])
    corners = np.array(np.meshgrid(*[[-0.5, 0.5]] * 4)).reshape(4, -1).T
    places = draw(st.lists(st.integers(0, 23), max_size=40))
    return np.concatenate([axes, corners]).astype(np.float32)[places]


def rows_of(graph: SimilarityGraph) -> list[dict[int, float]]:
    """For each face its neighbours, in the order in which they stand there, with the edges' weights."""
    assert graph.starts[0] == 0
    assert graph.starts[-1] == len(graph.neighbours) == len(graph.weights)
    return [
        dict(zip(graph.neighbours[start:end].tolist(), graph.weights[start:end].tolist(), strict=True))
        for start, end in zip(graph.starts[:-1], graph.starts[1:], strict=True)
    ]


@settings(max_examples=200, deadline=None)
@given(vectors=unit_vectors(), threshold=st.floats(-1, 1))
def test_it_holds_the_pairs_above_the_threshold(vectors: FloatMatrix, threshold: float) -> None:
    similarities = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    rows = rows_of(similarity_graph(vectors, threshold))
    assert len(rows) == len(vectors)
    for face, row in enumerate(rows):
        assert face not in row
        for other in set(range(len(vectors))) - {face}:
            margin = similarities[face, other] - threshold
            if abs(margin) > ROUNDING:
                assert (other in row) == (margin > 0)
            if other in row:
                assert row[other] == pytest.approx(margin, abs=ROUNDING)
                assert row[other] > 0


@settings(max_examples=100, deadline=None)
@given(vectors=unit_vectors(), threshold=st.floats(-1, 1))
def test_rows_are_ascending_and_symmetric(vectors: FloatMatrix, threshold: float) -> None:
    rows = rows_of(similarity_graph(vectors, threshold))
    assert all(list(row) == sorted(row) for row in rows)
    for face, row in enumerate(rows):
        assert all(rows[other][face] == weight for other, weight in row.items())


@settings(max_examples=100, deadline=None)
@given(vectors=exact_vectors(), threshold=st.sampled_from([-1, -0.5, 0, 0.25, 0.5, 0.75, 1]))
def test_the_threshold_itself_is_not_above_the_threshold(vectors: FloatMatrix, threshold: float) -> None:
    similarities = vectors @ vectors.T
    expected = [
        {j: float(s - threshold) for j, s in enumerate(row) if j != i and s > threshold}
        for i, row in enumerate(similarities)
    ]
    assert rows_of(similarity_graph(vectors, threshold)) == expected


@settings(max_examples=100, deadline=None)
@given(vectors=exact_vectors(), rows=st.integers(1, 64))
def test_blocks_do_not_matter(vectors: FloatMatrix, rows: int) -> None:
    whole = similarity_graph(vectors, 0.25)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "_ROWS", rows)
        parts = similarity_graph(vectors, 0.25)
    for name in ("starts", "neighbours", "weights"):
        assert np.array_equal(getattr(parts, name), getattr(whole, name))


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_face_have_no_edges(count: int) -> None:
    alone = similarity_graph(np.eye(count, 128, dtype=np.float32), 0.5)
    assert len(alone) == count
    assert rows_of(alone) == [{}] * count
    assert len(alone.to_networkx()) == count


def test_the_order_and_type_in_memory_do_not_matter() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0.8, 0.6]])
    expected = rows_of(similarity_graph(vectors.astype(np.float32), 0.5))
    assert [list(row) for row in expected] == [[1, 2], [0, 2], [0, 1]]
    assert rows_of(similarity_graph(vectors, 0.5)) == expected
    assert rows_of(similarity_graph(np.asfortranarray(vectors, dtype=np.float32), 0.5)) == expected


@pytest.mark.parametrize(
    "row",
    [[np.nan, 0], [1, np.nan], [np.inf, 0], [-np.inf, 1], [0, 0], [1.01, 0], [0.98, 0], [1e30, 0]],
    ids=str,
)
def test_rows_that_are_no_directions_are_refused(row: list[float]) -> None:
    vectors = np.array([[1, 0], row, [0, 1]], dtype=np.float32)
    with pytest.raises(ValueError, match="finite and of length 1"):
        similarity_graph(vectors, 0.5)


@settings(max_examples=100, deadline=None)
@given(vectors=unit_vectors(), threshold=st.floats(-1, 1))
def test_networkx_has_the_same_nodes_and_edges(vectors: FloatMatrix, threshold: float) -> None:
    ours = similarity_graph(vectors, threshold)
    theirs = ours.to_networkx()
    assert list(theirs) == list(range(len(vectors)))
    assert [
        {other: data["weight"] for other, data in sorted(theirs[face].items())} for face in range(len(vectors))
    ] == rows_of(ours)


def test_other_programs_can_read_it_as_graphml(tmp_path: Path) -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [-1, 0]], dtype=np.float32)
    networkx.write_graphml(similarity_graph(vectors, 0.5).to_networkx(), tmp_path / "faces.graphml")
    read = networkx.read_graphml(tmp_path / "faces.graphml", node_type=int)
    assert sorted(read) == [0, 1, 2]
    assert list(read.edges) == [(0, 1)]
    assert read[0][1]["weight"] == pytest.approx(0.3)


def expected_rows(vectors: FloatMatrix, threshold: float, most: int) -> list[dict[int, float]]:
    """All pairs, and of each face the strongest; an edge stays if either face keeps it. Of equals, the earlier."""
    similarities = (vectors @ vectors.T).tolist()
    count = len(vectors)
    kept = {
        frozenset({face, other})
        for face in range(count)
        for other in sorted(
            (other for other in range(count) if other != face and similarities[face][other] > threshold),
            key=lambda other: (-similarities[face][other], other),
        )[:most]
    }
    return [
        {other: similarities[face][other] - threshold for other in range(count) if frozenset({face, other}) in kept}
        for face in range(count)
    ]


@settings(max_examples=200, deadline=None)
@given(
    vectors=exact_vectors(),
    threshold=st.sampled_from([-1, -0.5, 0, 0.25, 0.5]),
    most=st.integers(1, 8),
    rows=st.integers(1, 64),
    room=st.integers(0, 30),
)
def test_each_face_keeps_its_strongest_edges(
    vectors: FloatMatrix, threshold: float, most: int, rows: int, room: int
) -> None:
    """In whatever parts the edges are found, and how often the weak ones are thrown away: nearly all are ties."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "_ROWS", rows)
        patch.setattr(pile, "_ROOM", room)
        assert rows_of(similarity_graph(vectors, threshold, most=most)) == expected_rows(vectors, threshold, most)


@settings(max_examples=100, deadline=None)
@given(vectors=exact_vectors(), most=st.integers(1, 8))
def test_a_stricter_threshold_needs_no_other_search(vectors: FloatMatrix, most: int) -> None:
    """Of the edges above it, those that are kept are the same."""
    low = similarity_graph(vectors, -0.5, most=most)
    for threshold in (-0.5, 0, 0.25, 0.75):
        assert rows_of(low.above(threshold)) == rows_of(similarity_graph(vectors, threshold, most=most))


def test_somebody_in_many_photos_has_no_more_edges_than_others() -> None:
    """Five hundred photos of one person would be 124,750 edges."""
    random = np.random.default_rng(0)
    vectors = np.eye(1, 64, dtype=np.float32) + random.normal(0, 0.05, (500, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    degrees = np.diff(similarity_graph(vectors, 0.5).starts)
    assert degrees.min() >= MOST_NEIGHBOURS
    assert degrees.sum() <= 2 * 500 * MOST_NEIGHBOURS


@pytest.mark.parametrize("rows", [1, 64])
def test_it_tells_how_far_it_is(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_ROWS", rows)
    told: list[tuple[int, int]] = []
    similarity_graph(np.eye(9, dtype=np.float32), 0.5, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (9, 9)
    assert {total for _, total in told} == {9}


MANY_FACES = """
import numpy as np
from sortbyface.grouping import similarity_graph
from tests.memory import peak_memory

random = np.random.default_rng(0)
vectors = np.repeat(random.normal(size=({people}, 64)), 20_000 // {people}, axis=0)
vectors += random.normal(0, 0.3, vectors.shape)
vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
graph = similarity_graph(vectors, 0.7)
print(len(graph.neighbours), peak_memory())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux counts it")
@pytest.mark.parametrize(
    ("people", "least", "most"),
    [
        pytest.param(2_000, 20_000 * 8, 20_000 * 9, id="each-knows-nearly-all-nine-friends"),
        pytest.param(1, 20_000 * MOST_NEIGHBOURS, 2 * 20_000 * MOST_NEIGHBOURS, id="all-are-one-person"),
    ],
)
def test_memory_does_not_grow_with_the_square_of_the_faces(people: int, least: int, most: int) -> None:
    """All similarities of 20,000 faces at once would be 1,600 MB; all edges of one person, as many more."""
    code = MANY_FACES.format(people=people)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=True
    )
    entries, peak = map(int, done.stdout.split())
    assert least <= entries <= most
    assert 50e6 < peak < 700e6
