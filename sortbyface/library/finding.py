"""Something in a library, or about the files that it knows, that is not as it should be."""

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

Mend = Callable[[sqlite3.Connection], object]


class Finding(NamedTuple):
    """One disagreement."""

    what: str
    """Where it is, and what is wrong."""

    remedy: str
    """What a repair does about it; where it can do nothing, what the user can."""

    mend: Mend | None = None
    """Puts it right without losing anything that could not be had again, within a transaction; None: cannot be."""


def by_sql(statement: str, *values: object) -> Mend:
    """A repair that is one statement."""

    def mend(connection: sqlite3.Connection) -> None:
        connection.execute(statement, values)

    return mend
