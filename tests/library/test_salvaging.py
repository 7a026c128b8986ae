"""A library with damaged pages: what can be read of it is saved, and the file itself is kept."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sortbyface.commands import check as command
from sortbyface.errors import LibraryUnusable
from sortbyface.jobs.check import check_library
from sortbyface.library import Library, backup
from tests.commands.conftest import Typed, typed  # noqa: F401
from tests.library.earlier_versions import earlier_library, rows_of

PEOPLE, PHOTOS = 3000, 2000
PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A library of many pages: named people, and photos that are where they should be or known to be gone."""
    file = tmp_path / "library.sqlite"
    with Library.opened(file, create=True) as library:
        library.photos.root_of(tmp_path)
    with closing(sqlite3.connect(file)) as db, db:
        db.executemany("INSERT INTO people (name) VALUES (?)", [(f"Person called {n}",) for n in range(PEOPLE)])
        hashes = [(number.to_bytes(32, "big"),) for number in range(PHOTOS)]
        db.executemany("INSERT INTO contents (sha256, size) VALUES (?, 1)", hashes)
        photos = [(os.fsencode(f"caf\udce9/{n:05}.jpg"), n + 1) for n in range(PHOTOS)]
        db.executemany("INSERT INTO photos VALUES (1, CAST(? AS TEXT), 1, 1, ?, NULL, 1)", photos)
    return file


def pages_of(file: Path, table: str) -> list[int]:
    """Where in the file the rows of a table begin to lie, page by page; found by what they hold."""
    content = file.read_bytes()
    mark = {"people": b"Person called ", "photos": b"caf\xe9/"}[table]
    return [start for start in range(0, len(content), PAGE) if content[start : start + PAGE].count(mark) > 10]


def spoil(file: Path, *starts: int) -> None:
    content = bytearray(file.read_bytes())
    for start in starts:
        content[start : start + PAGE] = os.urandom(PAGE)
    file.write_bytes(content)


def test_rows_on_both_sides_of_damage_are_saved(file: Path) -> None:
    """Of the people two pages are lost, of the photos what lies between two; no number is given twice."""
    before = file.read_bytes()
    people, photos = pages_of(file, "people"), pages_of(file, "photos")
    spoil(file, people[3], people[10], photos[4])
    damaged = file.read_bytes()
    names = {row["name"] for row in rows_of_copy(file, before)["people"]}

    outcome = check_library(file, repair=True)

    assert outcome.salvage is not None
    assert outcome.salvage.damaged.read_bytes() == damaged
    assert not outcome.left
    saved = rows_of(file)
    assert len(saved["people"]) > PEOPLE * 0.85
    assert len(saved["photos"]) > PHOTOS * 0.85
    assert {row["name"] for row in saved["people"]} < names
    assert "caf\udce9/00000.jpg" in {row["path"] for row in saved["photos"]}
    with Library.opened(file) as library:
        assert library.people.next_person() == PEOPLE + 1
    assert not check_library(file).left


def rows_of_copy(file: Path, content: bytes) -> dict[str, list[dict[str, object]]]:
    copy = file.with_name("copy.sqlite")
    copy.write_bytes(content)
    return rows_of(copy)


def test_what_was_lost_is_named(file: Path, typed: Typed) -> None:  # noqa: F811
    spoil(file, pages_of(file, "people")[3])

    told = typed(command.main, "--library", file)
    mended = typed(command.main, "--library", file, "--repair")

    assert told.code == 1
    assert "what can be read is put into a new library" in told.out
    assert mended.code == 0
    assert f"the damaged file is kept as {file}.damaged" in mended.out
    assert "people: " in mended.out
    assert "lost" in mended.out


@pytest.mark.parametrize("bytes_left", [0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off(file: Path, bytes_left: float) -> None:
    os.truncate(file, int(file.stat().st_size * bytes_left))
    assert check_library(file).left
    check_library(file, repair=True)
    assert not check_library(file).left
    assert len(rows_of(file)["people"]) > PEOPLE * 0.3


@pytest.mark.parametrize("place", [0, 16, 18, 21, 24, 28, 44, 56, 60, 68, 96])
def test_any_byte_of_the_header(file: Path, place: int) -> None:
    before = rows_of(file)
    content = bytearray(file.read_bytes())
    content[place : place + 4] = b"\xf3\x9d\x01\x77"
    file.write_bytes(content)

    check_library(file, repair=True)

    assert {table: rows for table, rows in rows_of(file).items() if not table.startswith("sqlite_")} == {
        table: rows for table, rows in before.items() if not table.startswith("sqlite_")
    }
    assert not check_library(file).left


def test_what_a_killed_run_had_finished_is_all_here(file: Path, typed: Typed) -> None:  # noqa: F811
    """It is in SQLite's log beside the file still."""
    with closing(sqlite3.connect(file)) as db:
        with db:
            db.execute("INSERT INTO people (name) VALUES ('Last')")
        killed = {ending: Path(f"{file}{ending}").read_bytes() for ending in ("", "-wal")}
    for ending, content in killed.items():
        Path(f"{file}{ending}").write_bytes(content)

    checked = typed(command.main, "--library", file)

    assert checked.code == 0
    assert "the last run was cut off; what it had finished is all here" in checked.out
    assert rows_of(file)["people"][-1]["name"] == "Last"
    assert "cut off" not in typed(command.main, "--library", file).out


def test_the_log_of_a_damaged_library_is_not_taken_for_the_new_ones(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        with db:
            db.execute("INSERT INTO people (name) VALUES ('Last')")
        killed = {ending: Path(f"{file}{ending}").read_bytes() for ending in ("", "-wal")}
    for ending, content in killed.items():
        Path(f"{file}{ending}").write_bytes(content)
    spoil(file, pages_of(file, "people")[3])

    outcome = check_library(file, repair=True)

    assert outcome.salvage is not None
    assert Path(f"{outcome.salvage.damaged}-wal").read_bytes() == killed["-wal"]
    assert rows_of(file)["people"][-1]["name"] == "Last"
    assert not check_library(file).left


def test_an_earlier_version_is_saved_as_one_and_then_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    earlier_library(file, 2)
    with closing(sqlite3.connect(file)) as db, db:
        db.executemany("INSERT INTO contents (sha256, size) VALUES (?, 1)", [(os.urandom(32),) for _ in range(999)])
    before = rows_of(file)
    with closing(sqlite3.connect(file)) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contents_by_size'").fetchone()
    spoil(file, (root - 1) * PAGE)  # an index: no row is lost

    check_library(file, repair=True)

    after = rows_of(file)
    assert all(len(after[table]) == len(rows) for table, rows in before.items() if table != "sqlite_sequence")
    with Library.opened(file) as library:
        assert library.people.next_person() == 10


def test_no_room_to_save_anything(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(file, pages_of(file, "people")[3])
    before, names = file.read_bytes(), set(file.parent.iterdir())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.os, "fsync", full)
    with pytest.raises(LibraryUnusable, match=r"No space left.*Make room"):
        check_library(file, repair=True)

    assert file.read_bytes() == before
    assert {path.name for path in set(file.parent.iterdir()) - names} <= {"library.sqlite-shm", "library.sqlite-wal"}
