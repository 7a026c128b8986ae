"""What SQLite complains of, in words for the user."""

import sqlite3
from pathlib import Path

from sortbyface.errors import LibraryUnusable

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_NOT_ALLOWED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

UNREADABLE_TABLES = "the list of its tables is no text"


def damaged(path: Path, what: object) -> LibraryUnusable:
    """The library's file is not as it was written."""
    return LibraryUnusable(f"{path} is damaged ({what}); mend it: python -m sortbyface check --repair --library {path}")


def explained(path: Path, error: sqlite3.Error) -> LibraryUnusable | None:
    """Why the file cannot be worked with, and what to do; None where SQLite's reason is not the user's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code: what is above only refines it
    if code == sqlite3.SQLITE_NOTADB:
        return LibraryUnusable(
            f"{path} is not a library, or is damaged ({error}); give another --library,"
            f" or see what can be saved: python -m sortbyface check --repair --library {path}"
        )
    if code in _DAMAGED:
        return damaged(path, error)
    if code == sqlite3.SQLITE_FULL:
        return LibraryUnusable(f"{path}: the disk is full; what was done before is kept. Make room and run this again")
    if code in _NOT_ALLOWED:
        return LibraryUnusable(f"{path} cannot be written ({error}); allow writing there, or give another --library")
    if code in _IN_USE:
        return LibraryUnusable(f"{path} is held by another program ({error}); close it there and run this again")
    if code == sqlite3.SQLITE_IOERR:
        return LibraryUnusable(
            f"{path} cannot be read or written ({error}); what was done before is kept. Is its disk connected?"
        )
    return None
