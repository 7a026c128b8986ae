"""The rows of a damaged table: those before, between and after its damaged pages."""

import sqlite3
from collections.abc import Iterator

Row = tuple[object, ...]

_FURTHEST = 1 << 40
"""No table has so many rows."""


def readable_rows(source: sqlite3.Connection, table: str, columns: list[str], key: list[str]) -> Iterator[Row]:
    """The rows of a table that SQLite can get at. key: the columns of the primary key, in order."""
    listed = ", ".join(f'"{name}"' for name in columns)
    try:
        source.execute(f"SELECT rowid FROM {table} LIMIT 0")
    except sqlite3.OperationalError:
        yield from _from_both_ends(source, f"SELECT {listed} FROM {table} ORDER BY", key)
    else:
        yield from _by_rowid(source, f"SELECT rowid, {listed} FROM {table} WHERE rowid >= ? ORDER BY rowid")


def _by_rowid(source: sqlite3.Connection, query: str) -> Iterator[Row]:
    """All rows but those on damaged pages, which are leapt over."""
    start: int | None = 1
    while start is not None:
        try:
            for rowid, *row in source.execute(query, [start]):
                start = max(start, rowid + 1)
                yield tuple(row)
            return
        except sqlite3.DatabaseError:
            start = _next_readable(source, query, start)


def _next_readable(source: sqlite3.Connection, query: str, start: int) -> int | None:
    """The first row number, not before `start`, from which on something can be read; None: from none."""
    unreadable, step = start - 1, 1
    while not _is_readable(source, query, start + step):
        unreadable = start + step
        step *= 2
        if step > _FURTHEST:
            return None
    readable = start + step
    while readable - unreadable > 1:
        middle = (readable + unreadable) // 2
        if _is_readable(source, query, middle):
            readable = middle
        else:
            unreadable = middle
    return readable


def _is_readable(source: sqlite3.Connection, query: str, start: int) -> bool:
    try:
        source.execute(query, [start]).fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def _from_both_ends(source: sqlite3.Connection, query: str, key: list[str]) -> Iterator[Row]:
    """All rows up to the first damaged page, and from the last one on."""
    for direction in ("ASC", "DESC"):
        try:
            for row in source.execute(query + ",".join(f' "{name}" {direction}' for name in key)):
                yield tuple(row)
            return
        except sqlite3.DatabaseError:
            continue
