"""A library of photos whose people are made up, as fast as files can be written."""

import hashlib
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import SortOutcome, sort_photos
from sortbyface.jobs.undo import UndoOutcome, undo
from sortbyface.library import FileState, Library, PhotoResult
from sortbyface.photos.finding import OUTPUT_MARK
from sortbyface.recipe import Recipe

RECIPE = Recipe("whole", "landmarks-1", "dlib-1", "0" * 16)


class Crowd:
    """Photos in a folder of their own, and the library that knows who is on them."""

    def __init__(self, home: Path) -> None:
        self.photos = home / "Photos"
        self.photos.mkdir()
        self.library = home / LIBRARY
        self.sorted = home / "Sorted"
        self._results: list[PhotoResult] = []

    def photo(self, path: str, *people: int, largest: int | None = None, content: bytes | None = None) -> Path:
        """A photo of these people, 1 to 100; the bytes are its own unless given."""
        file = self.beside(path, content or b"\xff\xd8 photo " + path.encode())
        faces = []
        for place, person in enumerate(people):
            size = 90 if person == largest else 50
            vector = np.zeros(128, dtype=np.float32)
            vector[person] = 1
            box = Box(100.0 * place, 0, 100.0 * place + size, size)
            faces.append(Face(box, 1.0, np.zeros((5, 2), np.float32), Quality(200, 0.5, 0), vector))
        sha256 = hashlib.sha256(file.read_bytes()).digest()
        state = FileState.of(file)
        self._results.append(PhotoResult(path, state, sha256, None, 300, 300, 1, None, tuple(faces)))
        return file

    def beside(self, path: str, content: bytes) -> Path:
        """A file that is not looked at, with a time that is its own."""
        file = self.photos / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        time = 10**18 + int.from_bytes(hashlib.sha256(path.encode()).digest()[:6], "big")
        os.utime(file, ns=(time, time))
        return file

    def look(self) -> None:
        """The library gets to know the photos."""
        with Library.opened(self.library, create=True) as library:
            library.recipe = RECIPE
            root, _ = library.photos.root_of(self.photos)
            library.photos.record(root, self._results, RECIPE)

    def sort(self, **options: Any) -> SortOutcome:
        return sort_photos(self.sorted, library=self.library, **{"threshold": 0.5, "min_photos": 1, **options})

    def undo(self, run: int | None = None, **options: Any) -> UndoOutcome:
        return undo(run, library=self.library, **options)

    def people(self, **values: object) -> None:
        """Change everybody of some ids: people(name="Anna", id=1)."""
        person = values.pop("id")
        with closing(sqlite3.connect(self.library)) as db, db:
            for column, value in values.items():
                db.execute(f"UPDATE people SET {column} = ? WHERE id = ?", [value, person])

    def people_are(self, *names: str) -> None:
        """Those with the first ids."""
        for person, name in enumerate(names, 1):
            self.people(id=person, name=name)

    def keep(self) -> None:
        """Remember the sorted pictures and the library as they are."""
        backup = self.sorted.with_name("Backup")
        shutil.rmtree(backup, ignore_errors=True)
        backup.mkdir()
        shutil.copy(self.library, backup / "library")
        if self.sorted.exists():
            shutil.copytree(self.sorted, backup / "sorted", symlinks=True)

    def put_back(self) -> None:
        """As they were then. Hard links are copies now, of the same times."""
        backup = self.sorted.with_name("Backup")
        shutil.rmtree(self.sorted, ignore_errors=True)
        for file in self.library.parent.glob(f"{self.library.name}*"):
            file.unlink()
        shutil.copy(backup / "library", self.library)
        if (backup / "sorted").exists():
            shutil.copytree(backup / "sorted", self.sorted, symlinks=True)

    def ours(self) -> list[tuple[object, ...]]:
        """What the library believes to be there."""
        with closing(sqlite3.connect(self.library)) as db:
            return db.execute("SELECT path, source, mode, size, mtime_ns FROM copies ORDER BY path").fetchall()


def files(folder: Path) -> dict[str, bytes]:
    """All files below a folder that are no marks of ours."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != OUTPUT_MARK)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def everything(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every name below a folder, with all that a user could miss of it: bytes, times, permissions, where links lead."""
    found: dict[str, tuple[object, ...]] = {}
    for path in [folder, *folder.rglob("*")] if folder.exists() else []:
        status = path.lstat()
        if path.is_symlink():
            what: tuple[object, ...] = ("link", os.path.relpath(os.readlink(path), path))
        elif path.is_dir():
            what = ("folder", stat.S_IMODE(status.st_mode))
        else:
            time = 0 if path.name == OUTPUT_MARK else status.st_mtime_ns
            what = ("file", path.read_bytes(), time, stat.S_IMODE(status.st_mode))
        found[path.relative_to(folder).as_posix()] = what
    return found
