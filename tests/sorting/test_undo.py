"""Undo takes back exactly what was done, and nothing that the user did."""

import os
from pathlib import Path

import pytest

from sortbyface.errors import DestinationUnusable, NothingToUndo, SourceEmpty
from sortbyface.sorting import Mode
from sortbyface.sorting.groups import Groups
from tests.conftest import untouched
from tests.sorting.crowd import Crowd, everything, files


@pytest.mark.parametrize("groups", Groups)
@pytest.mark.parametrize("mode", Mode)
def test_undo_after_each_sort_restores_every_byte(crowd: Crowd, mode: Mode, groups: Groups) -> None:
    """Three sorts, each of which moves, removes and makes something; three undos, each to the state before."""
    (crowd.sorted / "Person 1").mkdir(parents=True)
    (crowd.sorted / "Person 1" / "img_1.JPG").write_bytes(b"my own")
    (crowd.sorted / "empty").mkdir()
    originals = untouched(crowd.photos)
    states = [everything(crowd.sorted)]
    crowd.sort(mode=mode, groups=groups)
    states.append(everything(crowd.sorted))
    crowd.people(id=1, name="Anna")
    crowd.people(id=2, name="Bea")
    crowd.sort(mode=mode, groups=groups)
    states.append(everything(crowd.sorted))
    crowd.people(id=1, hidden=1)
    crowd.people(id=2, name="Anna")
    crowd.sort(mode=mode, groups=groups)
    assert everything(crowd.sorted) != states[-1] != states[-2] != states[-3]

    for before in reversed(states):
        outcome = crowd.undo()
        assert everything(crowd.sorted) == before
        assert outcome.plan.left == []

    assert untouched(crowd.photos) == originals
    assert crowd.ours() == []
    with pytest.raises(NothingToUndo, match="all of it is undone"):
        crowd.undo()


@pytest.mark.parametrize("destination", ["Sorted", "new/deep/Sorted", "Photos/Sorted"])
def test_a_folder_that_was_made_is_gone_and_the_next_sort_makes_it_again(crowd: Crowd, destination: str) -> None:
    crowd.sorted = crowd.photos.parent / destination
    before = set(crowd.photos.parent.rglob("*"))
    crowd.sort()
    sorted_pictures = everything(crowd.sorted)
    assert len(sorted_pictures) > 10

    crowd.undo()

    assert set(crowd.photos.parent.rglob("*")) == before
    crowd.sort()
    assert everything(crowd.sorted) == sorted_pictures


def test_an_empty_folder_of_the_users_stays_and_loses_the_mark(crowd: Crowd) -> None:
    crowd.sorted.mkdir()
    crowd.sort()
    assert (crowd.sorted / ".sort-by-face").exists()

    crowd.undo()

    assert everything(crowd.sorted) == {".": ("folder", 0o755)}


def test_what_the_user_added_or_changed_stays_and_is_named(crowd: Crowd) -> None:
    crowd.sort()
    person = crowd.sorted / "Person 1"
    (person / "note.txt").write_text("mine")
    (person / "IMG_2.jpg").write_bytes(b"cropped")
    (person / "IMG_3.jpg").unlink()
    os.rename(crowd.sorted / "Person 2" / "IMG_4.jpg", crowd.sorted / "the best.jpg")
    best = (crowd.sorted / "the best.jpg").read_bytes()

    outcome = crowd.undo()

    assert files(crowd.sorted) == {"Person 1/note.txt": b"mine", "Person 1/IMG_2.jpg": b"cropped", "the best.jpg": best}
    assert outcome.done is not None
    named = {path.name for path, _ in [*outcome.plan.left, *outcome.done.kept]}
    assert named == {"IMG_2.jpg", "Person 1", "Sorted"}


def test_a_copy_whose_original_is_gone_stays(crowd: Crowd) -> None:
    crowd.sort()
    original = crowd.photos / "b" / "IMG_5.jpg"
    content = original.read_bytes()
    original.unlink()

    outcome = crowd.undo()

    assert files(crowd.sorted) == {"Person 3/IMG_5.jpg": content}
    assert [reason for _, reason in outcome.plan.left] == ["it stays, as its original is gone"]
    assert (crowd.sorted / ".sort-by-face").exists(), "what is ours is not taken for a new photo"


def test_what_was_taken_away_cannot_come_back_without_its_original(crowd: Crowd) -> None:
    crowd.sort()
    crowd.people(id=3, hidden=1)
    crowd.sort()
    (crowd.photos / "b" / "IMG_5.jpg").unlink()

    outcome = crowd.undo()

    assert [(path.name, reason) for path, reason in outcome.plan.left] == [
        ("IMG_5.jpg", "cannot be made again, as its original is gone or has changed")
    ]
    assert set(files(crowd.sorted / "Person 3")) == {"IMG_3.jpg"}


def test_what_lies_where_something_was_moved_from_is_not_replaced(crowd: Crowd) -> None:
    crowd.sort()
    crowd.people(id=3, name="Cleo")
    crowd.sort()
    (crowd.sorted / "Person 3").mkdir()
    (crowd.sorted / "Person 3" / "IMG_5.jpg").write_bytes(b"mine")

    outcome = crowd.undo()

    assert (crowd.sorted / "Person 3" / "IMG_5.jpg").read_bytes() == b"mine"
    assert [path.parent.name for path, _ in outcome.plan.left] == ["Cleo"]
    assert (crowd.sorted / "Cleo" / "IMG_5.jpg").exists()


def test_a_dry_run_of_undo_changes_nothing(crowd: Crowd) -> None:
    crowd.sort()
    before = everything(crowd.sorted)

    outcome = crowd.undo(dry_run=True)

    assert sum(step.action.kind == "remove" for step in outcome.plan.steps) == len(files(crowd.sorted))
    assert everything(crowd.sorted) == before
    assert crowd.undo().done is not None


def test_runs_to_other_places_are_taken_back_by_their_number(crowd: Crowd, tmp_path: Path) -> None:
    crowd.sort()
    first = everything(crowd.sorted)
    crowd.sorted = tmp_path / "Other"
    crowd.sort()
    crowd.people(id=1, name="Anna")
    crowd.sort()

    with pytest.raises(NothingToUndo, match="undo 3"):
        crowd.undo(2)
    with pytest.raises(NothingToUndo, match="no run 7"):
        crowd.undo(7)
    crowd.undo(1)

    assert not (tmp_path / "Sorted").exists()
    assert first
    with pytest.raises(NothingToUndo, match="undone already"):
        crowd.undo(1)


def test_a_run_that_does_nothing_is_none(crowd: Crowd) -> None:
    crowd.sort()
    crowd.sort()

    crowd.undo()

    assert not crowd.sorted.exists()


def test_an_unplugged_drive_undoes_nothing(crowd: Crowd, tmp_path: Path) -> None:
    crowd.sort()
    before = everything(crowd.sorted)
    crowd.photos.rename(tmp_path / "unplugged")
    with pytest.raises(SourceEmpty):
        crowd.undo()
    assert everything(crowd.sorted) == before

    (tmp_path / "unplugged").rename(crowd.photos)
    crowd.sorted.rename(tmp_path / "unplugged")
    with pytest.raises(DestinationUnusable, match="Is its drive connected"):
        crowd.undo()

    (tmp_path / "unplugged").rename(crowd.sorted)
    crowd.undo()
    assert not crowd.sorted.exists()
