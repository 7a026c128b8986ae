"""Who is who, from the command line."""

import json
import random
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sortbyface.commands import people, terminal
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import Library
from tests.conftest import CHECKOUT, Finished, Run

KILLER = CHECKOUT / "tests" / "commands" / "killer.py"
UNDO = "To take it back: python -m sortbyface people undo\n"

Say = Callable[..., Finished]


def sort(home: Path, *, regroup: bool = False) -> None:
    """What `sort_images.py` does, without the start of a process."""
    sort_photos(home / "Sorted-pictures", library=home / LIBRARY, regroup=regroup)


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Say:
    """Run `people …` as the program does, without the start of a process."""
    monkeypatch.chdir(tmp_path)

    def run_people(*arguments: object) -> Finished:
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            terminal.run(people.main, [str(argument) for argument in arguments])
        assert isinstance(end.value.code, int)
        return Finished(end.value.code, *capfd.readouterr())

    return run_people


@pytest.fixture
def sorted_home(home: Path) -> Path:
    sort(home)
    return home


def everybody(say: Say) -> dict[int, tuple[str | None, int]]:
    """Number -> name, faces."""
    return {one["id"]: (one["name"], one["faces"]) for one in json.loads(say("list", "--json").out)}


def faces_of(say: Say, person: object) -> list[int]:
    return [one["face"] for one in json.loads(say("show", person, "--json").out)]


@pytest.mark.usefixtures("sorted_home")
def test_a_list_of_everybody(say: Say) -> None:
    listed = say("list")
    assert listed.code == 0
    assert listed.out == say().out
    lines = listed.out.splitlines()
    assert re.fullmatch(r" +1  Person 1 +\d+ photos +\d+ faces", lines[0])
    photos = [int(line.split()[-4]) for line in lines]
    assert photos == sorted(photos, reverse=True)
    assert len(everybody(say)) == len(lines) >= 2


@pytest.mark.usefixtures("sorted_home")
def test_a_person_and_a_photo(say: Say) -> None:
    shown = say("show", "person 1")
    title, *lines = shown.out.splitlines()
    assert re.fullmatch(r"Person 1 \(number 1\): (\d+) photos, 0 of \d+ faces confirmed", title)
    assert len(lines) == len(faces_of(say, 1)) >= 2
    number, *_, photo = lines[0].split(maxsplit=6)
    assert re.fullmatch(r" +\d+  person 1, placed at \d\.\d{3} +/.*", lines[0])
    in_photo = say("show", photo)
    assert in_photo.out.splitlines()[0].endswith("faces, from left to right")
    assert number in [line.split()[0] for line in in_photo.out.splitlines()[1:]]


@pytest.mark.usefixtures("sorted_home")
def test_a_name_and_back_again(say: Say) -> None:
    before = everybody(say)
    assert say("name", 1, "Ada").out == f"Person 1 is called Ada now. {UNDO}"
    assert everybody(say) == {**before, 1: ("Ada", before[1][1])}
    assert say("name", 2, "ADA").complaint == (
        "Ada is Person 1 already, and nothing was changed; if they are one and the same:"
        " python -m sortbyface people merge 1 2"
    )
    assert say("show", "ada").out.startswith("Ada (number 1): ")
    assert re.fullmatch(r"undone: Person 1 is called Ada now \(\d{4}-.*\)\n", say("undo").out)
    assert everybody(say) == before
    assert say("undo").complaint == "there is nothing to undo: no change of people is recorded"


def test_each_correction_lasts_over_a_regroup_and_is_undone(sorted_home: Path, say: Say) -> None:
    before = everybody(say)
    first, second, *_ = faces_of(say, 1)
    other = faces_of(say, 2)[0]
    commands: list[tuple[list[object], Callable[[], object]]] = [
        (["name", 1, "Ada"], lambda: everybody(say)[1][0] == "Ada"),
        (["merge", 1, 2], lambda: other in faces_of(say, "ada")),
        (["undo"], lambda: other in faces_of(say, 2)),
        (["split", first], lambda: first not in faces_of(say, 1) and len(faces_of(say, max(everybody(say)))) >= 1),
        (["undo"], lambda: first in faces_of(say, 1)),
        (["move", other, "ADA"], lambda: other in faces_of(say, 1)),
        (["confirm", first, second], lambda: {first, second} <= set(faces_of(say, 1))),
        (["cover", first], lambda: "  cover  " in say("show", 1).out),
        (["hide", "Ada"], lambda: 1 not in everybody(say) and "hidden" in say("list", "--all").out),
        (["unhide", "Ada"], lambda: 1 in everybody(say)),
        (["reject", second], lambda: second not in faces_of(say, 1)),
    ]
    for command, holds in commands:
        done = say(*command)
        assert done.code == 0, done
        assert holds(), command
        sort(sorted_home, regroup=True)
        assert holds(), f"{command} is forgotten"
    while say("undo").code == 0:
        pass
    sort(sorted_home, regroup=True)
    now = everybody(say)
    assert {one: now[one] for one in before} == before


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (["show", "Bob"], "nobody is called 'Bob'"),
        (["show", "x" * 5000], "nobody is called 'xxx"),
        (["show", "9" * 5000], "nobody is called '999"),
        (["show", "Album"], "nobody is called 'Album'"),
        (["show", "stranger.jpg"], "stranger.jpg is not in the library; look at it first"),
        (["name", 99, "Bob"], "nobody is called '99'"),
        (["name", 1, "\x1b[2J"], "cannot be read as a name|is no name"),
        (["name", 1, "Person 5"], "is what somebody without a name is called"),
        (["merge", 1, 1], "cannot be merged with themselves"),
        (["confirm", 9999], "there is no face 9999"),
        (["reject", 10**30], "there is no face 1000"),
        (["move", 9999, 1], "there is no face 9999"),
        (["undo"], "there is nothing to undo"),
    ],
)
def test_what_cannot_be_done_is_one_line(sorted_home: Path, say: Say, command: list[object], complaint: str) -> None:
    (sorted_home / "stranger.jpg").write_bytes(b"")
    before = everybody(say)
    assert re.search(complaint, say(*command).complaint)
    assert everybody(say) == before


@pytest.mark.parametrize(
    "command",
    [["rename"], ["name", 1], ["merge", 1], ["split"], ["confirm", "x"], ["reject", 0], ["cover", 1, 2], ["move", 1]],
)
def test_wrong_usage(say: Say, command: list[object]) -> None:
    done = say(*command)
    assert done.code == 2
    assert "usage: " in done.err


def test_no_library_and_nobody_yet(tmp_path: Path, say: Say, album_library: Path) -> None:
    assert "no library here yet; look at photos first" in say("list").complaint
    assert "no library here yet" in say("undo").complaint
    assert not (tmp_path / LIBRARY).exists()
    shutil.copy(album_library, tmp_path / LIBRARY)
    assert say("list").out == "nobody yet; sort the photos first: python sort_images.py\n"
    assert say("list", "--json").out == "[]\n"


def people_in(home: Path) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(home / LIBRARY)) as connection:
        return [
            connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("people", "placements", "rejections")
        ]


@pytest.mark.parametrize("point", range(6))
def test_killed_in_the_middle_of_a_change(run: Run, sorted_home: Path, point: int) -> None:
    """It has happened or it has not; and the next one finds everything in order."""
    environment = {"PYTHONPATH": str(CHECKOUT)}
    before = people_in(sorted_home)
    shutil.copy(sorted_home / LIBRARY, sorted_home / "untouched")
    assert run(KILLER, 0, "moments", "people", "merge", 1, 2, **environment).code == 0
    after, moments = people_in(sorted_home), int((sorted_home / "moments").read_text())
    shutil.copy(sorted_home / "untouched", sorted_home / LIBRARY)

    moment = random.Random(point).randrange(1, moments)
    killed = run(KILLER, moment, "moments", "people", "merge", 1, 2, **environment)

    assert killed.code == -signal.SIGKILL
    with Library.opened(sorted_home / LIBRARY):
        assert people_in(sorted_home) in (before, after)


def test_the_library_may_be_named_in_either_place(say: Say, home: Path) -> None:
    (home / LIBRARY).rename(home / "family.sqlite")

    for arguments in (["--library", "family.sqlite", "list"], ["list", "--library", "family.sqlite"]):
        assert say(*arguments).out == "nobody yet; sort the photos first: python sort_images.py\n"
