"""Scores of groupings, held against all pairs and all items, against examples by hand, and against scikit-learn."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import pair_confusion_matrix

from sortbyface.evaluation import Scores, bcubed, pairwise

Items = list[tuple[int, int]]
"""Each item's person and group."""

ITEMS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=40)


def pairwise_by_pairs(items: Items) -> tuple[float, float]:
    pairs = list(combinations(items, 2))
    belong = [person == other_person for (person, _), (other_person, _) in pairs]
    together = [group == other_group for (_, group), (_, other_group) in pairs]
    both = sum(a and b for a, b in zip(belong, together, strict=True))
    return both / sum(together) if any(together) else 1.0, both / sum(belong) if any(belong) else 1.0


def bcubed_by_items(items: Items) -> tuple[float, float]:
    precisions, recalls = [], []
    for person, group in items:
        same_both = sum(item == (person, group) for item in items)
        precisions.append(same_both / sum(other == group for _, other in items))
        recalls.append(same_both / sum(other == person for other, _ in items))
    return float(np.mean(precisions)), float(np.mean(recalls))


def split(items: Items) -> tuple[list[int], list[int]]:
    return [person for person, _ in items], [group for _, group in items]


@given(ITEMS)
def test_pairwise_is_what_all_pairs_say(items: Items) -> None:
    assert pairwise(*split(items)) == pytest.approx(pairwise_by_pairs(items))


@given(ITEMS)
def test_bcubed_is_what_all_items_say(items: Items) -> None:
    assert bcubed(*split(items)) == pytest.approx(bcubed_by_items(items))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=17, max_size=60))
def test_pairwise_is_what_scikit_learn_counts(items: Items) -> None:
    """Seventeen items of four people in four groups: two of them share both, so that no count is zero."""
    (_, wrongly_together), (wrongly_apart, together) = pair_confusion_matrix(*split(items))
    scores = pairwise(*split(items))
    assert scores.precision == pytest.approx(together / (together + wrongly_together))
    assert scores.recall == pytest.approx(together / (together + wrongly_apart))


@given(ITEMS, st.permutations(range(7)), st.permutations(range(7)), st.randoms(use_true_random=False))
def test_neither_the_labels_nor_the_order_matter(items: Items, people: list[int], groups: list[int], random) -> None:
    renamed = [(people[person], groups[group]) for person, group in items]
    random.shuffle(renamed)
    for measure in (pairwise, bcubed):
        assert measure(*split(renamed)) == pytest.approx(measure(*split(items)))


@given(ITEMS)
def test_precision_and_recall_change_places_with_truth_and_groups(items: Items) -> None:
    people, groups = split(items)
    for measure in (pairwise, bcubed):
        assert tuple(measure(groups, people)) == pytest.approx(tuple(measure(people, groups))[::-1])


@pytest.mark.parametrize(
    ("truth", "groups", "by_pairs", "by_items"),
    [
        ("aabb", "1122", (1, 1), (1, 1)),
        ("aabb", "1234", (1, 0), (1, 0.5)),  # no pair was put together, so none wrongly
        ("aabb", "1111", (2 / 6, 1), (0.5, 1)),
        ("abcd", "1234", (1, 1), (1, 1)),
        ("abcd", "1111", (0, 1), (0.25, 1)),
        ("aaab", "1122", (1 / 2, 1 / 3), (3 / 4, 2 / 3)),
        ("aaabbc", "111122", (3 / 7, 3 / 4), ((9 / 4 + 1 / 4 + 1) / 6, (3 + 1 / 2 + 1 / 2 + 1) / 6)),
        ("a", "1", (1, 1), (1, 1)),
    ],
)
def test_by_hand(truth: str, groups: str, by_pairs: tuple[float, float], by_items: tuple[float, float]) -> None:
    assert pairwise(list(truth), list(groups)) == pytest.approx(by_pairs)
    assert bcubed(list(truth), list(groups)) == pytest.approx(by_items)


@pytest.mark.parametrize("measure", [pairwise, bcubed])
def test_where_there_is_nothing_to_judge_nothing_is_wrong(measure) -> None:
    assert measure([], []) == (1.0, 1.0)


@pytest.mark.parametrize("measure", [pairwise, bcubed])
@pytest.mark.parametrize(("truth", "groups"), [([0, 1], [0, 1, 2]), ([0], [0, 1, 2]), ([0, 1, 2], [0])])
def test_each_item_needs_both_labels(measure, truth: list[int], groups: list[int]) -> None:
    with pytest.raises(ValueError, match=r"length|shape"):
        measure(truth, groups)


def test_many_items_do_not_overflow() -> None:
    """A hundred thousand faces of one person are five billion pairs: more than 32 bits count."""
    alike = np.zeros(100_000, dtype=np.int32)
    assert pairwise(alike, alike) == (1.0, 1.0)
    halves = np.arange(100_000, dtype=np.int32) % 2
    assert pairwise(alike, halves).recall == pytest.approx(49_999 / 99_999)


@pytest.mark.parametrize(
    ("precision", "recall", "f"), [(1, 1, 1), (0.5, 1, 2 / 3), (0, 1, 0), (0, 0, 0), (0.25, 0.75, 0.375)]
)
def test_f_is_the_harmonic_mean(precision: float, recall: float, f: float) -> None:
    assert Scores(precision, recall).f == pytest.approx(f)
