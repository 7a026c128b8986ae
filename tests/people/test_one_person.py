"""All that is to be shown of one person, and of one photo."""

import pytest

from sortbyface.errors import CorrectionRefused
from sortbyface.jobs.one_person import OnePerson, one_person
from sortbyface.jobs.one_photo import OnePhoto, one_photo
from tests.people.corrected import Family


def person(home: Family, number: int) -> OnePerson:
    found = one_person(home.library, number)
    assert found is not None
    return found


def photo(home: Family, content: int) -> OnePhoto:
    found = one_photo(home.library, content)
    assert found is not None
    return found


def test_confirmed_then_typical_then_doubtful(home: Family) -> None:
    home.sql("UPDATE placements SET similarity = 0.9 - id / 100.0")
    home.sql("UPDATE faces SET pixels = 20 WHERE id IN (1, 4)")
    home.correct.confirm([3, 4])
    shown = person(home, 1)
    assert [one.face for one in shown.faces] == [3, 4, 2, 1]
    assert [one.doubtful for one in shown.faces] == [False, False, False, True]
    assert [one.likeness.confirmed for one in shown.faces] == [True, True, False, False]


def test_the_cover_and_the_names_of_others(home: Family) -> None:
    home.correct.choose_cover(2)
    home.correct.rename(2, "Bob")
    shown = person(home, 1)
    assert (shown.name, shown.record.name) == ("Person 1", None)
    assert [one.face for one in shown.faces if one.cover] == [2]
    assert shown.others == {"Bob": 2}
    assert person(home, 2).others == {}


def test_a_face_that_is_not_found_any_more_is_shown_all_the_same(home: Family) -> None:
    home.correct.confirm([8])
    home.sql("DELETE FROM faces WHERE id = 8")
    assert sorted((one.face or 0, one.likeness.confirmed) for one in person(home, 3).faces) == [(0, True), (9, False)]
    assert [(one.face, one.name) for one in photo(home, 8).faces] == [(None, "Person 3")]


def test_nobody(home: Family) -> None:
    assert one_person(home.library, 9) is None
    home.correct.merge(1, 2)
    assert one_person(home.library, 2) is None
    assert one_photo(home.library, 99) is None


def test_a_photo_with_somebody_and_nobody(home: Family) -> None:
    shown = photo(home, 9)
    assert [(one.face, one.person, one.name) for one in shown.faces] == [(9, 3, "Person 3"), (10, None, "")]
    assert (shown.scene.width, shown.scene.photo.name) == (100, "9.jpg")


def test_new_people_get_their_name_with_their_faces(home: Family) -> None:
    assert home.correct.split([1, 5, 10], "Ada") == "3 faces of Person 1, Person 2 split off as Ada"
    assert home.names() == {4: "Ada"}
    assert home.faces_of(4) == {1, 5, 10}
    home.correct.undo()
    assert home.names() == {}
    assert home.correct.split([10]) == "1 face split off as Person 5"


def test_the_name_of_a_new_person_must_be_free_and_a_name(home: Family) -> None:
    home.correct.rename(3, "Ada")
    before = home.rows()
    with pytest.raises(CorrectionRefused, match="Ada is Person 3 already; move the faces there"):
        home.correct.split([1], "ADA")
    with pytest.raises(CorrectionRefused, match="cannot be read as a name"):
        home.correct.split([1], "!")
    assert home.rows() == before
