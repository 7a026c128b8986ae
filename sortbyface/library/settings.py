"""What a library remembers by name."""

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
        self._connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [name, value])
