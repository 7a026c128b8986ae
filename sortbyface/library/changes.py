"""What the user did to people: recorded as it happens, row by row, so that it can be undone."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_TABLES = {
    "people": ("id", "name", "hidden", "cover"),
    "placements": ("id", "content", "left", "top", "right", "bottom", "person", "confirmed", "similarity"),
    "rejections": ("id", "content", "left", "top", "right", "bottom", "person"),
}
"""What is recorded: tables, and their columns."""

_REALS = {"left", "top", "right", "bottom", "similarity"}
"""What grouping may change: a row that differs in these alone is still as the user left it."""


@dataclass(frozen=True)
class Change:
    """One thing that the user did."""

    id: int
    at: str
    """ISO 8601, UTC."""

    words: str


class Changes:
    """The user's changes of a library's people."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def recorded(self, words: str) -> Iterator[None]:
        """One change, and one transaction: all rows of people that change in the `with` block belong to it."""
        with self._connection as db:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            db.execute("INSERT INTO changes (at, words) VALUES (?, ?)", [now, words])
            for statement in _triggers():
                db.execute(statement)
            yield
            for table in _TABLES:
                for event in ("insert", "update", "delete"):
                    db.execute(f"DROP TRIGGER recorded_{table}_{event}")

    def latest(self) -> Change | None:
        """The last one that has not been undone."""
        query = "SELECT id, at, words FROM changes WHERE NOT undone ORDER BY id DESC LIMIT 1"
        row = self._connection.execute(query).fetchone()
        return Change(row["id"], row["at"], row["words"]) if row else None

    def undo(self, change: Change) -> None:
        """Bring all its rows back to what they were, but for those that have been changed otherwise since.

        Faces that came to a person after the change stay with that person.
        """
        with self._connection as db:
            db.execute("PRAGMA defer_foreign_keys = ON")
            query = 'SELECT "table", "row", before, after FROM changed_rows WHERE change = ? ORDER BY id DESC'
            for row in db.execute(query, [change.id]).fetchall():
                before, after = _values(row["before"]), _values(row["after"])
                self._restore(row["table"], row["row"], before, after)
            db.execute("UPDATE changes SET undone = 1 WHERE id = ?", [change.id])

    def _restore(self, table: str, row: int, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        columns = _TABLES[table]
        found = self._connection.execute(f"SELECT {_listed(columns)} FROM {table} WHERE id = ?", [row]).fetchone()
        now = dict(found) if found else None
        if now and after and any(now[c] != after[c] for c in columns if c not in _REALS):
            return
        if before is None:
            if table != "people" or not self._has_faces(row):
                self._connection.execute(f"DELETE FROM {table} WHERE id = ?", [row])
            return
        if now and after:
            changed = [column for column in columns if before[column] != after[column]]
            for column in changed:
                self._connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE id = ?', [before[column], row])
        elif not now:
            places = ", ".join("?" * len(columns))
            values = [before[column] for column in columns]
            self._connection.execute(f"INSERT INTO {table} ({_listed(columns)}) VALUES ({places})", values)

    def _has_faces(self, person: int) -> bool:
        query = "SELECT 1 FROM placements WHERE person = ? UNION SELECT 1 FROM rejections WHERE person = ?"
        return self._connection.execute(query, [person, person]).fetchone() is not None


def _triggers() -> Iterator[str]:
    """For as long as a change is made, SQLite itself notes each row before and after: no method can forget to."""
    for table, columns in _TABLES.items():
        before, after = (
            "json_object(" + ", ".join(f"'{column}', {_exactly(row, column)}" for column in columns) + ")"
            for row in ("OLD", "NEW")
        )
        for event, row, values in (
            ("insert", "NEW", f"NULL, {after}"),
            ("update", "OLD", f"{before}, {after}"),
            ("delete", "OLD", f"{before}, NULL"),
        ):
            yield f"""CREATE TEMP TRIGGER recorded_{table}_{event} AFTER {event} ON main.{table} BEGIN
                INSERT INTO changed_rows (change, "table", "row", before, after)
                VALUES ((SELECT max(id) FROM changes), '{table}', {row}.id, {values}); END"""


def _exactly(row: str, column: str) -> str:
    """JSON would round a number; as SQL writes it, it comes back to the last bit."""
    return f'quote({row}."{column}")' if column in _REALS else f'{row}."{column}"'


def _values(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    values: dict[str, Any] = json.loads(text)
    for column in _REALS & values.keys():
        values[column] = None if values[column] == "NULL" else float(values[column])
    return values


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
