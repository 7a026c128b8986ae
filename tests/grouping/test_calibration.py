"""A threshold that is chosen from the photos: lenient with few faces, strict where strangers are alike."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.grouping import Faces, Knobs, group_faces
from sortbyface.grouping.calibration import FACES, Calibration, calibrate
from tests.grouping.people import alike, crowds, faces_of, mixture, pairs_in_one_photo, partition

USUAL = 0.71
THRESHOLDS = st.floats(-0.5, 0.99)


def different_faces(count: int) -> Faces:
    """Each in a photo of its own; no two are alike."""
    return faces_of(mixture(count, count, 1.0, seed=0, dimensions=64))


@settings(max_examples=200, deadline=None)
@given(faces=crowds(), usual=THRESHOLDS)
def test_it_stays_near_the_usual_threshold(faces: Faces, usual: float) -> None:
    chosen = calibrate(faces, usual).threshold

    assert 0.5 - 0.01 <= (1 - chosen) / (1 - usual) <= 1.3 + 0.06, "but for the rounding to three digits"


@settings(max_examples=100, deadline=None)
@given(faces=crowds(), usual=THRESHOLDS)
def test_the_same_photos_give_the_same_threshold(faces: Faces, usual: float) -> None:
    again = Faces(faces.vectors.copy(), faces.photos + 7, faces.doubtful.copy())
    assert calibrate(faces, usual) == calibrate(again, usual)


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_face(count: int) -> None:
    assert calibrate(different_faces(count), USUAL) == Calibration(0.623, count, 0, raised=False)


def test_as_many_faces_as_the_embedders_were_measured_on_want_the_usual_threshold() -> None:
    assert calibrate(different_faces(FACES), USUAL).threshold == USUAL


def test_more_faces_want_a_higher_threshold() -> None:
    """By the same step for each factor: a tenth of LFW, 11.5 % more distance to 1; a hundredth, 23 %."""
    thresholds = [calibrate(different_faces(FACES // part), USUAL).threshold for part in (100, 10)]

    assert thresholds == [pytest.approx(1 - 0.29 * (1 + 0.1151 * step), abs=0.0006) for step in (2, 1)]


@settings(max_examples=100, deadline=None)
@given(faces=crowds(), seed=st.integers(0, 2**32), count=st.integers(1, 40))
def test_more_strangers_never_want_a_lower_one(faces: Faces, seed: int, count: int) -> None:
    """Who are unlike anybody, each in a photo of their own."""
    here, there = np.zeros((count, 8), np.float32), np.zeros((len(faces), 64), np.float32)
    strangers = np.concatenate([here, mixture(count, count, 1.0, seed, dimensions=64)], axis=1)
    more = Faces(
        np.concatenate([np.concatenate([faces.vectors, there], axis=1), strangers]),
        np.append(faces.photos, 1000 + np.arange(count)),
        np.append(faces.doubtful, np.zeros(count, dtype=bool)),
    )

    assert calibrate(more, USUAL).threshold >= calibrate(faces, USUAL).threshold


def test_strangers_who_are_alike_raise_it_until_they_are_told_apart() -> None:
    """Two brothers, in six photos together and in six more each alone."""
    brothers = alike([12, 12], [[0.9, 0.8], [0.8, 0.9]])
    photos = [*range(6), *range(10, 16), *range(6), *range(20, 26)]
    faces = faces_of(brothers, photos)
    unknown = faces_of(brothers)

    chosen, lenient = calibrate(faces, USUAL), calibrate(unknown, USUAL)

    assert (chosen.threshold, chosen.strangers, chosen.raised) == (0.8, 6, True)
    assert (lenient.threshold, lenient.strangers, lenient.raised) == (0.623, 0, False)
    people = {frozenset(range(12)), frozenset(range(12, 24))}
    assert partition(group_faces(faces, Knobs(chosen.threshold, 30))) == people
    assert partition(group_faces(unknown, Knobs(lenient.threshold, 30))) != people, "or this would be too easy"


def test_it_is_not_raised_beyond_reason() -> None:
    """Half of the way from the usual threshold to 1, though nothing would tell these apart there."""
    twins = alike([20, 20], [[0.93, 0.92], [0.92, 0.93]])
    assert calibrate(faces_of(twins, [*range(20), *range(20)]), USUAL).threshold == 0.855


@pytest.mark.parametrize(
    ("couples", "look_alikes", "raised"), [(1, 1, False), (2, 2, True), (99, 2, True), (200, 3, False), (200, 4, True)]
)
def test_one_pair_of_look_alikes_and_one_in_a_hundred_may_be_a_mistake(
    couples: int, look_alikes: int, raised: bool
) -> None:
    """A mirror, a poster. Couples are strangers: alike by 0.75 or not at all."""
    vectors = np.eye(2 * couples, dtype=np.float32)
    vectors[:look_alikes] = (
        0.75 * vectors[couples : couples + look_alikes] + np.sqrt(1 - 0.75**2) * vectors[:look_alikes]
    )
    faces = faces_of(vectors, [*range(couples), *range(couples)])

    chosen = calibrate(faces, USUAL)

    assert chosen.raised == raised
    assert chosen.strangers == couples


def test_a_face_twice_in_one_photo_is_no_stranger_to_itself() -> None:
    """A collage, or a detector that found it twice."""
    once = different_faces(9)
    twice = Faces(np.tile(once.vectors, (2, 1)), np.tile(once.photos, 2), np.tile(once.doubtful, 2))

    assert calibrate(twice, USUAL) == calibrate(once, USUAL)


@settings(max_examples=100, deadline=None)
@given(faces=crowds(), repeats=st.integers(2, 5))
def test_a_burst_says_no_more_than_a_photo(faces: Faces, repeats: int) -> None:
    """Each photo several times."""
    burst = Faces(
        np.tile(faces.vectors, (repeats, 1)),
        np.concatenate([faces.photos + 1000 * number for number in range(repeats)]),
        np.tile(faces.doubtful, repeats),
    )

    assert calibrate(burst, USUAL) == calibrate(faces, USUAL)


@settings(max_examples=100, deadline=None)
@given(faces=crowds())
def test_doubtful_faces_count_for_nothing(faces: Faces) -> None:
    clear = ~faces.doubtful
    without = Faces(faces.vectors[clear], faces.photos[clear], faces.doubtful[clear])

    assert calibrate(faces, USUAL) == calibrate(without, USUAL)


@settings(max_examples=100, deadline=None)
@given(photos=st.lists(st.integers(0, 12), max_size=24))
def test_every_two_faces_of_a_photo_are_strangers(photos: list[int]) -> None:
    faces = faces_of(different_faces(len(photos)).vectors, photos)

    chosen = calibrate(faces, USUAL)

    assert chosen.strangers == len(pairs_in_one_photo(photos))
    assert chosen.faces == len(photos)


@pytest.mark.parametrize(
    ("faces", "strangers", "raised", "words"),
    [
        (1, 0, False, "threshold 0.69, chosen from 1 different face"),
        (1943, 0, False, "threshold 0.69, chosen from 1,943 different faces"),
        (30, 1, False, "threshold 0.69, chosen from 30 different faces and 1 pair of strangers"),
        (1943, 1570, False, "threshold 0.69, chosen from 1,943 different faces and 1,570 pairs of strangers"),
        (
            9,
            8,
            True,
            "threshold 0.69, chosen from 9 different faces and 8 pairs of strangers, some of whom are much alike",
        ),
    ],
)
def test_it_says_what_it_was_chosen_from(faces: int, strangers: int, raised: bool, words: str) -> None:
    assert str(Calibration(0.69, faces, strangers, raised)) == words
