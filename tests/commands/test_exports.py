"""python -m sortbyface export: everything, as CSV and as JSON."""

import csv
import json
import os
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sortbyface.commands import export
from sortbyface.exchange.listing import ListedFace, ListedPhoto, write_csv, write_json
from sortbyface.faces.face import Box
from sortbyface.jobs import LIBRARY
from sortbyface.library import Library, Placement
from sortbyface.library.overview import ContentRecord, FaceRecord, PhotoRecord
from tests.commands.conftest import Typed
from tests.commands.naming import Folders, name_people
from tests.conftest import Album, look_again

COLUMNS = [
    "photo", "sha256", "width", "height", "taken_at", "problem", "left", "top", "right", "bottom",
    "person", "name", "confirmed", "similarity", "face", "score", "pixels", "sharpness", "yaw",
]  # fmt: skip


@pytest.fixture
def named(home: Path, album: Album) -> Folders:
    """Home, with Collins and Hopper in their folders."""
    return name_people(home, album.truth)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def nested(path: Path) -> list[dict[str, Any]]:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["format"], told["version"]) == ("sort-by-face export", 1)
    photos: list[dict[str, Any]] = told["photos"]
    return photos


def test_a_row_for_each_face(home: Path, named: Folders, album: Album, typed: Typed) -> None:
    assert typed(export.main, "all.csv").out == "all.csv: 20 photos, 20 faces\n"
    rows = table(home / "all.csv")
    assert list(rows[0]) == COLUMNS
    assert {row["photo"] for row in rows} == {
        str(path) for path in (home / "Album").resolve().rglob("*") if path.is_file() and not path.name.startswith(".")
    }
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["name"]:
            found.setdefault(row["name"], set()).add(
                Path(row["photo"]).relative_to((home / "Album").resolve()).as_posix()
            )
    assert found == album.truth
    [temple] = [row for row in rows if row["photo"].endswith("temple.jpg")]
    assert not any(temple[column] for column in COLUMNS[4:])
    assert (temple["width"], temple["height"]) == ("640", "427")


def test_json_says_the_same(home: Path, named: Folders, typed: Typed) -> None:
    typed(export.main, "all.csv")
    typed(export.main, "all.json")
    rows = []
    for photo in nested(home / "all.json"):
        faces = photo.pop("faces")
        for face in faces or [dict.fromkeys(["box", *COLUMNS[10:]])]:
            box = dict(zip(COLUMNS[6:10], face.pop("box") or [None] * 4, strict=True))
            rows.append({**photo, **box, **face})
    as_text = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
    for row in as_text:
        row["confirmed"] = {"True": "1", "False": "0", "": ""}[row["confirmed"]]
    assert as_text == table(home / "all.csv")


def test_photos_that_cannot_be_used_are_there_with_the_reason(home: Path, named: Folders, typed: Typed) -> None:
    (home / "Album/broken.jpg").write_bytes(b"")
    look_again(home)
    typed(export.main, "all.json")
    [broken] = [photo for photo in nested(home / "all.json") if photo["photo"].endswith("broken.jpg")]
    assert (broken["problem"], broken["width"], broken["faces"]) == ("the file is empty", None, [])


def test_somebody_where_no_face_was_found(home: Path, named: Folders, typed: Typed) -> None:
    with Library.opened(home / LIBRARY) as library, library.changes.recorded("by hand"):
        content = library.photos.content_at(home / "Album/scenery/temple.jpg")
        library.people.add_placement(Placement(content or 0, Box(1, 2, 30, 40), 1, confirmed=True))
    typed(export.main, "all.json")
    [temple] = [photo for photo in nested(home / "all.json") if photo["photo"].endswith("temple.jpg")]
    [face] = temple["faces"]
    assert (face["box"], face["person"], face["confirmed"], face["face"]) == ([1, 2, 30, 40], 1, True, None)


def test_a_file_that_is_there_or_of_another_kind(home: Path, named: Folders, typed: Typed) -> None:
    (home / "all.csv").write_text("mine")
    assert "all.csv exists and is not replaced" in typed(export.main, "all.csv").complaint
    assert (home / "all.csv").read_text() == "mine"
    assert "must end with .csv or .json" in typed(export.main, "all.xlsx").complaint
    assert "no library here yet" in typed(export.main, "--library", "none.sqlite", "all.json").complaint
    assert not (home / "all.json").exists()


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_names_of_files_may_be_any_bytes(home: Path, named: Folders, typed: Typed) -> None:
    photo = home / "Album/together/meeting.jpg"
    photo.rename(Path(os.fsdecode(os.fsencode(photo.parent) + b"/caf\xe9 \xf0\x9f\x98\x80.jpg")))
    look_again(home)
    for file in ("all.csv", "all.json"):
        assert typed(export.main, file).code == 0
    assert any(row["photo"].endswith("caf\\xe9 😀.jpg") for row in table(home / "all.csv"))
    assert any(photo["photo"].endswith("caf\\xe9 😀.jpg") for photo in nested(home / "all.json"))


NAMES = [
    "=1+1", "+49 170 123", "-1", "@SUM(A1)", "'tis", "\tx", "\rx", 'Ada "the" first', "a, b; c", "two\nlines",
    "two\r\nlines", "👩‍🚀 Zoë", "٣", "ordinary",
]  # fmt: skip


def listed(name: str, number: int = 1) -> ListedPhoto:
    content = ContentRecord(number, bytes(32), 7, 300, 200, 1, "2020-02-02T10:00:00")
    found = FaceRecord(number, Box(1, 2, 3, 4.5), 0.1, 80.25, 0.5, -0.125)
    face = ListedFace(found.box, number, name, True, -0.5, found)
    return ListedPhoto(PhotoRecord(Path("/photos/=1.jpg"), content, None), [face])


@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_a_formula_and_every_name_comes_back(name: str, tmp_path: Path) -> None:
    write_csv([listed(name)], tmp_path / "all.csv")
    assert (tmp_path / "all.csv").read_bytes().startswith(b"\xef\xbb\xbfphoto,")
    [row] = table(tmp_path / "all.csv")
    assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["name"].removeprefix("'") == name
    assert (row["name"] == name) == (name[0] not in "=+-@\t\r'")
    assert (float(row["yaw"]), float(row["similarity"]), row["confirmed"]) == (-0.125, -0.5, "1")
    write_json([listed(name)], tmp_path / "all.json")
    assert nested(tmp_path / "all.json")[0]["faces"][0]["name"] == name


def test_many_photos_take_no_more_memory(tmp_path: Path) -> None:
    """20,000 rows pass through, of which none is kept."""
    for write, file in ((write_csv, "all.csv"), (write_json, "all.json")):
        tracemalloc.start()
        write((listed("Ada", number) for number in range(20_000)), tmp_path / file)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 1_000_000
    assert len(nested(tmp_path / "all.json")) == 20_000


def test_reading_the_library_takes_no_more_memory_for_more_photos(home: Path, named: Folders, typed: Typed) -> None:
    with closing(sqlite3.connect(home / LIBRARY)) as library, library:
        library.execute(
            """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO photos SELECT root, path || i, size, mtime_ns, content, problem, vanished FROM photos, n
            WHERE path LIKE 'scenery/%' OR path LIKE '%original.jpg'"""
        )
    typed(export.main, "warm.json")
    tracemalloc.start()
    assert typed(export.main, "all.json").out.startswith("all.json: 8,020 photos")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
