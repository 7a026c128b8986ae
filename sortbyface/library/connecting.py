"""A file -> the tables of a library in it: made if there are none, brought up to date if they are old."""

import os
import sqlite3
from pathlib import Path

from sortbyface.errors import LibraryUnusable
from sortbyface.library.schema import APPLICATION_ID, MIGRATIONS, TABLES, VERSION


def connect(path: Path) -> sqlite3.Connection:
    """Raises LibraryUnusable for the file of another program, of a newer version of this one, or a damaged one."""
    connection = sqlite3.connect(path)
    try:
        connection.row_factory = sqlite3.Row
        connection.text_factory = os.fsdecode  # names of files are bytes to some systems
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            _check_kind(connection, path)
        else:
            _create_tables(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise LibraryUnusable(f"{path} is not a library, or is damaged ({error}); give another --library") from error
    except LibraryUnusable:
        connection.close()
        raise
    return connection


def _create_tables(connection: sqlite3.Connection) -> None:
    connection.executescript(
        f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    )


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise LibraryUnusable(f"{path} is the file of another program; give another --library")
    if version > VERSION:
        raise LibraryUnusable(f"{path} was made by a newer Sort-By-Face; update this one, or give another --library")
    for earlier in range(version, VERSION):
        connection.executescript(f"BEGIN; {MIGRATIONS[earlier]} PRAGMA user_version = {earlier + 1}; COMMIT;")
