"""What is counted for each threshold, and which thresholds are tried."""

import numpy as np
import pytest

from sortbyface.grouping.sweeping import Swept
from sortbyface.tuning import outlook, range_around, thresholds_between


def test_people_are_counted_in_photos() -> None:
    """Person 0 has four faces in three photos, person 1 two in two, 2 and 3 one each, 3 in a photo with 1."""
    labels = np.array([0, 0, 0, 0, 1, 1, 2, 3])
    photos = np.array([7, 8, 9, 9, 4, 5, 6, 5])

    seen = outlook(Swept(0.7, labels, 3), photos, None)

    assert (seen.threshold, seen.people, seen.seen_once) == (0.7, 2, 2)
    assert seen.largest(5) == [3, 2, 1, 1]
    assert seen.largest(2) == [3, 2]


@pytest.mark.parametrize(
    ("default", "around"),
    [(0.71, (0.61, 0.81)), (0.951, (0.931, 0.971)), (0.67, (0.57, 0.77)), (0.0, (-0.5, 0.5)), (0.995, (0.993, 0.997))],
)
def test_the_range_around_a_default_is_round_and_holds_it_in_the_middle(
    default: float, around: tuple[float, float]
) -> None:
    assert range_around(default) == pytest.approx(around, abs=1e-9)
    thresholds = thresholds_between(*range_around(default), 21, default)
    assert len(thresholds) == 21
    assert thresholds[10] == default


def test_a_default_that_falls_between_two_thresholds_is_one_more() -> None:
    assert thresholds_between(0.6, 0.8, 3, 0.71) == [0.6, 0.7, 0.71, 0.8]
    assert thresholds_between(0.6, 0.8, 3, 0.7) == [0.6, 0.7, 0.8]
    assert thresholds_between(0.6, 0.8, 3, 0.9) == [0.6, 0.7, 0.8]
    assert thresholds_between(0.6, 0.8, 1, 0.9) == [0.6]
