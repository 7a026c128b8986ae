"""Every value is of the kind that its column is for: in a damaged file any may have become another."""

import sqlite3
from collections.abc import Iterator

from sortbyface.library.finding import Finding, by_sql
from sortbyface.library.tables import tables_of

_STORED_AS = {"INTEGER": "integer", "REAL": "real", "TEXT": "text", "BLOB": "blob"}


def check_values(connection: sqlite3.Connection) -> Iterator[Finding]:
    """One finding for a column with values of another kind."""
    for table, columns in tables_of(connection).items():
        for name, column in columns.items():
            kind = _STORED_AS[column.type]
            allowed = f"'{kind}'" if column.required else f"'{kind}', 'null'"
            wrong = f'typeof("{name}") NOT IN ({allowed})'
            if kind == "text":
                wrong = f"({wrong} OR instr(CAST(\"{name}\" AS BLOB), x'00'))"  # no name has a zero in it
            rows = connection.execute(f"SELECT count(*) FROM {table} WHERE {wrong}").fetchone()[0]
            if not rows:
                continue
            what = f"{table}: {rows:,} rows have something as {name} that is no {kind}"
            if column.required:
                yield Finding(what, "they are removed", by_sql(f"DELETE FROM {table} WHERE {wrong}"))
            else:
                mend = by_sql(f'UPDATE {table} SET "{name}" = NULL WHERE {wrong}')
                yield Finding(what, f"their {name} is forgotten", mend)
