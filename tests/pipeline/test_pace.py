"""How fast a look is, and when it will be done."""

import pytest

from sortbyface.pipeline.pace import Pace


def test_nothing_is_told_that_is_not_known() -> None:
    pace = Pace()
    assert pace.photos_a_second is None
    pace.note(0, 100.0)
    assert (pace.photos_a_second, pace.seconds_left(50)) == (None, None)
    pace.note(0, 101.0)
    assert (pace.photos_a_second, pace.seconds_left(50)) == (None, None)


def test_an_even_run() -> None:
    pace = Pace()
    for second in range(11):
        pace.note(4 * second, 100.0 + second)

    assert pace.photos_a_second == pytest.approx(4)
    assert pace.seconds_left(100) == pytest.approx(15)


def test_what_was_long_ago_does_not_count() -> None:
    """A hundred photos in the first second, then one each second."""
    pace = Pace()
    for second in range(200):
        pace.note(100 * (second > 0) + second, float(second))

    assert pace.photos_a_second == pytest.approx(1)
