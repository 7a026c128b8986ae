"""The catalogue of photos, faces, people and copies, in one SQLite file.

One writer at a time, held off by a lock file; every method that changes something is one transaction,
so a kill at any moment leaves the state before it or after it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from sortbyface.errors import LibraryBusy, LibraryUnusable
from sortbyface.library.connecting import connect
from sortbyface.library.faces import KnownFaces
from sortbyface.library.journal import Journal
from sortbyface.library.people import KnownPeople
from sortbyface.library.photos import KnownPhotos
from sortbyface.library.settings import Settings
from sortbyface.recipe import Recipe

_RECIPE_IN_USE = "recipe in use"


class Library:
    """Open one with `Library.opened(path)`; it is closed, and free for others, at the end of the `with` block."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._settings = Settings(connection)
        self.photos = KnownPhotos(connection)
        self.faces = KnownFaces(connection)
        self.people = KnownPeople(connection)
        self.journal = Journal(connection)

    @classmethod
    @contextmanager
    def opened(cls, path: Path, *, create: bool = False) -> Iterator["Library"]:
        """Raises LibraryUnusable when there is none (unless create) or it is not one, LibraryBusy when it is in use."""
        if not create and not path.is_file():
            raise LibraryUnusable(f"{path}: no library here yet; look at photos first: python embedder.py -src PHOTOS")
        lock = filelock.FileLock(f"{path}.lock")
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout:
            raise LibraryBusy(
                f"{path} is in use by another run; wait for it to end, or give another --library"
            ) from None
        except OSError as error:
            raise LibraryUnusable(f"{path} cannot be written: {error.strerror}") from error
        try:
            connection = connect(path)
            try:
                yield cls(connection)
            except sqlite3.OperationalError as error:
                raise LibraryUnusable(f"{path}: {error}; what was done before is kept. Is the disk full?") from error
            finally:
                connection.close()
        finally:
            lock.release()

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
