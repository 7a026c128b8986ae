"""Is all in a library as it should be, and do the files that it knows agree with it?"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from sortbyface.library.backup import back_up
from sortbyface.library.checks.copies import check_copies
from sortbyface.library.checks.faces import check_faces
from sortbyface.library.checks.people import check_people, check_recipes
from sortbyface.library.checks.photos import check_photos
from sortbyface.library.checks.references import check_references
from sortbyface.library.checks.values import check_values
from sortbyface.library.finding import Finding
from sortbyface.library.sound import damage_of

_Check = Callable[[sqlite3.Connection], Iterator[Finding]]

_INSIDE: Sequence[Sequence[_Check]] = (
    (check_values,),
    (check_references,),
    (check_recipes, check_faces, check_people),
)
"""Each step can only be understood where the one before it found nothing."""

_OUTSIDE: Sequence[_Check] = (check_photos, check_copies)


class Health:
    """What is not well with a library that can be opened."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def findings(self) -> list[Finding]:
        """All that is wrong inside; if nothing is, all in which it differs from the files that it knows."""
        return self._inside() or list(chain.from_iterable(check(self._connection) for check in _OUTSIDE))

    def back_up(self, library: Path) -> Path:
        """Keep the library as it is, beside itself. Raises LibraryUnusable."""
        return back_up(self._connection, library, "before-repair")

    def mend(self, findings: Sequence[Finding]) -> None:
        """Put right what can be, in one transaction. More may come to light when that is done."""
        self._connection.execute("PRAGMA foreign_keys = OFF")  # what points nowhere could not be mended step by step
        try:
            with self._connection as db:
                for finding in findings:
                    if finding.mend:
                        finding.mend(db)
        finally:
            self._connection.execute("PRAGMA foreign_keys = ON")

    def first_damage(self) -> str | None:
        """What is wrong with the library itself, its files aside; None if nothing is."""
        self._connection.rollback()
        try:
            found = damage_of(self._connection) or [finding.what for finding in self._inside()]
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            return str(error)
        return found[0] if found else None

    def _inside(self) -> list[Finding]:
        for step in _INSIDE:
            found = list(chain.from_iterable(check(self._connection) for check in step))
            if found:
                return found
        return []
