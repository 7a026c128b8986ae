"""What a library remembers by name."""

import os
import sqlite3


class Settings:
    """Name -> value."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getitem__(self, name: str) -> str | None:
        """None if there is none."""
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
        return row["value"] if row else None

    def __setitem__(self, name: str, value: str) -> None:
        """Within the transaction that is open."""
        query = "INSERT OR REPLACE INTO settings VALUES (?, CAST(? AS TEXT))"  # names of files may be any bytes
        self._connection.execute(query, [name, os.fsencode(value)])

    def __delitem__(self, name: str) -> None:
        """Within the transaction that is open; nothing happens if there is none."""
        self._connection.execute("DELETE FROM settings WHERE name = ?", [name])
