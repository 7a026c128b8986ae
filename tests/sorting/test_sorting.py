"""Where photos, and what belongs to them, come to lie; and what becomes of them when people change."""

import os
from pathlib import Path

import pytest

from sortbyface.errors import DestinationUnusable
from sortbyface.sorting import Mode
from sortbyface.sorting.groups import Groups
from tests.conftest import folders, untouched
from tests.sorting.crowd import Crowd, everything, files

NUMBERED = {"IMG_1.jpg", "IMG_1.xmp", "IMG_1 (2).jpg", "IMG_1 (2).jpg.xmp"}
MOVIE = {"IMG_4.jpg", "IMG_4.MOV"}
PARTY = "party ü.jpg"


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (
            Groups.EACH,
            {
                "Person 1": NUMBERED | {"IMG_2.jpg", "IMG_3.jpg", PARTY},
                "Person 2": MOVIE | {"IMG_2.jpg", "IMG_3.jpg", PARTY},
                "Person 3": {"IMG_3.jpg", "IMG_5.jpg"},
            },
        ),
        (
            Groups.FIRST,
            {
                "Person 1": NUMBERED | {"IMG_3.jpg", PARTY},
                "Person 2": MOVIE | {"IMG_2.jpg"},
                "Person 3": {"IMG_5.jpg"},
            },
        ),
        (
            Groups.TOGETHER,
            {
                "Person 1": NUMBERED,
                "Person 2": MOVIE,
                "Person 3": {"IMG_5.jpg"},
                "Person 1, Person 2": {"IMG_2.jpg", PARTY},
                "Person 1, Person 2, Person 3": {"IMG_3.jpg"},
            },
        ),
    ],
)
def test_what_lies_where(crowd: Crowd, mode: Mode, groups: Groups, expected: dict[str, set[str]]) -> None:
    """What goes with a photo goes with it, and under its number."""
    originals = untouched(crowd.photos)

    crowd.sort(mode=mode, groups=groups)

    assert folders(crowd.sorted) == expected
    assert (crowd.sorted / "Person 1" / "IMG_1 (2).jpg.xmp").read_bytes() == b"other edits"
    assert untouched(crowd.photos) == originals
    again = crowd.sort(mode=mode, groups=groups)
    assert not again.plan.actions


def test_how_each_mode_makes_files(crowd: Crowd, tmp_path: Path) -> None:
    original = crowd.photos / "b" / "IMG_5.jpg"
    for mode in Mode:
        crowd.sorted = tmp_path / mode
        crowd.sort(mode=mode)
    made = {mode: tmp_path / mode / "Person 3" / "IMG_5.jpg" for mode in Mode}

    assert made[Mode.SYMLINK].readlink() == original
    assert made[Mode.HARDLINK].samefile(original)
    assert not made[Mode.COPY].samefile(original)
    assert not made[Mode.REFLINK].samefile(original)
    assert not made[Mode.REFLINK].is_symlink()


def test_what_is_in_place_stays_as_it_was_made(crowd: Crowd) -> None:
    crowd.sort(mode=Mode.COPY)
    before = everything(crowd.sorted)

    outcome = crowd.sort(mode=Mode.HARDLINK)

    assert everything(crowd.sorted) == before
    assert outcome.plan.of_another_mode == len(files(crowd.sorted))


@pytest.mark.parametrize("mode", Mode)
def test_a_name_moves_the_files_and_copies_none(crowd: Crowd, mode: Mode) -> None:
    crowd.sort(mode=mode)
    inodes = {path.name: path.lstat().st_ino for path in (crowd.sorted / "Person 1").iterdir()}
    crowd.people(id=1, name="Anna")

    outcome = crowd.sort(mode=mode)

    assert not outcome.plan.makes
    assert {path.name: path.lstat().st_ino for path in (crowd.sorted / "Anna").iterdir()} == inodes
    assert not (crowd.sorted / "Person 1").exists()


def test_two_people_change_names(crowd: Crowd) -> None:
    """Each photo is in the way of another: IMG_2.jpg of the one has to go where IMG_2.jpg of the other is."""
    crowd.photo("c/IMG_1.jpg", 2)
    crowd.photo("c/IMG_5.jpg", 1)
    crowd.look()
    crowd.sort()
    crowd.people_are("Anna", "Bea", "Cleo")
    crowd.sort()
    before = folders(crowd.sorted)
    crowd.people_are("Bea", "Cleo", "Anna")

    outcome = crowd.sort()

    after = folders(crowd.sorted)
    assert after == {"Bea": before["Anna"], "Cleo": before["Bea"], "Anna": before["Cleo"]}
    assert not outcome.plan.makes
    crowd.undo()
    assert folders(crowd.sorted) == before
    assert not list(crowd.sorted.rglob(".*moving"))


def test_what_the_user_put_there_or_changed_does_not_move(crowd: Crowd) -> None:
    crowd.sort()
    person = crowd.sorted / "Person 3"
    (person / "mine.txt").write_text("mine")
    (person / "IMG_5.jpg").write_bytes(b"cropped")
    crowd.people(id=3, name="Cleo")

    crowd.sort()

    assert files(person) == {"mine.txt": b"mine", "IMG_5.jpg": b"cropped"}
    assert folders(crowd.sorted)["Cleo"] == {"IMG_3.jpg", "IMG_5.jpg"}


def test_who_is_hidden_has_no_folder_and_who_is_named_always_has_one(crowd: Crowd) -> None:
    crowd.sort(dry_run=True)
    crowd.sort()
    crowd.people(id=1, hidden=1)
    crowd.people(id=3, name="Cleo")

    crowd.sort(min_photos=4, groups=Groups.TOGETHER)

    assert folders(crowd.sorted) == {
        "Person 2": MOVIE | {"IMG_2.jpg", PARTY},
        "Person 2, Cleo": {"IMG_3.jpg"},
        "Cleo": {"IMG_5.jpg"},
    }


def test_edits_that_have_changed_are_brought_anew(crowd: Crowd) -> None:
    crowd.sort()
    crowd.beside("a/IMG_1.xmp", b"more edits")

    outcome = crowd.sort()

    assert (crowd.sorted / "Person 1" / "IMG_1.xmp").read_bytes() == b"more edits"
    assert [action.path for action in outcome.plan.actions] == ["Person 1/IMG_1.xmp"] * 2
    crowd.undo()
    assert not (crowd.sorted / "Person 1" / "IMG_1.xmp").exists(), "as it was is not to be had any more"


def test_a_raw_file_goes_with_its_picture_and_shows_whom_it_shows(crowd: Crowd) -> None:
    crowd.photo("c/DSC_7.jpg", 4)
    crowd.photo("c/DSC_7.CR2", 4, 5)
    crowd.beside("c/DSC_7.CR2.xmp", b"developed")
    crowd.look()

    crowd.sort()

    shot = {"DSC_7.jpg", "DSC_7.CR2", "DSC_7.CR2.xmp"}
    assert list(folders(crowd.sorted).values()).count(shot) == 2


def test_a_thousand_photos_of_one_name(tmp_path: Path) -> None:
    """All arrive but those whose bytes are equal to another's."""
    crowd = Crowd(tmp_path)
    for number in range(1000):
        crowd.photo(f"{number:04}/IMG_0001.jpg", 1, content=b"photo %d" % (number % 990))
    crowd.look()

    crowd.sort(mode=Mode.HARDLINK)

    arrived = files(crowd.sorted)
    assert len(arrived) == 990
    assert set(arrived.values()) == {b"photo %d" % number for number in range(990)}
    assert set(arrived) >= {"Person 1/IMG_0001.jpg", "Person 1/IMG_0001 (990).jpg"}
    crowd.people(id=1, name="Anna")
    outcome = crowd.sort(mode=Mode.HARDLINK)
    assert len(outcome.plan.moves) == 990
    assert files(crowd.sorted / "Anna") == files_below(arrived, "Person 1/")


def files_below(tree: dict[str, bytes], folder: str) -> dict[str, bytes]:
    return {path.removeprefix(folder): content for path, content in tree.items()}


def test_a_destination_among_the_photos_is_no_photo(crowd: Crowd) -> None:
    crowd.sorted = crowd.photos / "Sorted"

    outcome = crowd.sort()

    assert outcome.plan.among_photos
    assert (crowd.sorted / ".sort-by-face").exists()
    crowd.sorted = crowd.photos
    with pytest.raises(DestinationUnusable, match="holds the photos themselves"):
        crowd.sort()


def test_the_user_may_rename_a_copy(crowd: Crowd) -> None:
    crowd.sort()
    os.rename(crowd.sorted / "Person 3" / "IMG_5.jpg", crowd.sorted / "Person 3" / "lovely.jpg")

    outcome = crowd.sort()

    assert not outcome.plan.makes
    assert folders(crowd.sorted)["Person 3"] == {"IMG_3.jpg", "lovely.jpg"}


def test_a_link_that_leads_nowhere_is_made_anew(crowd: Crowd) -> None:
    crowd.sort(mode=Mode.SYMLINK)
    content = (crowd.photos / "b" / "IMG_5.jpg").read_bytes()
    (crowd.photos / "b" / "IMG_5.jpg").unlink()
    moved = crowd.photo("d/IMG_5.jpg", 3, content=content)
    crowd.look()

    crowd.sort(mode=Mode.SYMLINK)

    assert (crowd.sorted / "Person 3" / "IMG_5.jpg").readlink() == moved
    assert folders(crowd.sorted)["Person 3"] == {"IMG_3.jpg", "IMG_5.jpg"}
