"""The protocol of LFW, held against all thresholds, against scikit-learn, and against examples by hand."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.metrics import roc_auc_score, roc_curve

from sortbyface.evaluation.verification import Flags, Similarities, best_threshold, roc, verify

FEW = st.sampled_from([-0.5, 0.0, 0.1, 0.25, 0.5, 0.75])
COSINES = FEW | st.floats(-1, 1, width=32)
"""Ties are common."""


@st.composite
def pairs(draw: st.DrawFn, undecided: bool = False) -> tuple[Similarities, Flags]:
    """Pairs of both kinds, in any order."""
    size = draw(st.integers(2, 30))
    cosines = COSINES | st.just(float("nan")) if undecided else COSINES
    similarities = draw(arrays.arrays(np.float32, size, elements=cosines))
    same = draw(arrays.arrays(np.bool_, size).filter(lambda flags: flags.any() and not flags.all()))
    return similarities, same


def all_thresholds(similarities: Similarities) -> list[float]:
    """Each that tells the pairs apart in another way, ascending."""
    values = sorted({float(cosine) for cosine in similarities if not np.isnan(cosine)})
    if not values:
        return [0.0]
    return [values[0] - 1, *((low + high) / 2 for low, high in pairwise(values)), values[-1] + 1]


def right_at(threshold: float, similarities: Similarities, same: Flags) -> int:
    cosines = map(float, similarities)
    return sum(not np.isnan(c) and (c > threshold) == flag for c, flag in zip(cosines, same.tolist(), strict=True))


@given(pairs())
def test_the_best_threshold_is_the_middle_one_of_all_that_are_best(sample: tuple[Similarities, Flags]) -> None:
    similarities, same = sample
    rights = {threshold: right_at(threshold, *sample) for threshold in all_thresholds(similarities)}
    best = [threshold for threshold, right in rights.items() if right == max(rights.values())]

    assert best_threshold(similarities.astype(np.float64), same) == best[(len(best) - 1) // 2]


@given(pairs(undecided=True), st.integers(2, 5))
def test_each_fold_is_judged_by_the_others(sample: tuple[Similarities, Flags], folds: int) -> None:
    similarities, same = sample
    fold_of_pair = np.arange(len(same)) % min(folds, len(same))

    result = verify(similarities, same, fold_of_pair)

    for number, fold in enumerate(result.folds):
        inside = fold_of_pair == number
        others = similarities[~inside], same[~inside]
        assert right_at(fold.threshold, *others) == max(right_at(t, *others) for t in all_thresholds(others[0]))
        right = right_at(fold.threshold, similarities[inside], same[inside])
        assert fold.accuracy == pytest.approx(right / inside.sum())
    wrong = sum(round((1 - fold.accuracy) * (fold_of_pair == n).sum()) for n, fold in enumerate(result.folds))
    assert len(result.misjudged) == wrong
    accuracies = [fold.accuracy for fold in result.folds]
    assert result.accuracy == pytest.approx(np.mean(accuracies))
    squares = sum((accuracy - np.mean(accuracies)) ** 2 for accuracy in accuracies)
    assert result.standard_deviation == pytest.approx(np.sqrt(squares / (len(accuracies) - 1)))
    assert result.standard_error == pytest.approx(np.sqrt(squares / (len(accuracies) - 1) / len(accuracies)))


@given(pairs())
def test_the_roc_curve_is_scikit_learns(sample: tuple[Similarities, Flags]) -> None:
    similarities, same = sample

    curve = roc(similarities.astype(np.float64), same)

    false_accepts, true_accepts, _ = roc_curve(same, similarities, drop_intermediate=False)
    np.testing.assert_allclose(curve.false_accepts, false_accepts)
    np.testing.assert_allclose(curve.true_accepts, true_accepts)
    assert curve.area == pytest.approx(roc_auc_score(same, similarities))
    for rate in (0, 0.001, 0.01, 0.1, 0.5, 1):
        assert curve.true_accepts_at(rate) == pytest.approx(true_accepts[false_accepts <= rate].max())


@given(pairs())
def test_at_the_equal_error_rate_both_errors_are_equal(sample: tuple[Similarities, Flags]) -> None:
    curve = roc(sample[0].astype(np.float64), sample[1])
    rate = curve.equal_error_rate

    on_the_curve = [
        (1 - share) * np.array([curve.false_accepts[i], 1 - curve.true_accepts[i]])
        + share * np.array([curve.false_accepts[i + 1], 1 - curve.true_accepts[i + 1]])
        for i in range(len(curve.false_accepts) - 1)
        for share in np.linspace(0, 1, 101)
    ]
    nearest = min(on_the_curve, key=lambda errors: abs(errors[0] - errors[1]))
    assert rate == pytest.approx(float(nearest.mean()), abs=0.01)


def test_people_who_are_all_told_apart_are_told_apart_in_every_fold() -> None:
    same = np.arange(200) % 2 == 0
    similarities = np.where(same, 0.75, 0.25).astype(np.float32)

    result = verify(similarities, same, np.arange(200) // 20)

    assert [(fold.threshold, fold.accuracy) for fold in result.folds] == [(0.5, 1)] * 10
    assert (result.accuracy, result.standard_error, len(result.misjudged)) == (1, 0, 0)
    assert (result.roc.area, result.roc.equal_error_rate, result.roc.true_accepts_at(0.001)) == (1, 0, 1)


def test_similarities_that_mean_nothing_are_right_half_of_the_time() -> None:
    same = np.arange(6000) // 300 % 2 == 0
    similarities = np.random.default_rng(0).uniform(-1, 1, 6000).astype(np.float32)

    result = verify(similarities, same, np.arange(6000) // 600)

    assert result.accuracy == pytest.approx(0.5, abs=0.03)
    assert result.roc.area == pytest.approx(0.5, abs=0.03)
    assert result.roc.equal_error_rate == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("undecided_are", [True, False], ids=["of one person", "of two people"])
def test_pairs_without_a_face_are_errors_whatever_they_show(undecided_are: bool) -> None:
    same = np.arange(200) % 2 == 0
    similarities = np.where(same, 0.8, 0.2).astype(np.float32)
    undecided = np.flatnonzero(same == undecided_are)[:7]
    similarities[undecided] = np.nan

    result = verify(similarities, same, np.arange(200) // 20)

    assert result.accuracy == pytest.approx(193 / 200)
    assert sorted(result.misjudged) == list(undecided)
    assert result.roc.true_accepts_at(0.001) == (0.93 if undecided_are else 1)


def test_where_no_picture_shows_a_face_everything_is_an_error() -> None:
    result = verify(np.full(8, np.nan, dtype=np.float32), np.arange(8) < 4, [0, 1] * 4)

    assert (result.accuracy, len(result.misjudged)) == (0, 8)
    assert result.roc.true_accepts_at(0.01) == 0


def test_by_hand() -> None:
    """The second fold's pairs part at 0.05, between its 0.1 and its 0; the first one's at 0.4, between 0.5 and 0.3."""
    same = np.array([True, True, False, False] * 2)
    similarities = np.array([0.9, 0.5, 0.3, -0.1, 0.8, 0.1, np.nan, 0], dtype=np.float32)

    result = verify(similarities, same, [0, 0, 0, 0, 1, 1, 1, 1])

    assert [fold.threshold for fold in result.folds] == pytest.approx([0.05, 0.4])
    assert [fold.accuracy for fold in result.folds] == [0.75, 0.5]
    assert result.accuracy == 0.625
    assert result.standard_deviation == pytest.approx(0.25 / np.sqrt(2))
    assert result.standard_error == pytest.approx(0.125)
    assert list(result.misjudged) == [5, 2, 6]


def test_one_fold_alone_is_judged_by_its_own_best_threshold() -> None:
    result = verify(np.array([0.9, 0.1, 0.5, 0.2], np.float32), np.array([True, True, False, False]), [0] * 4)

    assert result.accuracy == 0.75
    assert (result.standard_deviation, result.standard_error) == (None, None)


@pytest.mark.parametrize(
    ("same", "folds", "complaint"),
    [([True, True], [0, 1], "two"), ([False, False], [0, 1], "two"), ([True], [0, 1], "length")],
)
def test_what_cannot_be_judged(same: list[bool], folds: list[int], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        verify(np.zeros(2, np.float32), np.array(same), folds)
