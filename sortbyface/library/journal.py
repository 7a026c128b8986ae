"""The copies that were made."""

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sortbyface.library.records import FileState


class Journal:
    """What was copied where."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def copies(self, destination: Path) -> dict[str, tuple[int, FileState | None]]:
        """Path below a destination -> the content copied there, and the copy as it was left (None: unfinished)."""
        query = "SELECT path, content, size, mtime_ns FROM copies WHERE destination = CAST(? AS TEXT)"
        return {
            row["path"]: (row["content"], None if row["size"] is None else FileState(row["size"], row["mtime_ns"]))
            for row in self._connection.execute(query, [os.fsencode(destination)])
        }

    def note_copies(self, destination: Path, copies: Iterable[tuple[str, int, FileState | None]]) -> None:
        """Journal copies: path below the destination, content, the file's state once it is there (None: not yet)."""
        with self._connection as db:
            query = """INSERT OR REPLACE INTO copies (destination, path, content, mode, size, mtime_ns)
                VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, 'copy', ?, ?)"""
            for path, content, state in copies:
                values = [os.fsencode(destination), os.fsencode(path), content, *(state or (None, None))]
                db.execute(query, values)

    def forget_copies(self, destination: Path, paths: Iterable[str]) -> None:
        """Take copies out of the journal that are no longer there."""
        with self._connection as db:
            query = "DELETE FROM copies WHERE destination = CAST(? AS TEXT) AND path = CAST(? AS TEXT)"
            db.executemany(query, [(os.fsencode(destination), os.fsencode(path)) for path in paths])
