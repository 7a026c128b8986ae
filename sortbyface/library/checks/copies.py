"""The journal of copies and the files that it tells of agree."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sortbyface.library.finding import Finding, Mend, by_sql
from sortbyface.library.records import FileState

UNFINISHED = ".sort-by-face.part"
"""How the hidden name of a file ends that is not finished; no run is going on, so that it never will be."""

_THIS_ROW = "destination = CAST(? AS TEXT) AND path = CAST(? AS TEXT)"


def check_copies(connection: sqlite3.Connection) -> Iterator[Finding]:
    """One finding for each copy that is gone, changed or unfinished, for leftovers, and for runs that were cut off."""
    for destination in _destinations(connection):
        if not destination.is_dir():
            yield from _check_missing(connection, destination)
            continue
        query = """SELECT path, mode, source, copies.size, mtime_ns, sha256
            FROM copies LEFT JOIN contents ON content = contents.id
            WHERE destination = CAST(? AS TEXT) ORDER BY path"""
        for row in connection.execute(query, [os.fsencode(destination)]).fetchall():
            yield from _check_copy(destination, row)
        yield from _check_leftovers(destination)
    yield from _check_runs(connection)


def _check_runs(connection: sqlite3.Connection) -> Iterator[Finding]:
    query = """SELECT command, destination, ended_at,
            EXISTS (SELECT 1 FROM actions WHERE run = id AND stage = 'undoing')
        FROM runs WHERE undone_at IS NULL ORDER BY id"""
    for command, destination, ended_at, undoing in connection.execute(query):
        if undoing:
            yield Finding(f"{destination}: undoing {command} was cut off", "undo it again: it goes on where it was")
        elif ended_at is None:
            yield Finding(f"{destination}: {command} was cut off", "run it again: it goes on where it was")


def _destinations(connection: sqlite3.Connection) -> list[Path]:
    rows = connection.execute("SELECT destination FROM copies UNION SELECT destination FROM runs ORDER BY 1")
    return [Path(row[0]) for row in rows]


def _check_missing(connection: sqlite3.Connection, destination: Path) -> Iterator[Finding]:
    query = "SELECT count(*) FROM copies WHERE destination = CAST(? AS TEXT)"
    copies = connection.execute(query, [os.fsencode(destination)]).fetchone()[0]
    if copies:
        yield Finding(
            f"{destination}: the folder is not there, and with it {copies:,} files that were copied there",
            "connect its drive; if it was removed, sort again; if it was moved:"
            " python -m sortbyface check --relocate OLD NEW",
        )


def _check_copy(destination: Path, row: sqlite3.Row) -> Iterator[Finding]:
    path, mode, source, size, mtime_ns, sha256 = row
    file, key = destination / path, (os.fsencode(destination), os.fsencode(path))
    forget = by_sql(f"DELETE FROM copies WHERE {_THIS_ROW}", *key)
    if not os.path.lexists(file):
        begun = "was begun, and is not there" if size is None else "is gone"
        yield Finding(
            f"{file}: the copy {begun}", "it is taken out of the journal; the next sort makes it again", forget
        )
        return
    if mode == "symlink" and file.is_symlink():
        return
    try:
        now = FileState.of(file)
        if size is not None and now == (size, mtime_ns):
            return
        same = _hash(file) == (sha256 or _hash_of_original(source))
    except OSError as error:
        yield Finding(f"{file}: {error.strerror}", "allow reading it")
        return
    if same:
        settle = by_sql(f"UPDATE copies SET size = ?, mtime_ns = ? WHERE {_THIS_ROW}", *now, *key)
        state = "was not noted as finished, but is whole" if size is None else "has another time, but is the same"
        yield Finding(f"{file}: the copy {state}", "the journal is brought up to date", settle)
    else:
        yield Finding(
            f"{file}: somebody changed the copy, or put another file there",
            "it is taken out of the journal, and never touched again",
            forget,
        )


def _check_leftovers(destination: Path) -> Iterator[Finding]:
    for folder, _, files in os.walk(destination):
        for name in sorted(files):
            if name.startswith(".") and name.endswith(UNFINISHED):
                path = Path(folder, name)
                yield Finding(f"{path}: left behind by a run that was cut off", "it is removed", _remove(path))


def _remove(path: Path) -> Mend:
    def mend(_: sqlite3.Connection) -> None:
        with suppress(OSError):  # it is found again then
            path.unlink()

    return mend


def _hash_of_original(source: str | None) -> bytes | None:
    """Of what goes with a photo no hash is kept."""
    try:
        return _hash(Path(source)) if source else None
    except OSError:
        return None


def _hash(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()
