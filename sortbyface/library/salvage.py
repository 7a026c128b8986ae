"""What can still be read of a damaged library, in a new one."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from sortbyface.errors import LibraryUnusable
from sortbyface.library.backup import keep_as_it_is
from sortbyface.library.connecting import create_tables, raw_connection
from sortbyface.library.readable_rows import readable_rows
from sortbyface.library.schema import APPLICATION_ID, VERSION
from sortbyface.library.tables import has_all_tables, tables_of


class Saved(NamedTuple):
    """What came of a table."""

    table: str
    rows: int
    lost: int | None
    """None: pages of it are damaged, and how many rows were in them cannot be told."""


class Salvage(NamedTuple):
    """What came of a library."""

    tables: list[Saved]
    damaged: Path
    """The file as it was."""


def salvage(path: Path) -> Salvage:
    """Put what can be read of a damaged library into a new one in its place; the damaged file is kept beside it.

    A library of an earlier version stays one. Raises LibraryUnusable, and changes nothing, when nothing can be
    read at all, or there is no room.
    """
    part, copy = (path.with_name(f".{path.name}.{what}.part") for what in ("salvaged", "damaged-copy"))
    try:
        _remove(part, copy)
        _copy_with_sound_header(path, copy)
        with closing(raw_connection(copy)) as source, closing(sqlite3.connect(part)) as target:
            source.execute("PRAGMA writable_schema = ON")  # SQLite then reads what is left of a file that was cut off
            _make_tables(source, target)
            with target:
                tables = [_save(source, target, table) for table in tables_of(target)]
                _save_numbers(source, target)
                if any(saved.lost != 0 for saved in tables if saved.table == "faces"):
                    _look_again(target)
        kept = keep_as_it_is(path, "damaged")
        for log in ("-wal", "-shm"):  # of the damaged file: they would be taken for the new one's
            path.with_name(path.name + log).unlink(missing_ok=True)
        os.replace(part, path)
    except OSError as error:
        raise LibraryUnusable(
            f"{path}: what can be read of it cannot be saved beside it ({error}); it was not changed."
            " Make room there, and run this again"
        ) from error
    except (sqlite3.Error, UnicodeDecodeError) as error:
        backups = sorted(path.parent.glob(f"{path.name}.*.backup"), key=lambda backup: backup.stat().st_mtime)
        instead = f"put {backups[-1]} in its place" if backups else "move it away, and look at the photos again"
        raise LibraryUnusable(f"{path}: nothing of it can be saved ({error}); it was not changed; {instead}") from error
    finally:
        _remove(part, copy)
    return Salvage(tables, kept)


def _remove(*files: Path) -> None:
    for file in files:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                os.unlink(f"{file}{ending}")


def _copy_with_sound_header(path: Path, copy: Path) -> None:
    """What stands in the first 100 bytes of every library is set right.

    See https://sqlite.org/fileformat.html, section 1.3.
    """
    shutil.copyfile(path, copy)
    with suppress(FileNotFoundError):
        shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    logged = 2 if os.path.exists(f"{copy}-wal") else 1
    with copy.open("rb+") as file:
        header = bytearray(file.read(100))
        if len(header) < 100:
            return
        header[0:24] = b"SQLite format 3\0" + bytes([0x10, 0x00, logged, logged, 0, 64, 32, 32])  # pages of 4096 bytes
        header[24:28] = bytes(byte ^ 0xFF for byte in header[92:96])  # unlike each other: the size noted does not count
        header[32:40] = bytes(8)  # no page is free
        header[44:48] = (4).to_bytes(4, "big")
        header[52:60] = bytes(7) + b"\x01"  # UTF-8
        header[64:68] = bytes(4)
        file.seek(0)
        file.write(header)


def _make_tables(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    version = source.execute("PRAGMA user_version").fetchone()[0]
    if has_all_tables(source) or not 1 <= version < VERSION:
        create_tables(target)
        return
    rows = source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'").fetchall()
    statements = ";".join(sql for (sql,) in rows)
    target.executescript(f"{statements}; PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {version};")


def _save(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> Saved:
    """Rows that break what the new table asks for are left behind."""
    columns = _same_columns(source, target, table)
    if not columns:
        return Saved(table, 0, None)
    declared = tables_of(target)[table]
    listed = ", ".join(f'"{name}"' for name in columns.values())
    places = ", ".join("CAST(? AS TEXT)" if declared[name].type == "TEXT" else "?" for name in columns.values())
    insert = f"INSERT OR IGNORE INTO {table} ({listed}) VALUES ({places})"
    key = [
        there for there, here in sorted(columns.items(), key=lambda pair: declared[pair[1]].key) if declared[here].key
    ]
    saved = 0
    source.text_factory = bytes  # names of files need not be UTF-8
    for row in readable_rows(source, table, list(columns), key):
        saved += target.execute(insert, row).rowcount
    source.text_factory = os.fsdecode
    try:
        there = source.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    except sqlite3.DatabaseError:
        return Saved(table, saved, None)
    return Saved(table, saved, max(0, there - saved))


def _save_numbers(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """No number is given twice, also of those who are gone."""
    with suppress(sqlite3.DatabaseError, ValueError, TypeError):
        for name, number in source.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            (so_far,) = target.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", [name]).fetchone()
            target.execute("DELETE FROM sqlite_sequence WHERE name = ?", [name])
            target.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", [name, max(so_far or 0, int(number))])


def _look_again(target: sqlite3.Connection) -> None:
    """Forget the looks whose faces may be among those that were lost: photos with none, and those next to a gap."""
    target.execute(
        """DELETE FROM looks WHERE problem IS NULL AND NOT EXISTS (
            SELECT 1 FROM faces WHERE faces.content = looks.content AND faces.recipe = looks.recipe)"""
    )
    target.execute(
        """DELETE FROM looks WHERE (content, recipe) IN (SELECT content, recipe FROM faces WHERE
            id + 1 NOT IN (SELECT id FROM faces) OR id - 1 NOT IN (SELECT id FROM faces))"""
    )


def _same_columns(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> dict[str, str]:
    """Column there -> column here. Those whose names were damaged are told by their order."""
    there, here = list(tables_of(source).get(table, {})), list(tables_of(target)[table])
    columns = {name: name for name in there if name in here}
    unknown, missing = ([name for name in names if name not in columns] for names in (there, here))
    if len(unknown) == len(missing):
        columns.update(zip(unknown, missing, strict=True))
    return columns
