"""`check`: every disagreement is named, and mended where nothing is lost by it."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sortbyface.commands import check as command
from sortbyface.errors import LibraryUnusable
from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.jobs.check import check_library
from sortbyface.library import FileState, Library, PhotoResult
from sortbyface.recipe import Recipe
from tests.commands.conftest import Typed, typed  # noqa: F401

RECIPE = Recipe("hog-1", "five-points-1", "dlib-1", "0123456789abcdef")
PHOTOS = ["a.jpg", "b.jpg", os.fsdecode(b"c\xff.jpg")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A library of three photos with a face each; people 1 and 2; photo 1 was copied to Sorted/Person 1."""
    file, photos, copies = tmp_path / "library.sqlite", tmp_path / "photos", tmp_path / "Sorted"
    photos.mkdir()
    vector, landmarks = np.eye(4, dtype="<f4")[0], np.zeros((5, 2), dtype="<f4")
    face = Face(Box(1, 2, 31, 32), 1.5, landmarks, Quality(30, 0.2, 0.1), vector)
    results = []
    for number, name in enumerate(PHOTOS):
        (photos / name).write_bytes(bytes([number]) * 100)
        content = hashlib.sha256((photos / name).read_bytes()).digest()
        state = FileState.of(photos / name)
        results.append(PhotoResult(name, state, content, None, 64, 48, 1, None, (face,)))
    (copies / "Person 1").mkdir(parents=True)
    copy = copies / "Person 1" / "a.jpg"
    shutil.copy2(photos / "a.jpg", copy)
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(photos)
        library.recipe = RECIPE
        library.photos.record(root, results, RECIPE)
    with closing(sqlite3.connect(file)) as db, db:
        db.executescript("INSERT INTO people (id, name) VALUES (1, 'Ada'), (2, NULL);")
        db.executescript(
            """INSERT INTO placements (id, content, "left", top, "right", bottom, person, confirmed)
            VALUES (1, 1, 1, 2, 31, 32, 1, 1), (2, 2, 1, 2, 31, 32, 2, 0), (3, 3, NULL, NULL, NULL, NULL, 2, 0);
            UPDATE people SET cover = 1 WHERE id = 1;"""
        )
        state = FileState.of(copy)
        values = [str(copies), "Person 1/a.jpg", str(photos / "a.jpg"), *state, *state]
        db.execute(
            """INSERT INTO copies
                (destination, path, content, source, source_size, source_mtime_ns, mode, size, mtime_ns)
            VALUES (?, ?, 1, ?, ?, ?, 'copy', ?, ?)""",
            values,
        )
    return file


def change(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(statement)


def value(file: Path, query: str) -> object:
    with closing(sqlite3.connect(file)) as connection:
        row = connection.execute(query).fetchone()
        return row[0] if row else None


def test_all_is_well(file: Path) -> None:
    before = file.read_bytes()
    for repair in (False, True):
        outcome = check_library(file, repair=repair)
        assert not outcome.left
        assert not outcome.mended
        assert outcome.backup is None
    assert file.read_bytes() == before


INSIDE = {
    "UPDATE faces SET vector = x'00' WHERE id = 2": "b.jpg: its vector is of 1 bytes, where others are of 16",
    "UPDATE faces SET vector = zeroblob(16) WHERE id = 2": "b.jpg: its vector is not of length 1",
    "UPDATE faces SET vector = x'0000c07f000000000000000000000000' WHERE id = 2": "its vector is not of length 1",
    "UPDATE faces SET landmarks = x'00' WHERE id = 2": "its landmarks are not five points",
    'UPDATE faces SET "right" = 1 WHERE id = 2': "its box is none",
    "UPDATE faces SET top = -9e999 WHERE id = 2": "its box is none",
    "UPDATE faces SET score = 9e999 WHERE id = 2": "its score is no number",
    "UPDATE faces SET vector = 'text' WHERE id = 2": "have something as vector that is no blob",
    'UPDATE faces SET "group" = -7': "faces: 3 are in groups that are none",
    "DELETE FROM looks WHERE content = 2": "are of photos that are not known to have been looked at",
    "DELETE FROM contents WHERE id = 2": "name contents that are not there",
    "DELETE FROM recipes": "name recipes that are not there",
    "UPDATE recipes SET name = 'nonsense'": "'nonsense' is none",
    "UPDATE settings SET value = 'a/b/c/d'": "which recipe is in use is not known",
    "DELETE FROM settings": "which recipe is in use is not known",
    "DELETE FROM people WHERE id = 2": "placements: 2 rows name people that are not there",
    "UPDATE people SET cover = 99 WHERE id = 1": "people: 1 rows name placements that are not there",
    "UPDATE people SET cover = 2 WHERE id = 1": "people: 1 have a cover that is no face of theirs",
    "UPDATE people SET name = x'ff' WHERE id = 1": "have something as name that is no text",
    "UPDATE people SET name = 'A' || char(0) WHERE id = 1": "have something as name that is no text",
    "UPDATE placements SET top = NULL WHERE id = 1": "placements: 1 rows have a box that is none",
    "INSERT INTO rejections (content, person) VALUES (77, 1)": "rejections: 1 rows name contents",
    "DELETE FROM sqlite_sequence": "the next new one would get a number that is taken",
    """INSERT INTO changes (id, at, words) VALUES (5, '2019', 'x');
    INSERT INTO changed_rows (change, "table", "row", before) VALUES (5, 'people', 1, '{')""": "cannot be undone",
    "DELETE FROM roots": "photos: 3 rows name roots that are not there",
    "UPDATE copies SET content = 55": "copies: 1 rows name contents that are not there",
}


@pytest.mark.parametrize("damage", INSIDE)
def test_damage_inside_is_named_and_mended(file: Path, damage: str) -> None:
    """Names and confirmed faces stay wherever there is anything left of them."""
    change(file, damage)

    found = check_library(file)
    repaired = check_library(file, repair=True)

    assert any(INSIDE[damage] in finding.what for finding in found.left), found.left
    assert all(finding.mend for finding in found.left)
    assert not repaired.left
    assert repaired.mended
    assert repaired.backup is not None
    assert repaired.backup.is_file()
    assert not check_library(file).left
    with Library.opened(file) as library:
        library.recipe = RECIPE
        assert library.people.next_person() == 3
        assert not np.isnan(library.faces.of(RECIPE).vectors).any()
    if "name = " not in damage or "recipes" in damage:
        assert value(file, "SELECT name FROM people WHERE id = 1") == "Ada"
    assert value(file, "SELECT confirmed FROM placements WHERE person = 1") == 1


@pytest.mark.parametrize("damage", [damage for damage in INSIDE if "vector" in damage])
def test_damage_met_at_work_is_told_with_its_remedy(file: Path, damage: str) -> None:
    change(file, damage)
    remedy = f"mend it: python -m sortbyface check --repair --library {file}"

    def work() -> None:
        with Library.opened(file) as library:
            faces = library.faces.of(RECIPE)
            if not np.allclose(np.linalg.norm(faces.vectors, axis=1), 1):
                raise ValueError("vectors must be finite and of length 1")

    with pytest.raises(LibraryUnusable, match="is damaged") as told:
        work()
    assert str(told.value).endswith(remedy)


def test_an_error_that_is_not_the_librarys_is_not_blamed_on_it(file: Path) -> None:
    with pytest.raises(ValueError, match="of the program"), Library.opened(file):
        raise ValueError("of the program")


def gone(copies: Path) -> None:
    (copies / "Person 1" / "a.jpg").unlink()


def changed(copies: Path) -> None:
    (copies / "Person 1" / "a.jpg").write_bytes(b"mine")


def touched(copies: Path) -> None:
    os.utime(copies / "Person 1" / "a.jpg", ns=(1, 1))


def left_behind(copies: Path) -> None:
    (copies / "Person 1" / ".0123456789abcdef.sort-by-face.part").write_bytes(b"half")


def photo_gone(copies: Path) -> None:
    (copies.parent / "photos" / PHOTOS[2]).unlink()


FILES: dict[Callable[[Path], None], str] = {
    gone: "a.jpg: the copy is gone",
    changed: "a.jpg: somebody changed the copy",
    touched: "a.jpg: the copy has another time, but is the same",
    left_behind: "part: left behind by a run that was cut off",
    photo_gone: "the photo is gone",
}


@pytest.mark.parametrize("deed", FILES)
def test_files_that_differ_are_named_and_mended(file: Path, deed: Callable[[Path], None]) -> None:
    copies = file.parent / "Sorted"
    deed(copies)
    before = {path: path.read_bytes() for path in file.parent.rglob("*.jpg")}

    (finding,) = check_library(file).left
    repaired = check_library(file, repair=True)

    assert FILES[deed] in finding.what
    assert [mended.what for mended in repaired.mended] == [finding.what]
    assert not repaired.left
    assert not check_library(file).left
    assert {path: path.read_bytes() for path in file.parent.rglob("*.jpg")} == before
    assert not list(copies.rglob("*.part"))


def test_what_goes_with_a_photo_is_compared_with_its_original(file: Path) -> None:
    """A sidecar, say, of which no hash is known."""
    change(file, "UPDATE copies SET content = NULL")
    touched(file.parent / "Sorted")
    (mended,) = check_library(file, repair=True).mended
    assert "has another time, but is the same" in mended.what


@pytest.mark.parametrize("there", ["whole", "something else", "nothing"])
def test_a_copy_that_was_cut_off(file: Path, there: str) -> None:
    change(file, "UPDATE copies SET size = NULL, mtime_ns = NULL")
    if there != "whole":
        {"something else": changed, "nothing": gone}[there](file.parent / "Sorted")

    repaired = check_library(file, repair=True)

    assert len(repaired.mended) == 1
    assert not repaired.left
    assert value(file, "SELECT size FROM copies") == (100 if there == "whole" else None)


def test_what_only_the_user_can_put_right_is_left(file: Path) -> None:
    (file.parent / "photos" / "b.jpg").write_bytes(b"edited")
    shutil.rmtree(file.parent / "Sorted")
    change(file, "INSERT INTO runs (command, destination, began_at) VALUES ('sort', '/x', '2019')")
    change(file, "INSERT INTO runs (command, destination, began_at, ended_at) VALUES ('sort', '/y', '2019', '2019')")
    change(file, "INSERT INTO actions (run, number, stage, kind, path) VALUES (2, 1, 'undoing', 'mkdir', 'p')")

    outcome = check_library(file, repair=True)

    words = [f"{finding.what}; {finding.remedy}" for finding in outcome.left]
    told = [word.split("; ")[1].split(":")[0] for word in words]
    assert told == ["look again", "connect its drive", "run it again", "undo it again"]
    assert not outcome.mended
    assert value(file, "SELECT count(*) FROM copies") == 1


def test_a_drive_that_is_not_connected_is_one_line(file: Path) -> None:
    (file.parent / "photos").rename(file.parent / "elsewhere")
    (finding,) = check_library(file, repair=True).left
    assert finding.what == f"{file.parent / 'photos'}: the folder is not there, and with it 3 photos"
    assert value(file, "SELECT count(*) FROM photos WHERE vanished") == 0


def test_the_command(file: Path, typed: Typed) -> None:  # noqa: F811
    arguments = ["--library", file]
    assert typed(command.main, *arguments).out == f"{file}: all is well\n"
    gone(file.parent / "Sorted")
    (file.parent / "photos" / "b.jpg").write_bytes(b"edited")

    told = typed(command.main, *arguments)
    listed = json.loads(typed(command.main, *arguments, "--json").out)
    mended = typed(command.main, *arguments, "--repair")

    assert told.code == mended.code == 1
    assert len(told.out.splitlines()) == 3
    assert "2 disagreements, of which --repair mends 1" in told.out
    assert [entry["mendable"] for entry in listed["left"]] == [False, True]
    assert "1 mended, 1 left" in mended.out
    assert f"kept as {file}.before-repair.backup" in mended.out


@pytest.mark.parametrize("content", [b"not a library, but a text of some length" * 99, b"SQLite format 3\0"])
def test_what_is_no_library_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(content)
    assert check_library(file).left
    with pytest.raises(LibraryUnusable, match="nothing of it can be saved"):
        check_library(file, repair=True)
    assert file.read_bytes() == content


def test_the_file_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    change(file, "CREATE TABLE bookmarks (url TEXT)")
    before = file.read_bytes()
    for repair in (False, True):
        with pytest.raises(LibraryUnusable, match="another program"):
            check_library(file, repair=repair)
    assert file.read_bytes() == before
