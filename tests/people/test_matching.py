"""Who is matched with which group: as many faces as possible keep their person, by any count."""

from collections import Counter
from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from sortbyface.people.matching import best_matches

Pairs = list[tuple[int, int]]
"""Of each face, the person whose it was, and the group that it is in."""


def matched(faces: Pairs) -> dict[int, int]:
    columns = np.array(faces, dtype=np.int64).reshape(-1, 2)
    return best_matches(columns[:, 0], columns[:, 1])


def kept(faces: Pairs, matches: dict[int, int]) -> int:
    """Faces whose person stays the same."""
    return sum(matches.get(group) == person for person, group in faces)


def most_that_can_be_kept(faces: Pairs) -> int:
    shared = Counter(faces)
    people, groups = sorted({person for person, _ in faces}), sorted({group for _, group in faces})
    nowhere = [-1] * len(people)
    return max(
        sum(shared[pair] for pair in zip(people, chosen, strict=True))
        for chosen in permutations([*groups, *nowhere], len(people))
    )


@settings(max_examples=300, deadline=None)
@given(faces=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), max_size=20))
def test_no_other_matching_keeps_more(faces: Pairs) -> None:
    matches = matched(faces)
    assert kept(faces, matches) == most_that_can_be_kept(faces)
    assert len(set(matches.values())) == len(matches), "nobody has two groups"
    assert all(pair[::-1] in faces for pair in matches.items()), "nobody has a group with no face of theirs"


def test_three_hundred_people_in_four_hundred_groups() -> None:
    """As many as SciPy keeps, which looks at all pairs."""
    rng = np.random.default_rng(0)
    faces = list(zip(rng.integers(1, 301, 3000).tolist(), rng.integers(0, 400, 3000).tolist(), strict=True))
    counts = np.zeros((301, 400))
    for person, group in faces:
        counts[person, group] += 1
    assert kept(faces, matched(faces)) == counts[linear_sum_assignment(counts, maximize=True)].sum()


def test_the_second_best_may_be_best_for_all() -> None:
    """Person 1 has more faces in group 7 than anybody, and still leaves it to person 2, who has no other."""
    assert matched([(1, 7)] * 5 + [(1, 8)] * 4 + [(2, 7)] * 3) == {7: 2, 8: 1}


def test_of_equals_it_is_the_same_one_every_time() -> None:
    faces = [(1, 7), (1, 8), (2, 7), (2, 8)]
    assert matched(faces) == matched(faces[::-1])
    assert kept(faces, matched(faces)) == 2


def test_nobody() -> None:
    assert matched([]) == {}


def test_somebody_in_a_thousand_groups_has_the_largest() -> None:
    assert matched([(5, group) for group in range(1000)] + [(5, 700)]) == {700: 5}


def test_a_thousand_people_in_one_group_are_one_of_them() -> None:
    assert matched([(person, 0) for person in range(1, 1001)] + [(600, 0)]) == {0: 600}


def test_five_thousand_people_and_a_hundred_thousand_faces() -> None:
    """One in ten has gone astray; a table of all people and groups would not fit into memory."""
    rng = np.random.default_rng(0)
    persons = rng.integers(1, 5001, 100_000)
    groups = np.where(rng.random(100_000) < 0.1, rng.integers(5000, 80_000, 100_000), 5000 - persons)
    matches = best_matches(persons, groups)
    assert {5000 - person: person for person in range(1, 5001)}.items() <= matches.items()
