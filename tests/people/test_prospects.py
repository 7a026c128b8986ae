"""Who would become one, and who would fall apart."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.people.person import NOBODY
from sortbyface.people.prospects import people_known, prospect, strangers
from sortbyface.people.recognising import recognise_people
from tests.people.crowds import Crowd, Face, crowd

NEW = None


def told(crowd_: Crowd, min_photos: int = 2) -> list[tuple[str, list[tuple[int | None, list[int]]]]]:
    """Each shift as its kind, and whose faces come to whom."""
    present = set(crowd_.faces.contents.tolist())
    shifts = prospect(crowd_.faces, crowd_.labels, crowd_.known, min_photos, present).shifts
    return [(shift.kind, [(part.person, sorted(part.faces.tolist())) for part in shift.parts]) for shift in shifts]


def test_nothing_changes() -> None:
    assert told(crowd([Face(0, 7, 1), Face(1, 7, 1), Face(2, 3, 2), Face(3, -1), Face(4, 9)])) == []


def test_two_people_become_one() -> None:
    """The one with more faces keeps the number."""
    seen = crowd([Face(0, 0, 1), Face(1, 0, 2), Face(2, 0, 2), Face(3, 1, 3), Face(4, 1, 3)])

    assert told(seen) == [("joins", [(2, [1, 2]), (1, [0])])]


def test_one_falls_apart() -> None:
    """Into who stays, somebody new in two photos, a face that goes to somebody else, and one that is alone."""
    falling = [Face(photo, 0, 1) for photo in range(3)] + [Face(3, 1, 1), Face(4, 1, 1), Face(5, 2, 1), Face(6, 3, 1)]
    seen = crowd([*falling, Face(7, 2, 2), Face(8, 2, 2)])

    assert told(seen) == [("parts", [(1, [0, 1, 2]), (NEW, [3, 4]), (2, [5]), (NOBODY, [6])])]


def test_one_whom_nobody_knows_again() -> None:
    seen = crowd([Face(0, -1, 1), Face(1, -1, 1)])

    assert told(seen) == [("parts", [(1, []), (NOBODY, [0, 1])])]


def test_whom_the_user_has_named_do_not_become_one() -> None:
    people = [Face(0, 0, 1, degrees=0), Face(1, 0, 1, degrees=2), Face(2, 0, 2, degrees=30), Face(3, 0, 2, degrees=32)]

    assert [kind for kind, _ in told(crowd(people))] == ["joins"]
    assert told(crowd(people, named=[1, 2])) == []


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_as_many_people_as_a_sort_would_find(data: st.DataObject) -> None:
    faces = data.draw(
        st.lists(
            st.builds(
                Face,
                photo=st.integers(0, 9),
                group=st.integers(-1, 5),
                person=st.integers(0, 4),
                degrees=st.integers(0, 90),
                is_not=st.frozensets(st.integers(1, 4), max_size=1),
            ),
            max_size=14,
        )
    )
    seen = crowd(faces, named=data.draw(st.sets(st.integers(1, 4))))
    present = {content: content for content in data.draw(st.sets(st.integers(0, 9)))}
    found = recognise_people(seen.faces, seen.labels, seen.known, 2, present)

    told = prospect(seen.faces, seen.labels, seen.known, 2, present)

    assert told.people == sum(person.id is not None for person in found.persons)
    assert told.seen_once == sum(person.id is None for person in found.persons)
    for shift in told.shifts:
        members = [part.faces for part in shift.parts]
        together = np.concatenate(members)
        assert len(np.unique(together)) == len(together)
        assert (seen.known.persons[together] != NOBODY).all()
        assert shift.moved > 0


def test_who_is_there_now() -> None:
    seen = crowd([Face(0, 0, 1), Face(1, 0, 1), Face(2, 1, 2), Face(3, 5), Face(4, -1), Face(5, 6), Face(5, 6)])

    assert people_known(seen.faces, seen.known, range(9)) == 2
    assert people_known(seen.faces, seen.known, [0, 3]) == 1
    assert strangers(seen.faces, seen.labels, seen.known, range(9)) == 2
    assert strangers(seen.faces, seen.labels, seen.known, [0, 3]) == 1
