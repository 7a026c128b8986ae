"""A library of any earlier version is brought up to date: whole or not at all, and with nothing lost."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sortbyface.errors import LibraryUnusable
from sortbyface.faces.face import Box
from sortbyface.jobs.check import check_library
from sortbyface.library import FileState, Library, backup
from sortbyface.library.schema import VERSION
from sortbyface.library.tables import indexes_of, tables_of
from sortbyface.recipe import Recipe
from tests.conftest import CHECKOUT
from tests.library.earlier_versions import ODD, RECIPE, TABLES, earlier_library, rows_of

EARLIER = sorted(TABLES)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def open_once(file: Path) -> None:
    with Library.opened(file, create=True):
        pass


def test_there_is_a_way_from_every_version() -> None:
    assert [*EARLIER, VERSION] == list(range(1, VERSION + 1))


@pytest.mark.parametrize("version", EARLIER)
def test_every_row_is_still_there(file: Path, version: int) -> None:
    """With all that it held. What is new is empty."""
    earlier_library(file, version)
    before = rows_of(file)

    open_once(file)

    after = rows_of(file)
    for table, rows in before.items():
        assert len(after[table]) == len(rows), table
        for old, new in zip(rows, after[table], strict=True):
            assert old.items() <= new.items(), table
    assert {row["mode"] for row in after["copies"]} == {"copy"}
    assert not any(row["confirmed"] for row in after["placements"])
    assert [row["name"] for row in after["people"]] == [None, None]


@pytest.mark.parametrize("version", EARLIER)
def test_its_tables_are_those_of_a_new_one(file: Path, tmp_path: Path, version: int) -> None:
    earlier_library(file, version)
    open_once(file)
    open_once(tmp_path / "new.sqlite")

    with closing(sqlite3.connect(file)) as migrated, closing(sqlite3.connect(tmp_path / "new.sqlite")) as new:
        assert tables_of(migrated) == tables_of(new)
        assert indexes_of(migrated) == indexes_of(new)
        for table in tables_of(new):
            query = f'SELECT "table", "from", on_delete FROM pragma_foreign_key_list(\'{table}\') ORDER BY 2'
            assert migrated.execute(query).fetchall() == new.execute(query).fetchall()
        for pragma in ("user_version", "application_id", "journal_mode"):
            assert migrated.execute(f"PRAGMA {pragma}").fetchone() == new.execute(f"PRAGMA {pragma}").fetchone()
        assert not migrated.execute("PRAGMA foreign_key_check").fetchall()


@pytest.mark.parametrize("version", EARLIER)
def test_it_works_as_before(file: Path, version: int) -> None:
    earlier_library(file, version)

    with Library.opened(file) as library:
        recipe = library.recipe
        assert recipe == Recipe.parse(RECIPE)
        faces = library.faces.of(recipe)
        assert faces.boxes == [Box(0.5, 1.5, 90.25, 91.75), Box(200.0, 1.5, 290.25, 91.75)]
        assert faces.vectors.shape == (2, 128)
        assert next(str(path) for path, _, _ in library.faces.of_files(recipe)) == os.fsdecode(b"/m\xfcll/" + ODD)
        assert {p.person for p in library.people.placements()} == {1, 4}
        assert library.people.next_person() == 10, "numbers are never used twice"
        places = library.photos.files_of_contents()
        assert places[1][-1] == (Path("/photos/one.jpg"), FileState(10, 1_500_000_000_123_456_789))
    assert not [finding for finding in check_library(file).left if "not there" not in finding.what]


@pytest.mark.parametrize("version", EARLIER)
def test_as_it_was_it_is_kept(file: Path, caplog: pytest.LogCaptureFixture, version: int) -> None:
    earlier_library(file, version)
    before = rows_of(file)

    open_once(file)
    open_once(file)

    kept = file.with_name(f"library.sqlite.version-{version}.backup")
    assert rows_of(kept) == before
    assert [path.name for path in file.parent.glob("*.backup*")] == [kept.name]
    (words,) = caplog.messages
    assert str(kept) in words


def test_an_earlier_backup_is_never_replaced(file: Path) -> None:
    kept = file.with_name("library.sqlite.version-3.backup")
    kept.write_bytes(b"precious")
    earlier_library(file, 3)

    open_once(file)

    assert kept.read_bytes() == b"precious"
    assert file.with_name("library.sqlite.version-3 (2).backup").exists()


@pytest.mark.parametrize("version", EARLIER)
def test_a_full_disk_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    """The backup does not fit: there is no migration, and nothing half-done is left."""
    earlier_library(file, version)
    before, names = rows_of(file), set(file.parent.iterdir())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(backup.os, "fsync", full)
        with pytest.raises(LibraryUnusable, match=r"No space left.*nothing was changed"):
            open_once(file)

    assert rows_of(file) == before
    assert set(file.parent.iterdir()) - names <= {file.with_name("library.sqlite.lock")}
    open_once(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == VERSION


KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path

left = int(sys.argv[2])
real = sqlite3.connect

def moment(_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def connect(*arguments, **options):
    connection = real(*arguments, **options)
    connection.set_trace_callback(moment)
    return connection

sqlite3.connect = connect
from sortbyface.library.connecting import connect as open_library
for point in range(int(sys.argv[2]), int(sys.argv[3])):
    child = os.fork()
    if not child:
        left = point
        file = Path(sys.argv[1]) / str(point) / "library.sqlite"
        open_library(file).close()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forks of one process, which Windows has not")
@pytest.mark.parametrize("version", EARLIER)
def test_killed_at_every_statement(tmp_path: Path, version: int) -> None:
    """The library is then whole, of the old version or of the new; opened again, it is of the new."""
    earlier_library(tmp_path / "before.sqlite", version)
    before = rows_of(tmp_path / "before.sqlite")
    points = 80
    for point in range(1, points):
        (tmp_path / str(point)).mkdir()
        (tmp_path / str(point) / "library.sqlite").write_bytes((tmp_path / "before.sqlite").read_bytes())

    script = [sys.executable, "-c", KILLED, str(tmp_path), "1", str(points)]
    done = subprocess.run(script, capture_output=True, text=True, check=True, cwd=CHECKOUT)

    codes = [int(line) for line in done.stdout.split()]
    assert codes[-1] == 0, "the last points are beyond the end of the work"
    killed = codes.count(-signal.SIGKILL)
    assert killed > 15
    versions = []
    for point in range(1, killed + 1):
        file = tmp_path / str(point) / "library.sqlite"
        with closing(sqlite3.connect(file)) as connection:
            versions.append(connection.execute("PRAGMA user_version").fetchone()[0])
        if versions[-1] == version:
            assert rows_of(file) == before
        for kept in file.parent.glob("*.backup"):
            assert rows_of(kept) == before
        open_once(file)
        after = rows_of(file)
        assert all(len(after[table]) == len(rows) for table, rows in before.items())
    assert set(versions) == {version, VERSION}
