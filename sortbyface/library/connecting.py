"""A file -> the tables of a library in it: made if there are none, brought up to date if they are old."""

import logging
import os
import sqlite3
from pathlib import Path

from sortbyface.errors import LibraryUnusable
from sortbyface.library.backup import back_up
from sortbyface.library.network_folder import network_file_system
from sortbyface.library.schema import APPLICATION_ID, MIGRATIONS, TABLES, VERSION
from sortbyface.library.trouble import UNREADABLE_TABLES, damaged, explained

LATEST_IMAGINABLE = VERSION + 1000
"""A library that says it is of a later version than this is damaged, not new."""

_log = logging.getLogger(__name__)


def connect(path: Path) -> sqlite3.Connection:
    """Raises LibraryUnusable for the file of another program, of a newer version of this one, or a damaged one.

    On a network drive the user is warned, and SQLite's write-ahead log, which needs memory that all who have the
    file open share, gives way to the older rollback journal (docs/library.md).
    """
    network = network_file_system(path)
    if network:
        _log.warning(
            "%s is on a network drive (%s), where it is slow and not as safe; keep it on this computer, with --library",
            path,
            network,
        )
    try:
        connection = raw_connection(path)
        try:
            if network:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # a log from elsewhere is read without it, too
            _bring_up_to_date(connection, path)
            connection.execute(f"PRAGMA journal_mode = {'DELETE' if network else 'WAL'}")
            connection.execute(f"PRAGMA synchronous = {'FULL' if network else 'NORMAL'}")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise explained(path, error) or damaged(path, error) from error
    except UnicodeDecodeError as error:  # SQLite complains, and quotes what it complains of
        raise damaged(path, UNREADABLE_TABLES) from error
    return connection


def raw_connection(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """To whatever the file holds."""
    where = path.absolute().as_uri()
    if path.absolute().drive.startswith("\\\\"):
        where = where.replace("file://", "file:////", 1)  # SQLite knows no \\server but as a part of the path
    connection = sqlite3.connect(f"{where}?mode={'ro' if read_only else 'rwc'}", uri=True)
    connection.row_factory = sqlite3.Row
    connection.text_factory = os.fsdecode  # names of files are bytes to some systems
    return connection


def create_tables(connection: sqlite3.Connection) -> None:
    """Make an empty file a library: whole or not at all."""
    connection.executescript(
        f"BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;"
    )


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    if not connection.execute("PRAGMA page_count").fetchone()[0]:
        create_tables(connection)
        return
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise LibraryUnusable(
            f"{path} is the file of another program, or damaged; give another --library,"
            f" or see what it is: python -m sortbyface check --library {path}"
        )
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone():
        raise LibraryUnusable(
            f"{path} would do more than keep what it is given, so it is not used; give another --library"
        )
    if not 1 <= version <= LATEST_IMAGINABLE:
        raise damaged(path, f"it says that it is of version {version}")
    if version > VERSION:
        raise LibraryUnusable(f"{path} was made by a newer Sort-By-Face; update this one, or give another --library")
    if version < VERSION:
        _migrate(connection, path, version)


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """All steps are one transaction; a backup is whole before it begins."""
    backup = back_up(connection, path, f"version-{version}")
    steps = "".join(MIGRATIONS[earlier] for earlier in range(version, VERSION))
    connection.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {VERSION}; COMMIT;")
    _log.warning("%s is of an earlier version and was brought up to date; as it was, it is kept as %s", path, backup)
