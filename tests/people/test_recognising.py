"""People last: who has a number keeps it, whatever the next grouping calls them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sortbyface.faces.face import Box
from sortbyface.library import FaceSet, Known, Placement
from sortbyface.people import People
from sortbyface.people.acquainting import acquaint
from sortbyface.people.recognising import recognise_people


class Seen(NamedTuple):
    """A face in a picture, and the group that it was put into."""

    content: int
    box: Box | None
    group: int


def at(place: int) -> Box:
    """Boxes at different places do not overlap."""
    return Box(100 * place, 0, 100 * place + 80, 80)


def recognise(
    seen: Iterable[Seen],
    earlier: Sequence[Placement] = (),
    *,
    next_id: int | None = None,
    min_photos: int = 1,
    present: Iterable[int] | None = None,
) -> People:
    """As a sort does: after an earlier grouping, new numbers go on behind all that were given."""
    faces = list(seen)
    contents = np.array([face.content for face in faces], dtype=np.int64)
    face_set = FaceSet(
        contents,
        [face.box for face in faces],
        np.tile(np.float32([1, 0]), (len(faces), 1)),
        np.zeros(len(faces), dtype=bool),
    )
    labels = np.array([face.group for face in faces], dtype=np.int64)
    first_new = max((placement.person for placement in earlier), default=0) + 1 if next_id is None else next_id
    there = sorted({face.content for face in faces} if present is None else present)
    order = {content: rank for rank, content in enumerate(there)}
    known = acquaint(face_set, Known(earlier, next_id=first_new))
    return recognise_people(face_set, labels, known, min_photos, order)


def photos(people: People) -> dict[int | None, tuple[int, ...]]:
    return {person.id: person.contents for person in people.persons}


def placed(people: People) -> list[tuple[int, Box | None, int]]:
    return [(placement.content, placement.box, placement.person) for placement in people.placements]


def portraits(**groups: Iterable[int]) -> list[Seen]:
    """Pictures with one face each: portraits(g7=[1, 2]) shows group 7 in the pictures 1 and 2."""
    return [Seen(content, at(0), int(name[1:])) for name, contents in groups.items() for content in contents]


# --- the first time -----------------------------------------------------------------------------------------------


def test_the_one_in_most_photos_is_number_one() -> None:
    people = recognise(portraits(g5=[4], g0=[1, 2], g3=[5, 6, 7]))
    assert [(person.id, person.contents) for person in people.persons] == [(1, (5, 6, 7)), (2, (1, 2)), (3, (4,))]


def test_photos_count_not_faces() -> None:
    """Group 0 has more faces, in one collage."""
    collage = [Seen(1, at(place), 0) for place in range(5)]
    assert photos(recognise(collage + portraits(g1=[2, 3]))) == {1: (2, 3), 2: (1,)}


def test_of_two_equally_frequent_the_one_in_the_earlier_photo_comes_first() -> None:
    assert photos(recognise(portraits(g0=[2, 4], g1=[1, 9]))) == {1: (1, 9), 2: (2, 4)}


def test_passers_by_have_no_number() -> None:
    people = recognise(portraits(g0=[1], g1=[2, 3], g2=[4]), min_photos=2)
    assert [(person.id, person.contents) for person in people.persons] == [(1, (2, 3)), (None, (1,)), (None, (4,))]
    assert placed(people) == [(2, at(0), 1), (3, at(0), 1)]


def test_two_people_in_one_picture_both_have_it() -> None:
    together = [Seen(9, at(0), 0), Seen(9, at(1), 1)]
    people = recognise(together + portraits(g0=[1, 2], g1=[3]))
    assert photos(people) == {1: (1, 2, 9), 2: (3, 9)}
    assert (9, at(1), 2) in placed(people)


def test_pictures_are_in_the_order_that_was_asked_for() -> None:
    faces = FaceSet(np.array([1, 2, 3]), [at(0)] * 3, np.zeros((3, 2), np.float32), np.zeros(3, bool))
    people = recognise_people(faces, np.zeros(3, np.int64), acquaint(faces, Known()), 1, {3: 0, 1: 1, 2: 2})
    assert photos(people) == {1: (3, 1, 2)}


def test_nobody() -> None:
    assert recognise([]) == People([], [])


# --- afterwards ---------------------------------------------------------------------------------------------------

BEFORE = portraits(g0=[1, 2, 3, 4, 5], g1=[11, 12, 13], g2=[21, 22])


@pytest.fixture
def earlier() -> list[Placement]:
    """Person 1 in the pictures 1 to 5, person 2 in 11 to 13, person 3 in 21 and 22."""
    return recognise(BEFORE).placements


def test_the_same_again_is_the_same(earlier: list[Placement]) -> None:
    people = recognise(BEFORE, earlier)
    assert photos(people) == {1: (1, 2, 3, 4, 5), 2: (11, 12, 13), 3: (21, 22)}
    assert people.placements == earlier


def test_numbers_stay_when_photos_are_added(earlier: list[Placement]) -> None:
    """Person 3 is now the one in most photos."""
    later = portraits(g0=[21, 22, *range(30, 40)], g1=[1, 2, 3, 4, 5], g2=[11, 12, 13, 14], g3=[50, 51])
    assert photos(recognise(later, earlier)) == {
        1: (1, 2, 3, 4, 5),
        2: (11, 12, 13, 14),
        3: (21, 22, *range(30, 40)),
        4: (50, 51),
    }


def test_numbers_stay_when_groups_are_called_otherwise(earlier: list[Placement]) -> None:
    later = portraits(g8=[1, 2, 3, 4, 5], g0=[11, 12, 13], g1=[21, 22])
    assert photos(recognise(later, earlier)) == photos(recognise(BEFORE))


def test_when_a_group_splits_the_larger_part_keeps_the_number(earlier: list[Placement]) -> None:
    later = portraits(g0=[1, 2], g1=[11, 12, 13], g2=[21, 22], g3=[3, 4, 5])
    assert photos(recognise(later, earlier)) == {1: (3, 4, 5), 2: (11, 12, 13), 3: (21, 22), 4: (1, 2)}


def test_when_groups_merge_the_larger_part_keeps_the_number(earlier: list[Placement]) -> None:
    later = portraits(g0=[1, 2, 3, 4, 5, 11, 12, 13], g2=[21, 22])
    assert photos(recognise(later, earlier)) == {1: (1, 2, 3, 4, 5, 11, 12, 13), 3: (21, 22)}


def test_a_split_and_a_merge_at_once(earlier: list[Placement]) -> None:
    """Two of person 1's faces go over to person 2, who is still told by three of their own."""
    later = portraits(g0=[3, 4, 5], g1=[1, 2, 11, 12, 13], g2=[21, 22])
    assert photos(recognise(later, earlier)) == {1: (3, 4, 5), 2: (1, 2, 11, 12, 13), 3: (21, 22)}


def test_a_number_is_never_used_again(earlier: list[Placement]) -> None:
    """Person 3's pictures are no longer grouped, and person 9 is long forgotten."""
    later = portraits(g0=[1, 2, 3, 4, 5], g1=[11, 12, 13], g2=[31, 32])
    assert set(photos(recognise(later, earlier, next_id=10))) == {1, 2, 10}


def test_who_has_a_number_keeps_it_in_fewer_photos_than_a_newcomer_needs(earlier: list[Placement]) -> None:
    later = portraits(g0=[1, 2, 3, 4, 5], g1=[11, 12, 13], g2=[21], g3=[22])
    people = recognise(later, earlier, min_photos=2)
    assert [(person.id, person.contents) for person in people.persons] == [
        (1, (1, 2, 3, 4, 5)),
        (2, (11, 12, 13)),
        (3, (21,)),
        (None, (22,)),
    ]


def test_photos_that_are_not_there_now_do_not_count_and_are_not_forgotten(earlier: list[Placement]) -> None:
    present = [1, 2, 3, 4, 11, 31]
    later = [*BEFORE, *portraits(g5=[31, 32])]
    people = recognise(later, earlier, min_photos=2, present=present)
    assert photos(people) == {1: (1, 2, 3, 4), 2: (11,), None: (31,)}
    assert people.placements == earlier
    assert photos(recognise(later, people.placements, min_photos=2)) == {**photos(recognise(BEFORE)), 4: (31, 32)}


@pytest.mark.parametrize(
    ("box", "same"),
    [
        (Box(0, 0, 80, 80), True),
        (Box(0, 0, 80, 40), True),
        (Box(0, 0, 80, 32), True),  # an overlap of 0.4
        (Box(0, 0, 80, 31), False),
        (Box(40, 0, 120, 80), False),
        (Box(-10, -10, 90, 90), True),
        (Box(100, 0, 180, 80), False),
        (None, True),
    ],
)
def test_another_detectors_box_of_the_same_face(box: Box | None, same: bool) -> None:
    """The vectors may all be new; where the face is tells who it was."""
    before = [Placement(1, Box(0, 0, 80, 80), 7)]
    assert set(photos(recognise([Seen(1, box, 0)], before))) == {7 if same else 8}


def test_the_box_that_overlaps_most_is_the_face() -> None:
    before = [Placement(1, Box(0, 0, 80, 80), 7)]
    people = recognise([Seen(1, Box(30, 0, 110, 80), 0), Seen(1, Box(5, 0, 85, 80), 1)], before)
    assert placed(people) == [(1, Box(30, 0, 110, 80), 8), (1, Box(5, 0, 85, 80), 7)]


@pytest.mark.parametrize("groups", [(0, 1), (1, 0)])
def test_people_who_are_always_together_keep_their_numbers_without_boxes(groups: tuple[int, int]) -> None:
    """The original's file does not say where a face is: only the order of the faces tells the two apart."""
    couple = [Seen(content, None, group) for content in (1, 2, 3) for group in (0, 1)]
    before = recognise(couple)
    assert set(photos(before)) == {1, 2}
    again = recognise([face._replace(group=groups[face.group]) for face in couple], before.placements)
    assert again.placements == before.placements


def test_people_without_boxes_who_are_also_seen_alone_keep_their_numbers() -> None:
    alone = [Seen(content, None, content % 2) for content in range(1, 7)]
    together = [Seen(9, None, 0), Seen(9, None, 1)]
    before = recognise(alone + together)
    swapped = [face._replace(group=1 - face.group) for face in alone + together]
    assert recognise(swapped, before.placements).placements == before.placements


# --- any grouping -------------------------------------------------------------------------------------------------


@st.composite
def two_groupings(draw: st.DrawFn) -> tuple[list[Seen], list[Seen]]:
    """The same faces, at most three in a picture, grouped in two ways."""
    count = draw(st.integers(1, 25))
    groups = st.lists(st.integers(0, 3), min_size=count, max_size=count)
    first, second = draw(groups), draw(groups)
    places = [(face // 3, at(face % 3)) for face in range(count)]
    return [Seen(*place, group) for place, group in zip(places, first, strict=True)], [
        Seen(*place, group) for place, group in zip(places, second, strict=True)
    ]


def matchings_that_keep_most(shared: Counter[tuple[int, int]]) -> int:
    """How many ways there are to give people and groups to each other so that the most faces keep their person."""
    people, groups = sorted({person for person, _ in shared}), sorted({group for _, group in shared})
    nowhere = [-1] * len(people)
    kept: dict[frozenset[tuple[int, int]], int] = {}
    for chosen in permutations([*groups, *nowhere], len(people)):
        pairs = frozenset(pair for pair in zip(people, chosen, strict=True) if shared[pair])
        kept[pairs] = sum(shared[pair] for pair in pairs)
    return sum(faces == max(kept.values()) for faces in kept.values())


@settings(max_examples=300, deadline=None)
@given(groupings=two_groupings(), names=st.permutations(range(4)), data=st.data(), min_photos=st.integers(1, 3))
def test_names_of_groups_and_order_of_faces_do_not_change_who_is_who(
    groupings: tuple[list[Seen], list[Seen]], names: list[int], data: st.DataObject, min_photos: int
) -> None:
    """Unless nothing but its name tells a group from another: as many of somebody's faces, or the same photos."""
    before, after = groupings
    earlier = recognise(before, min_photos=min_photos).placements
    known = {(placement.content, placement.box): placement.person for placement in earlier}
    shared = Counter((known[face.content, face.box], face.group) for face in after if face[:2] in known)
    assume(matchings_that_keep_most(shared) == 1)
    pictures = {group: frozenset(face.content for face in after if face.group == group) for group in range(4)}
    assume(len(set(pictures.values()) - {frozenset()}) == sum(map(bool, pictures.values())))

    renamed = [face._replace(group=names[face.group]) for face in data.draw(st.permutations(after))]
    expected = recognise(after, earlier, min_photos=min_photos)
    people = recognise(renamed, data.draw(st.permutations(earlier)), min_photos=min_photos)
    assert people.persons == expected.persons
    assert sorted(placed(people)) == sorted(placed(expected))


@settings(max_examples=200, deadline=None)
@given(groupings=two_groupings(), min_photos=st.integers(1, 3))
def test_everyone_has_one_number_and_every_number_one_group(
    groupings: tuple[list[Seen], list[Seen]], min_photos: int
) -> None:
    before, after = groupings
    earlier = recognise(before, min_photos=min_photos).placements
    used = {placement.person for placement in earlier}
    people = recognise(after, earlier, min_photos=min_photos)
    numbers = [person.id for person in people.persons if person.id is not None]
    assert len(set(numbers)) == len(numbers)
    assert all(number in used or number > max(used, default=0) for number in numbers)
    group_of = {(face.content, face.box): face.group for face in after}
    pairs = {(person, group_of[content, box]) for content, box, person in placed(people)}
    assert len(pairs) == len({person for person, _ in pairs}) == len({group for _, group in pairs})
    assert recognise(after, people.placements, min_photos=min_photos).placements == people.placements
