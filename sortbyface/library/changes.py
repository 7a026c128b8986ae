"""What the user did to people: recorded as it happens, row by row, so that it can be undone."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sortbyface.faces.face import Box
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.library.people import KnownPeople

_TABLES = {
    "people": ("id", "name", "hidden", "cover"),
    "placements": ("id", "content", "left", "top", "right", "bottom", "person", "confirmed", "similarity"),
    "rejections": ("id", "content", "left", "top", "right", "bottom", "person"),
}
"""What is recorded: tables, and their columns."""

_Row = dict[str, Any]
"""Column -> value, in the order of the columns."""

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
        """One change, and one transaction: all rows of people that change in the `with` block belong to it.

        If none does, there is nothing to undo, and nothing is recorded.
        """
        with self._connection as db:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            change = db.execute("INSERT INTO changes (at, words) VALUES (?, ?)", [now, words]).lastrowid
            for statement in _triggers():
                db.execute(statement)
            yield
            for table in _TABLES:
                for event in ("insert", "update", "delete"):
                    db.execute(f"DROP TRIGGER recorded_{table}_{event}")
            if not db.execute("SELECT 1 FROM changed_rows WHERE change = ?", [change]).fetchone():
                db.execute("DELETE FROM changes WHERE id = ?", [change])

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
                table, before, after = row["table"], _values(row["before"]), _values(row["after"])
                if after is not None and not self._is_there(table, row["row"], after):
                    continue
                if before is None:
                    self._take_out(table, row["row"])
                elif after is None:
                    self._bring_back(table, row["row"], before)
                else:
                    self._restore(table, row["row"], before, after)
            KnownPeople(db).forget_stray_covers()
            db.execute("UPDATE changes SET undone = 1 WHERE id = ?", [change.id])

    def _is_there(self, table: str, row: int, after: _Row) -> bool:
        """Whether a row is still that of the same face: SQLite gives the number of one that is gone to a later one."""
        now = self._connection.execute(f"SELECT * FROM {table} WHERE id = ?", [row]).fetchone()
        return now is not None and ("content" not in after or now["content"] == after["content"])

    def _take_out(self, table: str, row: int) -> None:
        if table != "people" or not self._has_faces(row):
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", [row])

    def _bring_back(self, table: str, row: int, before: _Row) -> None:
        if table == "placements" and not self._gives_way(before):
            return
        self._connection.execute(
            f"UPDATE {table} SET id = (SELECT max(id) + 1 FROM {table}) WHERE id = ?", [row]
        )  # of whoever has got the number since; no change that could still be undone knows them by it
        columns, places = _listed(_TABLES[table]), ", ".join("?" * len(before))
        self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(before.values()))

    def _gives_way(self, before: _Row) -> bool:
        """Whether the face is nobody's but by grouping; then it is nobody's now."""
        people = KnownPeople(self._connection)
        box = None if before["left"] is None else Box(*(before[side] for side in Box._fields))
        same = [one for one in people.placements_in(before["content"]) if overlap(one.box, box) >= SAME_FACE]
        surely = any(one.confirmed for one in same)
        for one in same:
            if not surely and one.id is not None:
                people.remove_placement(one.id)
        return not surely

    def _restore(self, table: str, row: int, before: _Row, after: _Row) -> None:
        columns = [column for column in _TABLES[table] if before[column] != after[column]]
        now = self._connection.execute(f"SELECT * FROM {table} WHERE id = ?", [row]).fetchone()
        if all(now[column] == after[column] for column in columns if column not in _REALS):
            assignments = ", ".join(f'"{column}" = ?' for column in columns)
            values = [before[column] for column in columns]
            self._connection.execute(f"UPDATE {table} SET {assignments} WHERE id = ?", [*values, row])

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
            changed = (
                f"WHEN ({_listed(columns, 'OLD.')}) IS NOT ({_listed(columns, 'NEW.')})" if event == "update" else ""
            )
            yield f"""CREATE TEMP TRIGGER recorded_{table}_{event} AFTER {event} ON main.{table} {changed} BEGIN
                INSERT INTO changed_rows (change, "table", "row", before, after)
                VALUES ((SELECT max(id) FROM changes), '{table}', {row}.id, {values}); END"""


def _exactly(row: str, column: str) -> str:
    """JSON would round a number; as SQL writes it, it comes back to the last bit."""
    return f'quote({row}."{column}")' if column in _REALS else f'{row}."{column}"'


def _values(text: str | None) -> _Row | None:
    if text is None:
        return None
    values: _Row = json.loads(text)
    for column in _REALS & values.keys():
        values[column] = None if values[column] == "NULL" else float(values[column])
    return values


def _listed(columns: tuple[str, ...], of: str = "") -> str:
    return ", ".join(f'{of}"{column}"' for column in columns)
