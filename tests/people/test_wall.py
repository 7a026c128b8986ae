"""What a wall of people shows."""

import pytest

from sortbyface.errors import CorrectionRefused
from sortbyface.jobs.wall import namesake, strangers_in, tiles_of
from tests.people.corrected import Family


def test_everybody_has_a_tile_the_one_in_most_photos_first(home: Family) -> None:
    home.correct.rename(3, "Ada")
    home.correct.hide(2)
    tiles = tiles_of(home.library)
    assert [(tile.person.name, tile.person.hidden) for tile in tiles] == [
        ("Person 1", False),
        ("Person 2", True),
        ("Ada", False),
    ]
    assert [tile.person.known.photos for tile in tiles] == sorted(
        (tile.person.known.photos for tile in tiles), reverse=True
    )
    assert all(tile.portrait for tile in tiles)


def test_strangers_are_the_faces_that_nobody_has(home: Family) -> None:
    assert {one.face for one in strangers_in(home.library)} == set(range(1, 11)) - home.person_of_face().keys()
    home.correct.reject([4, 9])
    assert {one.face for one in strangers_in(home.library)} == set(range(1, 11)) - home.person_of_face().keys()


def test_a_face_that_was_placed_by_another_recipe_is_somebodys(home: Family) -> None:
    strangers = strangers_in(home.library)
    with home.library._connection as db:
        db.execute('UPDATE placements SET "left" = "left" + 3, top = top - 2')
    assert strangers_in(home.library) == strangers


def test_a_namesake_is_found_whatever_the_capitals(home: Family) -> None:
    home.correct.rename(1, "Ada")
    tiles = tiles_of(home.library)
    same = namesake(" ADA ", 2, tiles)
    assert same is not None
    assert same.person.id == 1
    assert namesake("ada", 1, tiles) is None
    assert namesake("Person 1 the great", 2, tiles) is None
    with pytest.raises(CorrectionRefused):
        namesake("Person 3", 2, tiles)
