"""The catalogue of photos, faces, people and copies, in one SQLite file.

One writer at a time, held off by a lock file; every method that changes something is one transaction,
so a kill at any moment leaves the state before it or after it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sortbyface.errors import LibraryUnusable, SortByFaceError
from sortbyface.library.changes import Changes
from sortbyface.library.connecting import connect
from sortbyface.library.faces import KnownFaces
from sortbyface.library.health import Health
from sortbyface.library.journal import Journal
from sortbyface.library.locking import held
from sortbyface.library.overview import Overview
from sortbyface.library.people import KnownPeople
from sortbyface.library.photos import KnownPhotos
from sortbyface.library.portraits import Portraits
from sortbyface.library.relocating import Relocation
from sortbyface.library.settings import Settings
from sortbyface.library.trouble import damaged, explained
from sortbyface.recipe import Recipe

_RECIPE_IN_USE = "recipe in use"
_UNFINISHED_LOOK = "unfinished look"
_SORT_CHOICES = "sort choices"


class Library:
    """Open one with `Library.opened(path)`; it is closed, and free for others, at the end of the `with` block."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._settings = Settings(connection)
        self.photos = KnownPhotos(connection)
        self.faces = KnownFaces(connection)
        self.people = KnownPeople(connection)
        self.changes = Changes(connection)
        self.journal = Journal(connection)
        self.overview = Overview(connection)
        self.portraits = Portraits(connection)
        self.health = Health(connection)
        self.relocation = Relocation(connection, self.photos)

    @classmethod
    @contextmanager
    def opened(cls, path: Path, *, create: bool = False) -> Iterator["Library"]:
        """Raises LibraryUnusable when there is none (unless create) or it is not one, LibraryBusy when it is in use.

        So does the `with` block for whatever goes wrong in it because the library is damaged or cannot be written.
        """
        if not create:
            check_is_there(path)
        with held(path), closing(connect(path)) as connection:
            library = cls(connection)
            try:
                yield library
            except (SortByFaceError, OSError):
                raise
            except Exception as error:
                cause = library._cause(path, error)
                if cause is None:
                    raise
                raise cause from error

    def _cause(self, path: Path, error: Exception) -> LibraryUnusable | None:
        """The state of the library, if that is behind an error.

        A damaged one can give any value where another is expected, so that any error may come of it.
        """
        known = explained(path, error) if isinstance(error, sqlite3.Error) else None
        if known:
            return known
        damage = self.health.first_damage()
        return damaged(path, damage) if damage else None

    @property
    def recipe(self) -> Recipe | None:
        """The recipe of the latest look, whose faces are grouped; None before the first."""
        name = self._settings[_RECIPE_IN_USE]
        return Recipe.parse(name) if name else None

    @recipe.setter
    def recipe(self, recipe: Recipe) -> None:
        with self._connection as db:
            db.execute("INSERT OR IGNORE INTO recipes (name) VALUES (?)", [str(recipe)])
            self._settings[_RECIPE_IN_USE] = str(recipe)

    @property
    def unfinished_look(self) -> Path | None:
        """The folder that was being looked at when the program ended, however it did; None if the last look is done."""
        folder = self._settings[_UNFINISHED_LOOK]
        return Path(folder) if folder else None

    @unfinished_look.setter
    def unfinished_look(self, folder: Path | None) -> None:
        with self._connection:
            if folder is None:
                del self._settings[_UNFINISHED_LOOK]
            else:
                self._settings[_UNFINISHED_LOOK] = str(folder)

    @property
    def sort_choices(self) -> str | None:
        """How the user sorted last, as JSON; None before the first time."""
        return self._settings[_SORT_CHOICES]

    @sort_choices.setter
    def sort_choices(self, choices: str) -> None:
        with self._connection:
            self._settings[_SORT_CHOICES] = choices


def check_is_there(path: Path) -> None:
    """Raises LibraryUnusable when there is no library."""
    if not path.is_file():
        raise LibraryUnusable(f"{path}: no library here yet; look at photos first: python embedder.py -src PHOTOS")
