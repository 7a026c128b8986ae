"""python -m sortbyface undo and history, as a user runs them; and sorting and undoing, killed at any moment."""

import json
import random
import signal
from pathlib import Path

import pytest

from sortbyface.commands import history, sort, undo
from sortbyface.sorting import Mode
from tests.commands.conftest import Typed
from tests.commands.test_interruptions import KILLER
from tests.conftest import CHECKOUT, Run, untouched
from tests.sorting.crowd import Crowd, everything

SORT = ("-t", "0.5", "--min-photos", "1", "-dest", "Sorted")
POINTS = 4


@pytest.fixture
def crowd(tmp_path: Path) -> Crowd:
    """Forty photos of three people, some with edits."""
    crowd = Crowd(tmp_path)
    for number in range(40):
        crowd.photo(f"{number % 4}/IMG_{number // 4}.jpg", number % 3 + 1, *([4] if number < 8 else []))
        if number % 5 == 0:
            crowd.beside(f"{number % 4}/IMG_{number // 4}.xmp", b"edits %d" % number)
    crowd.look()
    return crowd


def test_from_sort_to_undo(typed: Typed, crowd: Crowd) -> None:
    done = typed(sort.main, *SORT, "--mode", "hardlink")
    assert "48 linked, 0 in place already, 10 files that go with them" in done.out.splitlines()[-1]
    crowd.people(id=1, name="Anna")
    planned = typed(sort.main, *SORT, "--mode", "hardlink", "--dry-run").out
    assert f"move     {crowd.sorted / 'Person 1' / 'IMG_0.jpg'} -> {crowd.sorted / 'Anna' / 'IMG_0.jpg'}" in planned
    assert f"remove folder {crowd.sorted / 'Person 1'}" in planned
    typed(sort.main, *SORT, "--mode", "hardlink")

    runs = json.loads(typed(history.main, "--json").out)
    assert [(run["run"], run["command"], run["made"], run["moved"], run["removed"]) for run in runs] == [
        (1, "sort", 58, 0, 0),
        (2, "sort", 0, 17, 0),
    ]
    assert "nothing was changed" in typed(undo.main, "--dry-run").out
    assert "17 moved back" in typed(undo.main).out
    assert "58 files taken away" in typed(undo.main).out
    assert not crowd.sorted.exists()
    assert "all of it is undone" in typed(undo.main).complaint
    assert [line.split(", ")[-1] for line in typed(history.main).out.splitlines()] == ["undone", "undone"]


def test_a_clone_that_cannot_be_is_a_copy_and_said_so(typed: Typed, crowd: Crowd) -> None:
    said = typed(sort.main, *SORT, "--mode", "reflink").out.splitlines()[-1]

    assert "48 cloned" in said or "48 copied, for the file system cannot clone" in said


def test_a_destination_among_the_photos_is_told(typed: Typed, crowd: Crowd) -> None:
    said = typed(sort.main, *SORT, "-dest", crowd.photos / "Sorted").err

    assert "lies among the photos; it is marked and never read as photos" in said


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.HARDLINK, Mode.SYMLINK])
@pytest.mark.parametrize("command", ["sort", "undo"])
def test_killed_at_any_moment(run: Run, crowd: Crowd, command: str, mode: Mode) -> None:
    """A sort that moves, removes and makes, or the undoing of one; then the same again."""
    originals = untouched(crowd.photos)
    crowd.sort(mode=mode)
    first = everything(crowd.sorted)
    crowd.people(id=1, name="Anna")
    crowd.people(id=2, hidden=1)
    crowd.photo("4/IMG_0.jpg", 1)
    crowd.look()
    if command == "undo":
        crowd.sort(mode=mode)
    crowd.keep()
    typed = [command, *(("--mode", mode, *SORT) if command == "sort" else ())]
    assert run(KILLER, 0, "moments", *typed, PYTHONPATH=str(CHECKOUT)).code == 0
    expected, journal = everything(crowd.sorted), [row[:3] for row in crowd.ours()]
    assert (expected == first) == (command == "undo")
    moments = int((crowd.photos.parent / "moments").read_text())

    for point in range(POINTS):
        crowd.put_back()
        at = random.Random(f"{command} {mode} {point}").randrange(1, moments)
        killed = run(KILLER, at, "moments", *typed, PYTHONPATH=str(CHECKOUT))
        assert killed.code == -signal.SIGKILL
        if command == "sort":
            crowd.sort(mode=mode)
        else:
            crowd.undo(2)
        assert everything(crowd.sorted) == expected, at
        assert [row[:3] for row in crowd.ours()] == journal
        if command == "sort":
            crowd.undo()
            assert everything(crowd.sorted) == first, "both halves are taken back together"
    assert untouched(crowd.photos) == originals | new_of(crowd)


def new_of(crowd: Crowd) -> dict[str, tuple[int, int, int, bytes]]:
    return {name: what for name, what in untouched(crowd.photos).items() if name == "4/IMG_0.jpg"}
