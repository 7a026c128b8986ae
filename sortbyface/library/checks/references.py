"""Every row points at rows that are there."""

import sqlite3
from collections.abc import Iterator

from sortbyface.library.finding import Finding, by_sql
from sortbyface.library.tables import tables_wanted

_LEAVES_NOTHING = {"copies"}
"""Tables whose rows mean something else without what they point at."""


def check_references(connection: sqlite3.Connection) -> Iterator[Finding]:
    """One finding for a column of which some values point nowhere."""
    for table, columns in tables_wanted().items():
        for column, parent in _references(connection, table):
            nowhere = f'"{column}" IS NOT NULL AND "{column}" NOT IN (SELECT id FROM {parent})'
            rows = connection.execute(f"SELECT count(*) FROM {table} WHERE {nowhere}").fetchone()[0]
            if not rows:
                continue
            what = f"{table}: {rows:,} rows name {parent} that are not there"
            if parent == "people":  # who they were is lost, that they are the same is not
                people = f'INSERT OR IGNORE INTO people (id) SELECT DISTINCT "{column}" FROM {table} WHERE {nowhere}'
                yield Finding(what, "they are added anew, without a name", by_sql(people))
            elif columns[column].required or table in _LEAVES_NOTHING:
                yield Finding(what, "they are removed", by_sql(f"DELETE FROM {table} WHERE {nowhere}"))
            else:
                mend = by_sql(f'UPDATE {table} SET "{column}" = NULL WHERE {nowhere}')
                yield Finding(what, f"their {column} is forgotten", mend)


def _references(connection: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """Column -> the table in whose ids its values are."""
    rows = connection.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', [table])
    return [(row[0], row[1]) for row in rows]
