"""Who is who."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from sortbyface.faces.face import Box
from sortbyface.library.records import Placement


class KnownPeople:
    """The people of a library."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def placements(self) -> list[Placement]:
        """Who was seen where, as the last grouping left it."""
        rows = self._connection.execute("SELECT content, left, top, right, bottom, person FROM placements")
        return [Placement(row["content"], _box(row), row["person"]) for row in rows]

    def next_person(self) -> int:
        """The id that the next new person gets: ids are never used twice."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'people'").fetchone()
        return row["seq"] + 1 if row else 1

    def replace_placements(self, placements: Iterable[Placement]) -> None:
        """Keep the outcome of a grouping in place of the one before, with all people that it names."""
        with self._connection as db:
            db.execute("DELETE FROM placements")
            for content, box, person in placements:
                db.execute("INSERT OR IGNORE INTO people (id) VALUES (?)", [person])
                db.execute(
                    """INSERT INTO placements (content, "left", top, "right", bottom, person) VALUES (?, ?, ?, ?, ?, ?)""",
                    [content, *(box or [None] * 4), person],
                )


def _box(row: Any) -> Box | None:
    return None if row["left"] is None else Box(row["left"], row["top"], row["right"], row["bottom"])
