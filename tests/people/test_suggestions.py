"""What is asked about people, in which order, and that no question comes back once it is answered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.errors import CorrectionRefused
from sortbyface.faces.face import Box
from sortbyface.grouping.robust_whispers import looser_than
from sortbyface.library import FaceSet, Known, PersonRecord, Placement
from sortbyface.people.questions import IsThis, Question, SamePerson
from sortbyface.people.suggestions import LEAST_DOUBT, suggest
from tests.people.corrected import RECIPE, Family, family

THRESHOLD = 0.9


def apart(similarity: float) -> float:
    """Degrees between two faces that are so much alike."""
    return float(np.rad2deg(np.arccos(similarity)))


NEARLY = apart(looser_than(THRESHOLD) - 0.005)
"""Degrees between two people who are all but alike enough to be one."""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Family]:
    """Persons 1 and 2 with three portraits each, who look nearly alike; person 3, with two, is nothing like them."""
    with family(tmp_path / "library.sqlite") as people:
        for degrees in (0, 0, 0, NEARLY, NEARLY, NEARLY, 120, 120):
            people.add_photo(degrees)
        people.sort([0, 0, 0, 1, 1, 1, 2, 2])
        yield people


def asked(home: Family) -> list[Question]:
    return suggest(home.library.faces.of(RECIPE), home.library.people.known(), THRESHOLD)


def face_of(home: Family, question: IsThis) -> int:
    """The id of the face that is asked about."""
    boxes = home.library.faces.in_content(RECIPE, question.content)
    return next(face for face, box in boxes.items() if box == question.box)


# --- two people -------------------------------------------------------------------------------------------------------


def test_two_who_look_nearly_alike_are_asked_about(home: Family) -> None:
    (question,) = asked(home)
    assert isinstance(question, SamePerson)
    assert (question.person, question.other, question.faces) == (1, 2, 3)
    assert LEAST_DOUBT < question.doubt < 0.8


@pytest.mark.parametrize("named", [1, 2])
def test_who_has_a_name_keeps_it(home: Family, named: int) -> None:
    home.correct.rename(named, "Ada")
    (question,) = asked(home)
    assert isinstance(question, SamePerson)
    assert question.person == named


def test_two_with_names_are_two(home: Family) -> None:
    home.correct.rename(1, "Ada")
    home.correct.rename(2, "Bea")
    assert asked(home) == []


def test_who_is_hidden_is_not_asked_about(home: Family) -> None:
    home.correct.hide(2)
    assert asked(home) == []


def test_two_in_one_photo_are_two(home: Family) -> None:
    home.add_photo(0, NEARLY)
    home.sort([0, 0, 0, 1, 1, 1, 2, 2, 0, 1])
    assert asked(home) == []


def test_one_mirror_among_many_photos_is_no_proof(home: Family) -> None:
    for _ in range(10):
        home.add_photo(0)
        home.add_photo(NEARLY)
    home.add_photo(0, NEARLY)
    home.sort([0, 0, 0, 1, 1, 1, 2, 2, *[0, 1] * 11])
    assert [one.about for one in asked(home)] == [{1, 2}]


def test_yes_makes_them_one(home: Family) -> None:
    home.correct.merge(1, 2)
    assert [one for one in asked(home) if isinstance(one, SamePerson)] == []


def test_no_keeps_them_apart_through_every_grouping(home: Family) -> None:
    assert home.correct.keep_apart(1, 2) == "Person 1 and Person 2 are two people"
    assert asked(home) == []
    home.sort([0, 0, 0, 0, 0, 0, 1, 1])
    assert home.faces_of(1) == {1, 2, 3}
    assert home.faces_of(2) == {4, 5, 6}
    assert asked(home) == []


def test_undo_brings_the_question_back(home: Family) -> None:
    before, rows = asked(home), home.rows()
    home.correct.keep_apart(1, 2)
    home.correct.undo()
    assert asked(home) == before
    assert home.rows() == rows


def test_who_was_kept_apart_can_be_merged_after_all(home: Family) -> None:
    home.correct.keep_apart(1, 2)
    home.correct.merge(1, 2)
    home.sort([0, 0, 0, 0, 0, 0, 1, 1])
    assert home.faces_of(1) == {1, 2, 3, 4, 5, 6}
    assert home.rows()["rejections"] == []


def test_who_was_told_apart_in_another_way_is_not_asked_about_either(home: Family) -> None:
    home.correct.split([3])
    subjects = [one.about for one in asked(home)]
    assert {1, 4} not in subjects, "of one look, and the user has taken one from the other"
    assert {1, 2} in subjects


@pytest.mark.parametrize("pair", [(1, 1), (1, 99)])
def test_only_two_people_who_are_there_can_be_kept_apart(home: Family, pair: tuple[int, int]) -> None:
    before = home.rows()
    with pytest.raises(CorrectionRefused):
        home.correct.keep_apart(*pair)
    assert home.rows() == before


# --- faces of nobody --------------------------------------------------------------------------------------------------


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[Family]:
    """Person 1 with three portraits, person 2 with two, and face 6, nobody's, which is a little like person 1."""
    with family(tmp_path / "library.sqlite") as people:
        for degrees in (0, 0, 0, 120, 120):
            people.add_photo(degrees)
        people.add_photo(NEARLY)
        people.sort([0, 0, 0, 1, 1, -1])
        yield people


def test_a_face_of_nobody_is_asked_about(stranger: Family) -> None:
    (question,) = asked(stranger)
    assert isinstance(question, IsThis)
    assert (question.person, question.faces, question.placed, face_of(stranger, question)) == (1, 1, False, 6)


def test_yes_gives_it_to_the_person(stranger: Family) -> None:
    stranger.correct.move([6], 1)
    assert asked(stranger) == []
    stranger.sort([0, 0, 0, 1, 1, -1])
    assert stranger.faces_of(1) == {1, 2, 3, 6}


def test_no_keeps_it_from_the_person(stranger: Family) -> None:
    assert stranger.correct.rule_out([6], 1) == "1 face kept from Person 1"
    assert asked(stranger) == []
    stranger.sort([0, 0, 0, 1, 1, 0])
    assert stranger.faces_of(1) == {1, 2, 3}
    stranger.correct.undo()
    assert len(asked(stranger)) == 1


def test_to_rule_out_whose_a_face_is_takes_it_from_them(stranger: Family) -> None:
    stranger.correct.rule_out([3], 1)
    assert stranger.faces_of(1) == {1, 2}


def test_who_is_in_the_photo_already_is_not_there_twice(stranger: Family) -> None:
    stranger.add_photo(0, NEARLY)
    stranger.sort([0, 0, 0, 1, 1, -1, 0, -1])
    assert [face_of(stranger, one) for one in asked(stranger) if isinstance(one, IsThis)] == [6]


def test_of_two_faces_in_one_photo_the_likelier_is_asked_about(stranger: Family) -> None:
    _, likelier = stranger.add_photo(NEARLY, NEARLY - 1)
    stranger.sort([0, 0, 0, 1, 1, -1, -1, -1])
    assert [face_of(stranger, one) for one in asked(stranger) if isinstance(one, IsThis)] == [likelier, 6]


# --- faces that grouping has placed -----------------------------------------------------------------------------------


@pytest.fixture
def misfit(tmp_path: Path) -> Iterator[Family]:
    """Person 1 with four portraits, of which the last is hardly like the others."""
    with family(tmp_path / "library.sqlite") as people:
        for degrees in (0, 0, 0, apart(looser_than(THRESHOLD) - 0.02)):
            people.add_photo(degrees)
        people.sort([0, 0, 0, 0])
        yield people


def test_a_misfit_is_asked_about(misfit: Family) -> None:
    (question,) = asked(misfit)
    assert isinstance(question, IsThis)
    assert (question.person, question.placed, face_of(misfit, question)) == (1, True, 4)


ANSWERS: dict[str, Callable[[Family], str]] = {
    "yes": lambda home: home.correct.confirm([4]),
    "no": lambda home: home.correct.reject([4]),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_remembered(misfit: Family, answer: str) -> None:
    ANSWERS[answer](misfit)
    assert asked(misfit) == []
    misfit.sort([0, 0, 0, 0])
    assert asked(misfit) == []
    misfit.correct.undo()
    misfit.sort([0, 0, 0, 0])
    assert len(asked(misfit)) == 1


def test_of_two_faces_that_are_hardly_alike_one_question_is_asked(tmp_path: Path) -> None:
    with family(tmp_path / "library.sqlite") as people:
        people.add_photo(0)
        people.add_photo(apart(looser_than(THRESHOLD) - 0.02))
        people.sort([0, 0])
        (question,) = asked(people)
        assert isinstance(question, IsThis)
        people.correct.confirm([1, 2])  # the face, and the one beside it
        assert asked(people) == []


def test_a_heap_is_not_asked_about(tmp_path: Path) -> None:
    """Faces that grouping has thrown together are nobody in particular."""
    with family(tmp_path / "library.sqlite") as people:
        for degrees in (0, 25, 50, 75, 100):
            people.add_photo(degrees)
        people.add_photo(50 + NEARLY)
        people.sort([0, 0, 0, 0, 0, -1])
        assert asked(people) == []


def test_the_child_is_no_reason_to_doubt_the_grown_up(home: Family) -> None:
    home.correct.merge(1, 3)
    home.sort([0, 0, 0, 1, 1, 1, 2, 2])
    assert home.faces_of(1) == {1, 2, 3, 7, 8}
    assert [one for one in asked(home) if isinstance(one, IsThis)] == []


# --- the order --------------------------------------------------------------------------------------------------------


def test_what_decides_on_more_faces_is_asked_first(home: Family) -> None:
    for degrees in (*[120 + NEARLY] * 9, 240):
        home.add_photo(degrees)
    home.add_photo(240 + NEARLY)
    home.sort([0, 0, 0, 1, 1, 1, 2, 2, *[3] * 9, 4, -1])
    subjects = [one.about for one in asked(home)]
    assert subjects[:2] == [{1, 2}, {3, 4}], "three faces before two"
    assert all(isinstance(one, IsThis) for one in asked(home)[2:])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.floats(0.2, 0.97))
def test_pairs_are_those_that_comparing_everybody_finds(seed: int, threshold: float) -> None:
    """Against the definition, face by face."""
    rng = np.random.default_rng(seed)
    persons = rng.integers(0, 7, 30)
    vectors = rng.normal(size=(30, 5)) + 2 * rng.normal(size=(7, 5))[persons]
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    found = suggest(*crowd_of(vectors, persons), threshold)
    pairs = {one.about: one for one in found if isinstance(one, SamePerson)}
    for first in range(1, 7):
        for second in range(first + 1, 7):
            a, b = vectors[persons == first], vectors[persons == second]
            if not len(a) or not len(b):
                continue
            steps = (float((a @ b.T).mean()) - looser_than(threshold)) / (1 - threshold)
            doubt = 1 / (1 + np.exp(-10 * (steps + 0.07)))
            question = pairs.pop(frozenset((first, second)), None)
            assert (question is not None) == (doubt >= LEAST_DOUBT) or abs(doubt - LEAST_DOUBT) < 1e-3
            if question is not None:
                assert question.faces == min(len(a), len(b))
                assert question.doubt == pytest.approx(doubt, abs=1e-3)
    assert not pairs
    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)


def crowd_of(vectors: npt.NDArray[np.float32], persons: npt.NDArray[np.int64]) -> tuple[FaceSet, Known]:
    """Each face in a photo of its own, and confirmed; person 0 is nobody."""
    contents = np.arange(1, len(vectors) + 1)
    box = Box(0, 0, 10, 10)
    faces = FaceSet(contents, [box] * len(vectors), vectors, np.zeros(len(vectors), dtype=np.bool_))
    whose = zip(contents.tolist(), persons.tolist(), strict=True)
    placements = [Placement(content, box, person, True, None, content) for content, person in whose if person]
    records = [PersonRecord(person, None, False, None) for person in range(1, 7)]
    return faces, Known(placements, (), records, 7)


def test_nobody_is_asked_about_where_nobody_is() -> None:
    empty = FaceSet(np.empty(0, np.int64), [], np.empty((0, 0), np.float32), np.empty(0, np.bool_))
    assert suggest(empty, Known(), THRESHOLD) == []


def test_faces_without_people_are_nobodys(stranger: Family) -> None:
    assert suggest(stranger.library.faces.of(RECIPE), Known(), THRESHOLD) == []
