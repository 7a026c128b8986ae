"""One search for several groupings, by any algorithm; and how far it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import UNGROUPED
from sortbyface.grouping import ALGORITHMS, PLAIN, Algorithm, Faces, Knobs, group_faces, group_searched, search
from tests.grouping.people import crowds, faces_of, mixture

every_algorithm = pytest.mark.parametrize(
    "algorithm", [*ALGORITHMS.values(), PLAIN], ids=[*ALGORITHMS, "plain-whispers"]
)
THRESHOLDS = st.lists(st.sampled_from([0.2, 0.71, 0.951, 1.0]) | st.floats(0.2, 1), min_size=1, max_size=4)


@every_algorithm
@settings(max_examples=50, deadline=None)
@given(faces=crowds(), thresholds=THRESHOLDS, seed=st.integers(0, 2**32))
def test_each_grouping_is_what_a_search_of_its_own_gives(
    algorithm: Algorithm, faces: Faces, thresholds: list[float], seed: int
) -> None:
    graph = search(faces, thresholds, algorithm)

    for threshold in thresholds:
        knobs = Knobs(threshold, 30, seed)
        expected = group_faces(faces, knobs, algorithm)
        assert group_searched(graph, faces, knobs, algorithm).tolist() == expected.tolist()


@every_algorithm
def test_a_search_that_did_not_go_far_enough_is_refused(algorithm: Algorithm) -> None:
    faces = faces_of(mixture(20, 3, 0.3, seed=1))

    with pytest.raises(ValueError, match="have not been searched for"):
        group_searched(search(faces, [0.7, 0.8], algorithm), faces, Knobs(0.6, 30), algorithm)


@every_algorithm
@pytest.mark.parametrize("new", [20, 5])
def test_it_tells_how_far_it_is(algorithm: Algorithm, new: int) -> None:
    """Of all faces, or of those that are new."""
    faces = faces_of(mixture(20, 3, 0.3, seed=1))
    earlier = np.where(np.arange(20) < new, UNGROUPED, 0)
    told: list[tuple[int, int]] = []

    group_faces(faces, Knobs(0.7, 30), algorithm, earlier, lambda done, total: told.append((done, total)))

    assert told[-1] == (new, new)
    assert told == sorted(told)
