"""What the user has said goes before what an algorithm makes of the faces, whatever it makes of them."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import Labels
from sortbyface.grouping.faces import OUTLIER, Faces
from sortbyface.people import NOBODY
from sortbyface.people.heeding import Heeded, heed
from sortbyface.people.recognising import recognise_people
from tests.people.crowds import Crowd, Face, crowd

ADA, BOB, SOMEBODY = 1, 2, 9
"""The user has said something of Ada and Bob, and nothing of somebody."""


def heeded(of: Crowd) -> Heeded:
    return heed(of.labels, Faces(of.faces.vectors, of.faces.contents, of.faces.doubtful), of.known)


def whose(*faces: Face) -> list[int]:
    """Face by face, the person who has it afterwards; Ada and Bob have names."""
    outcome = heeded(crowd(faces, named=[ADA, BOB]))
    return [outcome.persons.get(label, NOBODY) for label in outcome.labels.tolist()]


def portraits(group: int, photos: range, **said: object) -> list[Face]:
    """Faces of one group, each in a photo of its own."""
    return [Face(photo, group)._replace(**said) for photo in photos]


# --- a face that the user confirmed -----------------------------------------------------------------------------------


def test_a_confirmed_face_is_its_persons_and_brings_its_group() -> None:
    assert whose(Face(1, 0, ADA, confirmed=True), Face(2, 0), Face(3, 0), Face(4, 1)) == [ADA, ADA, ADA, NOBODY]


def test_a_confirmed_face_that_an_algorithm_leaves_out_is_its_persons_all_the_same() -> None:
    assert whose(Face(1, OUTLIER, ADA, confirmed=True), Face(2, OUTLIER), Face(3, 0, ADA)) == [ADA, NOBODY, ADA]


def test_two_parted_by_an_algorithm_after_the_user_merged_them_stay_one() -> None:
    """And who comes new to either part comes to them."""
    merged = [*portraits(0, range(5), person=ADA), *portraits(1, range(10, 14), person=ADA, confirmed=True)]
    assert whose(*merged, Face(20, 0), Face(21, 1)) == [ADA] * 11


def test_one_confirmed_face_in_anothers_group_does_not_take_that_along() -> None:
    """Two hundred faces of whom nothing was said are not Ada's because one of hers looks like them."""
    crowd_of_somebody = portraits(1, range(100, 300), person=SOMEBODY)
    of_ada = portraits(0, range(5), person=ADA)
    outcome = whose(*of_ada, Face(50, 1, ADA, confirmed=True), *crowd_of_somebody)
    assert outcome == [ADA] * 6 + [NOBODY] * 200


def test_who_is_always_beside_ada_is_nobody_to_take_her_group() -> None:
    """Both are in one group, with a confirmed face of hers; she keeps a new face, today and after that."""
    ada = portraits(0, range(1, 6), person=ADA)
    beside = portraits(1, range(1, 6), person=SOMEBODY)
    outcome = [ADA] * 5 + [ADA, ADA] + [NOBODY] * 5
    assert whose(*ada, Face(7, 1, ADA, confirmed=True), Face(8, 1), *beside) == outcome
    assert whose(*ada, Face(7, 1, ADA, confirmed=True), Face(8, 1, ADA), *beside) == outcome


def test_confirming_one_face_does_not_cost_the_others() -> None:
    """The confirmed one is blurred, and the algorithm has parted it from all others."""
    assert whose(*portraits(0, range(100), person=ADA), Face(200, 1, ADA, confirmed=True)) == [ADA] * 101


def test_faces_that_were_never_sure_may_turn_out_to_be_somebody_elses() -> None:
    sure = portraits(0, range(5), person=ADA, confirmed=True)
    assert whose(*sure, *portraits(1, range(10, 12), person=ADA)) == [ADA] * 5 + [NOBODY] * 2


# --- a face that the user took from a person --------------------------------------------------------------------------


def test_a_rejected_face_does_not_come_back() -> None:
    is_not = frozenset({ADA})
    faces = [*portraits(0, range(3), person=ADA), *portraits(0, range(10, 12), is_not=is_not)]
    outcome = heeded(crowd(faces))
    assert [outcome.persons.get(label) for label in outcome.labels.tolist()] == [ADA] * 3 + [None] * 2
    assert len(set(outcome.labels[3:].tolist())) == 2, "nobody has said that these two are one"


def test_a_rejected_face_goes_to_the_other_person_of_its_group() -> None:
    """Though it looks more like the one who it is not."""
    ada, bob = Face(1, 0, ADA, degrees=0), Face(2, 0, BOB, degrees=40)
    assert whose(ada, bob, Face(3, 0, degrees=5, is_not=frozenset({ADA}))) == [ADA, BOB, BOB]


def test_who_a_face_is_not_can_be_many() -> None:
    ada, bob = Face(1, 0, ADA), Face(2, 0, BOB)
    assert whose(ada, bob, Face(3, 0, is_not=frozenset({ADA, BOB}))) == [ADA, BOB, NOBODY]


# --- two people -------------------------------------------------------------------------------------------------------


def test_who_was_split_stays_split_though_the_two_look_alike() -> None:
    """As after `split`: the faces that were split off are confirmed, and rejected for who had them."""
    left = portraits(0, range(5), person=ADA)
    off = portraits(0, range(10, 13), person=BOB, confirmed=True, is_not=frozenset({ADA}))
    assert whose(*left, *off) == [ADA] * 5 + [BOB] * 3


def test_a_new_face_in_a_group_of_two_people_goes_to_the_nearer_one() -> None:
    ada = portraits(0, range(3), person=ADA, degrees=0)
    bob = portraits(0, range(10, 13), person=BOB, degrees=40)
    assert whose(*ada, *bob, Face(20, 0, degrees=15), Face(21, 0, degrees=25)) == [ADA] * 3 + [BOB] * 3 + [ADA, BOB]


def test_what_is_sure_says_who_is_nearer() -> None:
    """One of Ada's faces is not sure, and far from those that are."""
    ada = [Face(1, 0, ADA, confirmed=True, degrees=0), Face(2, 0, ADA, degrees=40)]
    assert whose(*ada, Face(3, 0, BOB, degrees=60), Face(4, 0, degrees=35)) == [ADA, ADA, BOB, BOB]


def test_a_stray_face_moves_to_where_it_belongs() -> None:
    """One of Ada's faces, never confirmed, is in Bob's group now, and another in a group of its own."""
    ada, bob = portraits(0, range(5), person=ADA), portraits(1, range(10, 15), person=BOB)
    assert whose(*ada, *bob, Face(20, 1, ADA), Face(21, 2, ADA)) == [ADA] * 5 + [BOB] * 6 + [NOBODY]


# --- nobody is lost ---------------------------------------------------------------------------------------------------


def test_whose_only_face_is_among_anothers_keeps_it() -> None:
    assert whose(Face(1, 0, ADA), *portraits(0, range(10, 20), person=BOB)) == [ADA, *[BOB] * 10]


@pytest.mark.parametrize("others", [[], portraits(OUTLIER, range(5, 8))])
def test_who_is_all_left_out_keeps_their_faces(others: list[Face]) -> None:
    assert whose(*portraits(OUTLIER, range(3), person=ADA), *others) == [ADA] * 3 + [NOBODY] * len(others)


def test_a_name_stays_with_the_larger_part() -> None:
    ada = [*portraits(0, range(3), person=ADA), *portraits(1, range(10, 12), person=ADA)]
    assert whose(*ada) == [ADA] * 3 + [NOBODY] * 2


# --- nobody is twice in a photo ---------------------------------------------------------------------------------------


def test_of_two_in_a_photo_the_surer_one_stays() -> None:
    sure, new = Face(1, 0, ADA, confirmed=True, degrees=30), Face(1, 0, degrees=0)
    assert whose(*portraits(0, range(10, 15), person=ADA), sure, new) == [ADA] * 6 + [NOBODY]


def test_of_two_in_a_photo_the_one_that_was_theirs_stays() -> None:
    assert whose(Face(1, 0, degrees=0), Face(1, 0, ADA, degrees=30), Face(2, 0, degrees=0)) == [NOBODY, ADA, ADA]


def test_a_face_beside_ada_is_not_hers_but_bobs() -> None:
    """The algorithm has put all three into one group, and the new face looks rather like Ada."""
    assert whose(Face(1, 0, ADA, degrees=0), Face(2, 0, BOB, degrees=40), Face(1, 0, degrees=5)) == [ADA, BOB, BOB]


def test_somebody_always_beside_ada_stays_one() -> None:
    """An algorithm that knows of no photos has put both into one group; who is left out of it is left out whole."""
    outcome = heeded(crowd([*portraits(0, range(5), person=ADA), *portraits(0, range(5), person=SOMEBODY)], [ADA]))
    assert len(set(outcome.labels[5:].tolist())) == 1
    assert not set(outcome.labels[5:].tolist()) & set(outcome.persons)


def test_the_user_may_say_that_somebody_is_twice_in_a_photo() -> None:
    """A mirror, a collage."""
    assert whose(Face(1, 0, ADA, confirmed=True), Face(1, 0, ADA, confirmed=True), Face(2, 0)) == [ADA] * 3


# --- whatever was said of whomever ------------------------------------------------------------------------------------


@st.composite
def crowds(draw: st.DrawFn) -> Crowd:
    """Up to 30 faces; the people 1 to 3 may be spoken of, 4 and 5 are not."""
    spoken_of = st.integers(1, 3)
    is_not = st.one_of(st.just(frozenset[int]()), st.frozensets(spoken_of, max_size=2))
    face = st.builds(
        Face,
        photo=st.integers(1, 12),
        group=st.integers(OUTLIER, 4),
        person=st.integers(NOBODY, 5),
        confirmed=st.booleans(),
        degrees=st.integers(0, 90),
        is_not=is_not,
    )
    faces = [
        one._replace(confirmed=one.confirmed and one.person in (1, 2, 3)) for one in draw(st.lists(face, max_size=30))
    ]
    return crowd(faces, named=draw(st.sets(spoken_of)))


def parts(labels: Labels) -> set[frozenset[int]]:
    """The same for groupings that differ in nothing but the numbers."""
    members = defaultdict(set)
    for face, label in enumerate(labels.tolist()):
        members[label].add(face)
    return {frozenset(faces) for label, faces in members.items() if label != OUTLIER}


def by_person(outcome: Heeded) -> dict[int, frozenset[int]]:
    return {
        person: frozenset(np.flatnonzero(outcome.labels == label).tolist()) for label, person in outcome.persons.items()
    }


def with_outcome(of: Crowd, outcome: Heeded) -> Crowd:
    """As it is known the next time. Groups of nobody spoken of are nobody's."""
    persons = [outcome.persons.get(label, NOBODY) for label in outcome.labels.tolist()]
    return of._replace(known=replace(of.known, persons=np.array(persons, dtype=np.int64)))


@settings(max_examples=400, deadline=None)
@given(of=crowds())
def test_the_promises(of: Crowd) -> None:
    outcome, known, photos = heeded(of), of.known, of.faces.contents
    now = np.array([outcome.persons.get(label, NOBODY) for label in outcome.labels.tolist()], dtype=np.int64)
    assert np.array_equal(now[known.confirmed], known.persons[known.confirmed])
    assert not [(face, one) for face, one in known.rejections if now[face] == one and not known.confirmed[face]]
    assert len(set(outcome.persons.values())) == len(outcome.persons)
    assert set(outcome.persons.values()) <= known.lasting
    rejected_for_all = {face for face, one in known.rejections if known.persons[face] == one}
    had_a_face = {
        int(one) for face, one in enumerate(known.persons) if face not in rejected_for_all or known.confirmed[face]
    }
    assert known.lasting & had_a_face == set(outcome.persons.values())
    for members in by_person(outcome).values():
        unsure = [int(photos[face]) for face in members if not known.confirmed[face]]
        assert len(set(unsure)) == len(unsure)
        assert not set(unsure) & {int(photos[face]) for face in members if known.confirmed[face]}


@settings(max_examples=200, deadline=None)
@given(of=crowds())
def test_groups_of_nobody_spoken_of_are_left_as_they_are(of: Crowd) -> None:
    outcome = heeded(of)
    for label in set(of.labels.tolist()):
        members = of.labels == label
        if not np.isin(of.known.persons[members], list(of.known.lasting)).any():
            assert (outcome.labels[members] == label).all()
    untouched = ~np.isin(outcome.labels, list(outcome.persons)) & (outcome.labels <= of.labels.max(initial=OUTLIER))
    assert np.array_equal(outcome.labels[untouched], of.labels[untouched])


@settings(max_examples=300, deadline=None)
@given(of=crowds(), numbers=st.permutations(range(5)))
def test_what_groups_are_called_is_all_the_same(of: Crowd, numbers: list[int]) -> None:
    renumbered = np.array([*numbers, OUTLIER], dtype=np.int64)[of.labels]
    outcome, other = heeded(of), heeded(of._replace(labels=renumbered))
    assert by_person(outcome) == by_person(other)
    assert parts(outcome.labels) == parts(other.labels)


@settings(max_examples=300, deadline=None)
@given(of=crowds())
def test_its_own_outcome_comes_to_the_same_again(of: Crowd) -> None:
    outcome = heeded(of)
    again = heeded(with_outcome(of, outcome)._replace(labels=outcome.labels))
    assert by_person(again) == by_person(outcome)
    assert parts(again.labels) == parts(outcome.labels)


@settings(max_examples=500, deadline=None)
@given(of=crowds())
def test_the_same_groups_again_change_nothing(of: Crowd) -> None:
    """As `--regroup` twice, with nothing new."""
    order = {content: content for content in range(13)}
    first = recognise_people(of.faces, of.labels, of.known, 1, order)
    person_at = {(one.content, one.box): one.person for one in first.placements}
    faces = zip(of.faces.contents.tolist(), of.faces.boxes, strict=True)
    persons = np.array([person_at.get(face, NOBODY) for face in faces], dtype=np.int64)
    next_id = max([of.known.next_id - 1, *person_at.values()]) + 1
    second = recognise_people(of.faces, of.labels, replace(of.known, persons=persons, next_id=next_id), 1, order)
    assert second.placements == first.placements
    assert second.persons == first.persons
    assert parts(second.labels) == parts(first.labels)
