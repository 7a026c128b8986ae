"""A library kept as it is, beside itself, before something is done to it that could go wrong."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sortbyface.errors import LibraryUnusable
from sortbyface.naming import give_name, numbered


def back_up(connection: sqlite3.Connection, library: Path, occasion: str) -> Path:
    """Copy a library to `NAME.OCCASION.backup`, or `NAME.OCCASION (2).backup` where that exists.

    It has its name only once it is whole and on the disk; no earlier backup is ever replaced. Raises
    LibraryUnusable, and leaves nothing behind, when it cannot be written.
    """
    part = library.with_name(f".{library.name}.backup.part")
    try:
        part.unlink(missing_ok=True)  # of a run that was killed
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
        return _keep(part, library, f"{occasion}.backup")
    except (OSError, sqlite3.Error) as error:
        raise LibraryUnusable(
            f"{library}: a backup has to be made beside it first, which failed ({error}); nothing was changed."
            " Make room there, and run this again"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def keep_as_it_is(library: Path, ending: str) -> Path:
    """Copy a library's file, and its log, to `NAME.ENDING` byte for byte, damaged as they may be. Raises OSError."""
    part = library.with_name(f".{library.name}.{ending}.part")
    try:
        shutil.copyfile(library, part)
        kept = _keep(part, library, ending)
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{library}-wal", f"{kept}-wal")
    finally:
        part.unlink(missing_ok=True)
    return kept


def _keep(part: Path, library: Path, ending: str) -> Path:
    """Bring a finished file to disk, and give it the first free of the names that it may have. Raises OSError."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    for name in numbered(f"{library.name}.{ending}"):
        try:
            give_name(part, library.with_name(name))
        except FileExistsError:
            continue
        return library.with_name(name)
    raise AssertionError("there is always another number")
