"""A folder was moved: what the library knows of it moves along."""

import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from sortbyface.library.photos import KnownPhotos
from sortbyface.library.records import FileState

_SAMPLE = 200
"""Photos that are looked for at the new place before anything is changed."""

_PATHS = (("copies", "destination"), ("copies", "source"), ("runs", "destination"), ("actions", "source"))
"""Where whole paths stand, besides the roots."""


@dataclass(frozen=True)
class Move:
    """What a relocation changes."""

    known: bool
    """The library knows of something at or below the old folder."""

    photos: int
    """That are known to be below the old folder."""

    looked_for: int
    found: int
    """Of those that were looked for: at the new place is a file of the same size."""

    unchanged: int
    """Of those that were found: with the same time, so that they need not be read again."""


class Relocation:
    """Moves what is known of one folder to another one."""

    def __init__(self, connection: sqlite3.Connection, photos: KnownPhotos) -> None:
        self._connection = connection
        self._photos = photos

    def look_ahead(self, old: str, new: Path) -> Move:
        """What `carry_out` would do. Some photos are looked for at the new place; nothing is changed."""
        mover = _Mover(old, new)
        photos = [(Path(target, path), row) for target, path, row in self._photos_below(mover)]
        sample = [(path, row) for path, row in photos if not row["vanished"]]
        sample = sample[:: max(1, len(sample) // _SAMPLE)]
        found = [(state, row) for path, row in sample if (state := _state(path)) and state.size == row["size"]]
        unchanged = sum(state.mtime_ns == row["mtime_ns"] for state, row in found)
        known = any(mover.moved(path) for table, column in _PATHS for path in self._texts(table, column))
        return Move(known or bool(photos), len(photos), len(sample), len(found), unchanged)

    def carry_out(self, old: str, new: Path) -> None:
        """Set all that is at or below the old folder to the new one. What the library knows there already stays."""
        mover = _Mover(old, new)
        with self._connection as db:
            photos = list(self._photos_below(mover))
            targets = list(dict.fromkeys(target for target, _, _ in photos))
            gone = [(row["root"], os.fsencode(row["path"])) for _, _, row in photos]
            db.executemany("DELETE FROM photos WHERE root = ? AND path = CAST(? AS TEXT)", gone)
            for root, folder in db.execute("SELECT id, path FROM roots").fetchall():
                if target := mover.moved(folder):
                    db.execute("DELETE FROM roots WHERE id = ?", [root])
                    targets.append(target)
            for target in targets:
                self._photos.root_within(Path(target))
            places = {target: self._photos.root_within(Path(target)) for target in targets}
            for target, path, row in photos:
                root, below = places[target]
                values = [root.id, os.fsencode(os.path.join(below, path)), *tuple(row)[2:]]
                db.execute("INSERT OR IGNORE INTO photos VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?)", values)
            self._move_paths(mover)

    def _photos_below(self, mover: "_Mover") -> Iterator[tuple[str, str, sqlite3.Row]]:
        """Each photo at or below the old folder: the root that it is to have, its path below that, its row as it is."""
        for root, folder in self._connection.execute("SELECT id, path FROM roots").fetchall():
            target = mover.moved(folder)
            if target is None and not mover.is_below(folder):
                continue
            query = "SELECT root, path, size, mtime_ns, content, problem, vanished FROM photos WHERE root = ?"
            for row in self._connection.execute(query, [root]):
                if target is not None:
                    yield target, mover.here(row["path"], folder), row
                elif moved := mover.moved(os.path.join(folder, row["path"])):
                    yield str(mover.new), os.path.relpath(moved, mover.new), row

    def _texts(self, table: str, column: str) -> list[str]:
        query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
        return [text for (text,) in self._connection.execute(query)]

    def _move_paths(self, mover: "_Mover") -> None:
        """SQL hands bytes to Python and back: as text, names that are not UTF-8 would not come through."""

        def moved(path: bytes | None) -> bytes | None:
            target = None if path is None else mover.moved(os.fsdecode(path))
            return None if target is None else os.fsencode(target)

        self._connection.create_function("moved", 1, moved, deterministic=True)
        before = set(self._texts("copies", "destination"))
        for table, column in _PATHS:
            target = f"moved(CAST({column} AS BLOB))"
            self._connection.execute(
                f"UPDATE OR IGNORE {table} SET {column} = CAST({target} AS TEXT) WHERE {target} IS NOT NULL"
            )
        after = {mover.moved(destination) or destination for destination in before}
        superseded = [(os.fsencode(destination),) for destination in before - after]
        self._connection.executemany("DELETE FROM copies WHERE destination = CAST(? AS TEXT)", superseded)


class _Mover:
    """Paths at or below the old folder, and where they are now."""

    def __init__(self, old: str, new: Path) -> None:
        kind = _kind(old)
        foreign = kind is not type(PurePath()) and kind(old).is_absolute()
        self._old = {kind(old)} if foreign else {PurePath(os.path.abspath(old)), PurePath(Path(old).resolve())}
        self.new = new.resolve()

    def moved(self, path: str) -> str | None:
        """None for a path that is elsewhere."""
        place = _kind(path)(path)
        for old in self._old:
            if type(place) is type(old) and place.is_relative_to(old):
                return os.path.join(self.new, *place.relative_to(old).parts)
        return None

    def is_below(self, folder: str) -> bool:
        """The old folder is below this one."""
        place = _kind(folder)(folder)
        return any(type(place) is type(old) and old.is_relative_to(place) for old in self._old)

    def here(self, path: str, root: str) -> str:
        """A path below a root, which may have been written on another system, as this one writes it."""
        kind = _kind(root)
        return path if kind is type(PurePath()) else os.path.join(*kind(path).parts)


def _kind(path: str) -> type[PurePath]:
    """C:\\Pictures and \\\\server\\pictures are written on Windows, all others elsewhere."""
    return PureWindowsPath if re.match(r"[A-Za-z]:[\\/]|\\\\", path) else PurePosixPath


def _state(path: Path) -> FileState | None:
    try:
        return FileState.of(path)
    except OSError:
        return None
