"""Who is who: people, their faces, and who a face is not."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sortbyface.faces.face import Box
from sortbyface.library.records import Known, PersonRecord, Placement, Rejection, Tally

_PLACEMENT = 'id, content, "left", top, "right", bottom, person, confirmed, similarity'


class KnownPeople:
    """The people of a library.

    What the user does to them, one change after the other, goes through `Library.changes`, within whose transaction the
    methods of one row are meant to be called.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def known(self) -> Known:
        """All that a grouping has to heed."""
        return Known(self.placements(), self.rejections(), self.records(), self.next_person())

    def records(self) -> list[PersonRecord]:
        """Everybody, by id."""
        rows = self._connection.execute("SELECT id, name, hidden, cover FROM people ORDER BY id")
        return [PersonRecord(row["id"], row["name"], bool(row["hidden"]), row["cover"]) for row in rows]

    def placements(self) -> list[Placement]:
        """Who was seen where."""
        rows = self._connection.execute(f"SELECT {_PLACEMENT} FROM placements ORDER BY id")
        return [_placement(row) for row in rows]

    def placements_of(self, person: int) -> list[Placement]:
        """Where somebody was seen."""
        rows = self._connection.execute(f"SELECT {_PLACEMENT} FROM placements WHERE person = ? ORDER BY id", [person])
        return [_placement(row) for row in rows]

    def placements_in(self, content: int) -> list[Placement]:
        """Who was seen in a picture."""
        rows = self._connection.execute(f"SELECT {_PLACEMENT} FROM placements WHERE content = ? ORDER BY id", [content])
        return [_placement(row) for row in rows]

    def rejections(self) -> list[Rejection]:
        """Who was taken out of whose faces."""
        query = 'SELECT content, "left", top, "right", bottom, person FROM rejections ORDER BY id'
        return [Rejection(row["content"], _box(row), row["person"]) for row in self._connection.execute(query)]

    def rejections_of(self, person: int) -> list[Rejection]:
        """Which faces were taken out of somebody's."""
        query = 'SELECT content, "left", top, "right", bottom FROM rejections WHERE person = ? ORDER BY id'
        rows = self._connection.execute(query, [person])
        return [Rejection(row["content"], _box(row), person) for row in rows]

    def tallies(self) -> dict[int, Tally]:
        """Person -> how much is known of them, for those of whom any face is."""
        query = """SELECT person, count(DISTINCT content) AS photos, count(*) AS faces, sum(confirmed) AS confirmed
            FROM placements GROUP BY person"""
        return {
            row["person"]: Tally(row["photos"], row["faces"], row["confirmed"])
            for row in self._connection.execute(query)
        }

    def next_person(self) -> int:
        """The id that the next new person gets: ids are never used twice."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'people'").fetchone()
        return row["seq"] + 1 if row else 1

    def keep_placements(self, placements: Sequence[Placement]) -> None:
        """Keep the outcome of a grouping in place of the one before, with all people that it names.

        Those that have an id continue what had it; whatever is not among them is forgotten.
        """
        with self._connection as db:
            before = {placement.id: placement for placement in self.placements()}
            staying = {placement.id for placement in placements if placement.id is not None}
            people = {placement.person for placement in placements}
            db.executemany("INSERT OR IGNORE INTO people (id) VALUES (?)", [(person,) for person in sorted(people)])
            db.executemany("DELETE FROM placements WHERE id = ?", [(row,) for row in before if row not in staying])
            for placement in placements:
                if placement.id is None:
                    self.add_placement(placement)
                elif placement != before.get(placement.id):
                    self.update_placement(placement)
            self.forget_stray_covers()

    # --- one row, within a transaction ------------------------------------------------------------------------------

    def add_person(self, name: str | None = None, person: int | None = None) -> int:
        """A new person, with a new id unless one is given."""
        query = "INSERT INTO people (id, name) VALUES (?, ?) RETURNING id"
        new: int = self._connection.execute(query, [person, name]).fetchone()["id"]
        return new

    def update_person(self, record: PersonRecord) -> None:
        """Name, hiding and cover of somebody who is there."""
        values = [record.name, record.hidden, record.cover, record.id]
        self._connection.execute("UPDATE people SET name = ?, hidden = ?, cover = ? WHERE id = ?", values)

    def forget_stray_covers(self) -> None:
        """Nobody is stood for by a face that is somebody else's now, or is gone."""
        self._connection.execute(
            """UPDATE people SET cover = NULL WHERE cover IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM placements WHERE placements.id = cover AND person = people.id)"""
        )

    def remove_person(self, person: int) -> None:
        """Somebody of whom nothing is known any more but their number, which nobody gets again."""
        self._connection.execute("DELETE FROM people WHERE id = ?", [person])

    def add_placement(self, placement: Placement) -> int:
        """Gives its id."""
        query = f"INSERT INTO placements ({_PLACEMENT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
        new: int = self._connection.execute(query, [placement.id, *_values(placement)]).fetchone()["id"]
        return new

    def update_placement(self, placement: Placement) -> None:
        """All of it, by its id."""
        query = """UPDATE placements SET content = ?, "left" = ?, top = ?, "right" = ?, bottom = ?,
            person = ?, confirmed = ?, similarity = ? WHERE id = ?"""
        self._connection.execute(query, [*_values(placement), placement.id])

    def remove_placement(self, placement: int) -> None:
        """By its id."""
        self._connection.execute("DELETE FROM placements WHERE id = ?", [placement])

    def reject(self, rejection: Rejection) -> None:
        """A face is not somebody's."""
        query = 'INSERT INTO rejections (content, "left", top, "right", bottom, person) VALUES (?, ?, ?, ?, ?, ?)'
        self._connection.execute(query, [rejection.content, *(rejection.box or [None] * 4), rejection.person])

    def forget_rejection(self, rejection: Rejection) -> None:
        """The user has come to think otherwise."""
        query = """DELETE FROM rejections WHERE content = ? AND "left" IS ? AND top IS ? AND "right" IS ?
            AND bottom IS ? AND person = ?"""
        self._connection.execute(query, [rejection.content, *(rejection.box or [None] * 4), rejection.person])


def _placement(row: Any) -> Placement:
    confirmed = bool(row["confirmed"])
    return Placement(row["content"], _box(row), row["person"], confirmed, row["similarity"], row["id"])


def _values(placement: Placement) -> list[Any]:
    box = placement.box or [None] * 4
    return [placement.content, *box, placement.person, placement.confirmed, placement.similarity]


def _box(row: Any) -> Box | None:
    return None if row["left"] is None else Box(row["left"], row["top"], row["right"], row["bottom"])
