"""People, what is known of their faces, and what the library remembers by name."""

import json
import sqlite3
from collections.abc import Iterator

from sortbyface.library.finding import Finding, Mend, by_sql
from sortbyface.recipe import Recipe

_NO_BOX = """NOT ("left" IS NULL AND top IS NULL AND "right" IS NULL AND bottom IS NULL)
    AND NOT coalesce("left" < "right" AND top < bottom AND abs("left") < 1e6 AND abs(top) < 1e6
        AND abs("right") < 1e6 AND abs(bottom) < 1e6, 0)"""

_COVER_OF_ANOTHER = """cover IS NOT NULL AND
    NOT EXISTS (SELECT 1 FROM placements WHERE placements.id = cover AND placements.person = people.id)"""

_NUMBER_BEHIND = """coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'people'), 0)
    < coalesce((SELECT max(id) FROM people), 0)"""


def check_people(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Boxes, covers and numbers of people; what can be undone of their changes."""
    for table in ("placements", "rejections"):
        rows = _count(connection, table, _NO_BOX)
        if rows:
            mend = by_sql(
                f'UPDATE {table} SET "left" = NULL, top = NULL, "right" = NULL, bottom = NULL WHERE {_NO_BOX}'
            )
            what = f"{table}: {rows:,} rows have a box that is none"
            yield Finding(what, "the box is forgotten, the person in the picture is not", mend)
    rows = _count(connection, "people", _COVER_OF_ANOTHER)
    if rows:
        mend = by_sql(f"UPDATE people SET cover = NULL WHERE {_COVER_OF_ANOTHER}")
        yield Finding(f"people: {rows:,} have a cover that is no face of theirs", "the cover is forgotten", mend)
    if connection.execute(f"SELECT {_NUMBER_BEHIND}").fetchone()[0]:
        yield Finding("people: the next new one would get a number that is taken", "it is set right", _set_number)
    for change in _unreadable_changes(connection):
        yield Finding(
            f"changes: what change {change} did cannot be read, so that it cannot be undone",
            "the record of it is removed; people stay as they are",
            _forget_change(change),
        )


def check_recipes(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Ways of looking can be told, and so can the one in use."""
    known = set()
    for row, name in connection.execute("SELECT id, name FROM recipes").fetchall():
        if _is_recipe(name):
            known.add(name)
        else:
            mend = by_sql("DELETE FROM recipes WHERE id = ?", row)
            yield Finding(f"recipes: {name!r} is none", "it is removed, with the faces that it found", mend)
    found = connection.execute("SELECT value FROM settings WHERE name = 'recipe in use'").fetchone()
    if found[0] not in known if found else known:
        remedy = "the one that most photos were looked at with is taken"
        yield Finding("settings: which recipe is in use is not known", remedy, _take_the_commonest)


def _take_the_commonest(connection: sqlite3.Connection) -> None:
    commonest = """SELECT 'recipe in use', recipes.name FROM recipes LEFT JOIN looks ON recipe = recipes.id
        GROUP BY recipes.id ORDER BY count(content) DESC, recipes.id DESC LIMIT 1"""
    connection.execute("DELETE FROM settings WHERE name = 'recipe in use'")
    connection.execute(f"INSERT INTO settings {commonest}")


def _is_recipe(name: str) -> bool:
    try:
        Recipe.parse(name)
    except ValueError:
        return False
    return True


def _count(connection: sqlite3.Connection, table: str, condition: str) -> int:
    count: int = connection.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()[0]
    return count


def _set_number(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'people'")
    connection.execute("INSERT INTO sqlite_sequence SELECT 'people', max(id) FROM people")


def _unreadable_changes(connection: sqlite3.Connection) -> list[int]:
    changes = set()
    for change, *texts in connection.execute("SELECT change, before, after FROM changed_rows"):
        try:
            for text in texts:
                json.loads(text or "null")
        except ValueError:
            changes.add(change)
    return sorted(changes)


def _forget_change(change: int) -> Mend:
    def mend(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM changed_rows WHERE change = ?", [change])
        connection.execute("DELETE FROM changes WHERE id = ?", [change])

    return mend
