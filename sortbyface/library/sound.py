"""Is a file an undamaged library, as far as SQLite can tell, before anything in it is relied upon?"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sortbyface.errors import LibraryUnusable
from sortbyface.library.connecting import LATEST_IMAGINABLE, raw_connection
from sortbyface.library.schema import APPLICATION_ID, VERSION
from sortbyface.library.tables import has_all_tables, tables_of, tables_wanted
from sortbyface.library.trouble import UNREADABLE_TABLES, explained

_MOST_NAMED = 20

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR}


def damage_of_file(path: Path) -> list[str]:
    """What is wrong with a library's file; an empty list if nothing is, or it is empty. It is only read.

    Raises LibraryUnusable when it is the file of another program, of a newer version, or cannot be read.
    """
    try:
        with closing(raw_connection(path, read_only=True)) as connection:
            if not connection.execute("PRAGMA page_count").fetchone()[0]:
                return []
            _refuse_what_is_not_ours(connection, path)
            return damage_of(connection)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _DAMAGE:
            return [str(error)]
        raise explained(path, error) or error from error
    except UnicodeDecodeError:  # SQLite complains, and quotes what it complains of
        return [UNREADABLE_TABLES]


def damage_of(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the pages, the tables and the marks of a library; an empty list if nothing is.

    Raises sqlite3.DatabaseError where the damage does not let itself be looked at.
    """
    rows = connection.execute(f"PRAGMA integrity_check({_MOST_NAMED})").fetchall()
    found = [line for (text,) in rows for line in text.splitlines() if line != "ok" and not line.startswith("***")]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    complete = has_all_tables(connection)
    if version == VERSION and not complete:
        found.append("tables are missing, or not as they should be")
    if not 1 <= version <= LATEST_IMAGINABLE or (complete and version < VERSION):
        found.append(f"it says that it is of version {version}")
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        found.append("it does not say that it is a library")
    return found


def _refuse_what_is_not_ours(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        if not tables_of(connection).keys() & tables_wanted().keys():
            raise LibraryUnusable(f"{path} is the file of another program; give another --library")
    elif VERSION < connection.execute("PRAGMA user_version").fetchone()[0] <= LATEST_IMAGINABLE:
        raise LibraryUnusable(f"{path} was made by a newer Sort-By-Face; update this one, or give another --library")
