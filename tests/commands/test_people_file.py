"""python -m sortbyface people export, and import: names survive the loss of the library."""

from pathlib import Path
from typing import Any

import pytest

from sortbyface.commands import people
from sortbyface.jobs import LIBRARY
from sortbyface.library import Library
from sortbyface.people.corrections import Corrections
from tests.commands.conftest import Typed
from tests.commands.naming import Folders, look_as_new, lose_library, name_people, sort
from tests.conftest import Album, look_again

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def named(home: Path, album: Album) -> Folders:
    """Home, with Collins and Hopper in their folders."""
    return name_people(home, album.truth)


def rows(home: Path) -> Rows:
    """All that is said of people."""
    with Library.opened(home / LIBRARY) as library:
        known = library.people.known()
        return {"people": list(known.records), "faces": list(known.placements), "not": list(known.rejections)}


def test_names_survive_the_loss_of_the_library(
    home: Path, named: Folders, album: Album, album_library: Path, typed: Typed
) -> None:
    assert named == album.truth
    assert typed(people.main, "export", "people.json").out == "people.json: 2 people, 20 faces in 18 photos\n"
    look_as_new(home, album_library)

    done = typed(people.main, "import", "people.json")

    assert "2 new people, 20 new faces, 0 confirmed, 0 left as they are here" in done.out
    assert sort(home) == named


def test_the_file_may_come_before_the_photos(
    home: Path, named: Folders, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the look itself is anew, for a few photos of each."""
    typed(people.main, "export", "people.json")
    lose_library(home)
    assert typed(people.main, "import", "people.json").code == 0
    for photo in (home / "Album").rglob("*"):
        if photo.is_file() and photo.stem not in ("original", "closer", "meeting"):
            photo.unlink()
    look_again(home)
    few = ("original.jpg", "closer.png", "meeting.jpg")
    assert sort(home) == {name: {photo for photo in photos if photo.endswith(few)} for name, photos in named.items()}


def test_its_own_file_changes_nothing(home: Path, named: Folders, typed: Typed) -> None:
    typed(people.main, "export", "people.json")
    before = rows(home)
    assert typed(people.main, "import", "people.json").out == f"people.json: nothing new; {LIBRARY} is as it was\n"
    assert rows(home) == before
    assert " is called " in typed(people.main, "undo").out  # there was no change after that


def test_undo_takes_the_whole_import_back(home: Path, named: Folders, album_library: Path, typed: Typed) -> None:
    typed(people.main, "export", "people.json")
    look_as_new(home, album_library)
    before = rows(home)
    typed(people.main, "import", "people.json")
    assert rows(home) != before
    assert "undone: people of people.json imported" in typed(people.main, "undo").out
    assert rows(home) == before


def test_people_who_were_sorted_meanwhile_get_their_names_back(
    home: Path, named: Folders, album_library: Path, typed: Typed
) -> None:
    typed(people.main, "export", "people.json")
    look_as_new(home, album_library)
    sort(home)  # Person 1 and Person 2
    assert "0 new people, 0 new faces" in typed(people.main, "import", "people.json").out
    assert sort(home) == named


def test_the_same_name_is_the_same_person(home: Path, named: Folders, album_library: Path, typed: Typed) -> None:
    """In another library, in which somebody has this name in capitals, and a face of their own."""
    typed(people.main, "export", "people.json")
    look_as_new(home, album_library)
    sort(home)
    with Library.opened(home / LIBRARY) as library:
        hopper = Corrections(library).person("2")
        Corrections(library).rename(hopper, "HOPPER")
        everybody = {record.id for record in library.people.records()}
    typed(people.main, "import", "people.json")
    with Library.opened(home / LIBRARY) as library:
        assert {record.id for record in library.people.records()} == everybody
        assert [record.name for record in library.people.records() if record.id == hopper] == ["HOPPER"]


def test_what_the_user_confirmed_here_holds(home: Path, named: Folders, typed: Typed) -> None:
    with Library.opened(home / LIBRARY) as library:
        collins, hopper = (Corrections(library).person(name) for name in ("Collins", "Hopper"))
        placement = library.people.placements_of(collins)[0]
        assert library.recipe is not None
        [face] = [
            face
            for face, box in library.faces.in_content(library.recipe, placement.content).items()
            if box == placement.box
        ]
        Corrections(library).confirm([face])
    typed(people.main, "export", "people.json")
    with Library.opened(home / LIBRARY) as library:
        Corrections(library).move([face], hopper)
    before = rows(home)

    done = typed(people.main, "import", "people.json")

    assert ": Hopper here, Collins in the file; left as it is here\n" in done.out
    assert rows(home)["faces"] == before["faces"]


def test_numbers_that_are_not_free(home: Path, named: Folders, typed: Typed) -> None:
    typed(people.main, "export", "people.json")
    before = rows(home)["people"]
    lose_library(home)
    with Library.opened(home / LIBRARY, create=True) as library, library.changes.recorded("somebody else"):
        library.people.add_person("Ada")

    done = typed(people.main, "import", "people.json")

    assert "Person 1 of the file is Person 3 here: the number is not free\n" in done.out
    names = {record.id: record.name for record in before}
    assert [(record.id, record.name) for record in rows(home)["people"]] == [(1, "Ada"), (2, names[2]), (3, names[1])]


def test_numbers_of_people_who_are_gone_are_not_given_again(home: Path, named: Folders, typed: Typed) -> None:
    typed(people.main, "export", "people.json")
    typed(people.main, "merge", "1", "2")
    assert "Person 2 of the file is Person 3 here" in typed(people.main, "import", "people.json").out


def test_a_file_that_is_there_is_not_replaced(home: Path, named: Folders, typed: Typed) -> None:
    (home / "people.json").write_text("mine")
    complaint = typed(people.main, "export", "people.json").complaint
    assert complaint == "people.json exists and is not replaced; choose another name, or remove it"
    assert (home / "people.json").read_text() == "mine"


def test_a_file_that_is_none(home: Path, named: Folders, typed: Typed) -> None:
    before = rows(home)
    (home / "people.json").write_text("mine")
    assert typed(people.main, "import", "people.json").complaint.startswith("people.json: not JSON: ")
    assert "there is no such file" in typed(people.main, "import", "nowhere.json").complaint
    assert rows(home) == before
