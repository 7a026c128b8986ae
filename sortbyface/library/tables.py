"""Which tables a library has, and with which columns."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import cache
from typing import NamedTuple

from sortbyface.library.schema import TABLES


class Column(NamedTuple):
    """A column, as declared."""

    type: str
    required: bool
    key: int
    """Its place in the primary key, from 1; 0: not in it."""


Tables = Mapping[str, Mapping[str, Column]]


def tables_of(connection: sqlite3.Connection) -> Tables:
    """Table -> column -> what it is. SQLite's own tables are left out."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: _columns(connection, name) for (name,) in names.fetchall()}


def indexes_of(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Index -> its columns, in order. Those that SQLite makes for keys are left out."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    query = "SELECT name FROM pragma_index_info(?) ORDER BY seqno"
    return {name: tuple(row[0] for row in connection.execute(query, [name])) for (name,) in names}


@cache
def tables_wanted() -> Tables:
    """Of this version."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        return tables_of(connection)


def has_all_tables(connection: sqlite3.Connection) -> bool:
    """Whether all tables of this version are there as they should be; others beside them do no harm."""
    there = tables_of(connection)
    return all(there.get(name) == columns for name, columns in tables_wanted().items())


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, Column]:
    query = 'SELECT name, type, "notnull", pk FROM pragma_table_info(?)'
    rows = connection.execute(query, [table]).fetchall()
    return {name: Column(kind, bool(required or key), key) for name, kind, required, key in rows}
