"""The catalogue of photos, faces, people and copies, in one SQLite file.

One writer at a time, held off by a lock file; every method that changes something is one transaction,
so a kill at any moment leaves the state before it or after it.
"""

import math
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import filelock
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import UNGROUPED, Labels
from sortbyface.errors import LibraryBusy, LibraryUnusable
from sortbyface.faces.face import Box
from sortbyface.faces.quality import doubtful
from sortbyface.library.connecting import connect
from sortbyface.library.records import FaceSet, FileState, KnownPhoto, Outcome, PhotoResult, Placement, Root
from sortbyface.recipe import Recipe

_RECIPE_IN_USE = "recipe in use"
_GROUPS_MADE_BY = "groups made by"

_FACES_IN_ORDER = """faces JOIN contents ON content = contents.id
    WHERE recipe = (SELECT id FROM recipes WHERE name = ?) ORDER BY sha256, left, top, right, bottom"""


class Library:
    """Open one with `Library.opened(path)`; it is closed, and free for others, at the end of the `with` block."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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

    # --- photos -----------------------------------------------------------------------------------------------------

    def root_of(self, folder: Path) -> tuple[Root, str]:
        """The root that holds a folder, added if there is none, and the folder's path below it ("" for the root)."""
        folder = folder.resolve()
        with self._connection as db:
            for row in db.execute("SELECT id, path FROM roots").fetchall():
                if folder.is_relative_to(row["path"]):
                    below = os.path.relpath(folder, row["path"])
                    return Root(row["id"], Path(row["path"])), "" if below == "." else below
            db.execute("INSERT INTO roots (path) VALUES (CAST(? AS TEXT))", [os.fsencode(folder)])
            root = Root(db.execute("SELECT last_insert_rowid()").fetchone()[0], folder)
            self._absorb_roots_below(root)
            return root, ""

    def roots(self) -> set[Path]:
        """The folders that were looked through."""
        return {Path(row["path"]) for row in self._connection.execute("SELECT path FROM roots")}

    def _absorb_roots_below(self, root: Root) -> None:
        db = self._connection
        for row in db.execute("SELECT id, path FROM roots WHERE id != ?", [root.id]).fetchall():
            if Path(row["path"]).is_relative_to(root.path):
                prefix = os.path.relpath(row["path"], root.path) + os.sep
                values = [root.id, os.fsencode(prefix), row["id"]]
                db.execute("UPDATE photos SET root = ?, path = CAST(? AS TEXT) || path WHERE root = ?", values)
                db.execute("DELETE FROM roots WHERE id = ?", [row["id"]])

    def photos_in(self, root: Root, below: str) -> dict[str, KnownPhoto]:
        """Path below the root -> what is known of the photo there, for a folder below the root ("" for all of it)."""
        start = os.path.join(below, "")
        query = "SELECT path, size, mtime_ns, content, vanished FROM photos WHERE root = ?"
        return {
            row["path"]: KnownPhoto(FileState(row["size"], row["mtime_ns"]), row["content"], bool(row["vanished"]))
            for row in self._connection.execute(query, [root.id])
            if row["path"].startswith(start)
        }

    def content_of(self, sha256: bytes) -> int | None:
        """The content with this hash."""
        row = self._connection.execute("SELECT id FROM contents WHERE sha256 = ?", [sha256]).fetchone()
        return row["id"] if row else None

    def sizes_of_contents(self) -> Counter[int]:
        """How many known contents have each size: a file of another size holds something new."""
        return Counter(row["size"] for row in self._connection.execute("SELECT size FROM contents"))

    def looked_at(self, recipe: Recipe) -> set[int]:
        """Contents that need no further look with this recipe."""
        query = "SELECT content FROM looks JOIN recipes ON recipe = recipes.id WHERE name = ?"
        return {row["content"] for row in self._connection.execute(query, [str(recipe)])}

    def record(self, root: Root, results: Iterable[PhotoResult], recipe: Recipe) -> None:
        """Keep what looks at photos brought."""
        with self._connection as db:
            recipe_id = self._recipe_id(recipe)
            for result in results:
                content = self._content_id(result) if result.sha256 is not None else None
                self._place(root, result.path, result.state, content, result.problem if content is None else None)
                if content is None:
                    continue
                look = [content, recipe_id, result.problem]
                is_new = db.execute("INSERT OR IGNORE INTO looks VALUES (?, ?, ?)", look).rowcount
                if is_new:
                    db.executemany(
                        "INSERT INTO faces (content, recipe, left, top, right, bottom, score,"
                        " pixels, sharpness, yaw, landmarks, vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        [
                            (content, recipe_id, *f.box, f.score, *f.quality, f.landmarks.tobytes(), f.vector.tobytes())
                            for f in result.faces
                        ],
                    )

    def place(self, root: Root, files: Iterable[tuple[str, FileState, int]]) -> None:
        """Note where known contents lie now: path below the root, state of the file, content."""
        with self._connection:
            for path, state, content in files:
                self._place(root, path, state, content, None)

    def add_contents(self, files: Iterable[tuple[FileState, bytes]]) -> list[int]:
        """The contents with these states and hashes, added if they are new; nothing is known of their faces yet."""
        with self._connection:
            return [self._content_id(PhotoResult("", state, sha256)) for state, sha256 in files]

    def mark_vanished(self, root: Root, paths: Iterable[str]) -> None:
        """Note that files were not found where they had been; what is known of them is kept."""
        with self._connection as db:
            query = "UPDATE photos SET vanished = 1 WHERE root = ? AND path = CAST(? AS TEXT)"
            db.executemany(query, [(root.id, os.fsencode(path)) for path in paths])

    def outcomes(self, root: Root, below: str, recipe: Recipe) -> list[Outcome]:
        """What is known of every photo that was there at the last look, by path."""
        query = """SELECT path, coalesce(photos.problem, looks.problem) AS problem,
                (SELECT count(*) FROM faces WHERE faces.content = photos.content AND faces.recipe = r.id) AS faces
            FROM photos JOIN recipes AS r ON r.name = ?
            LEFT JOIN looks ON looks.content = photos.content AND looks.recipe = r.id
            WHERE root = ? AND NOT vanished ORDER BY path"""
        start = os.path.join(below, "")
        rows = self._connection.execute(query, [str(recipe), root.id])
        return [Outcome(*row) for row in rows if row["path"].startswith(start)]

    def files_of_contents(self) -> dict[int, list[tuple[Path, FileState]]]:
        """Content -> every place where it was last seen, by path; places where it vanished come last."""
        query = """SELECT content, roots.path AS root, photos.path AS path, size, mtime_ns
            FROM photos JOIN roots ON root = roots.id WHERE content IS NOT NULL
            ORDER BY vanished, roots.path, photos.path"""
        places: dict[int, list[tuple[Path, FileState]]] = {}
        for row in self._connection.execute(query):
            state = FileState(row["size"], row["mtime_ns"])
            places.setdefault(row["content"], []).append((Path(row["root"], row["path"]), state))
        return places

    def sizes_in_pixels(self) -> dict[int, tuple[int, int]]:
        """Content -> width and height of the upright picture, for those that could be read."""
        query = "SELECT id, width, height FROM contents WHERE width IS NOT NULL"
        return {row["id"]: (row["width"], row["height"]) for row in self._connection.execute(query)}

    def sha256_of_contents(self) -> dict[int, bytes]:
        """Content -> the hash of its bytes."""
        return {row["id"]: row["sha256"] for row in self._connection.execute("SELECT id, sha256 FROM contents")}

    # --- faces ------------------------------------------------------------------------------------------------------

    @property
    def recipe(self) -> Recipe | None:
        """The recipe of the latest look, whose faces are grouped; None before the first."""
        name = self._setting(_RECIPE_IN_USE)
        return Recipe.parse(name) if name else None

    @recipe.setter
    def recipe(self, recipe: Recipe) -> None:
        with self._connection as db:
            db.execute("INSERT OR IGNORE INTO recipes (name) VALUES (?)", [str(recipe)])
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [_RECIPE_IN_USE, str(recipe)])

    def faces(self, recipe: Recipe, clear_score: float = -math.inf) -> FaceSet:
        """All faces of a recipe, ordered by their pictures' hashes and their places in them.

        clear_score: the detector's, below which a face is doubtful, as it is for want of quality.
        """
        query = f"""SELECT content, left, top, right, bottom, score, pixels, sharpness, yaw, vector
            FROM {_FACES_IN_ORDER}"""
        rows = self._connection.execute(query, [str(recipe)]).fetchall()
        vectors = np.frombuffer(b"".join(row["vector"] for row in rows), dtype="<f4").astype(np.float32)
        judged = np.array([tuple(row)[5:9] for row in rows], dtype=np.float64).reshape(-1, 4)  # NULL becomes NaN
        return FaceSet(
            contents=np.array([row["content"] for row in rows], dtype=np.int64),
            boxes=[Box(row["left"], row["top"], row["right"], row["bottom"]) for row in rows],
            vectors=vectors.reshape(len(rows), -1) if rows else np.empty((0, 0), dtype=np.float32),
            doubtful=doubtful(judged[:, 0], judged[:, 1:], clear_score),
        )

    def faces_of_files(self, recipe: Recipe) -> Iterator[tuple[str, Box, npt.NDArray[np.float32]]]:
        """The faces of every file that was there at the last look: its absolute path, box and vector, by path."""
        query = """SELECT roots.path AS root, photos.path AS path, left, top, right, bottom, vector
            FROM faces JOIN photos ON photos.content = faces.content JOIN roots ON root = roots.id
            WHERE recipe = (SELECT id FROM recipes WHERE name = ?) AND NOT vanished
            ORDER BY roots.path, photos.path, left, top, right, bottom"""
        for row in self._connection.execute(query, [str(recipe)]):
            box = Box(row["left"], row["top"], row["right"], row["bottom"])
            yield os.path.join(row["root"], row["path"]), box, np.frombuffer(row["vector"], dtype="<f4")

    # --- people -----------------------------------------------------------------------------------------------------

    def placements(self) -> list[Placement]:
        """Who was seen where, as the last grouping left it."""
        rows = self._connection.execute("SELECT content, left, top, right, bottom, person FROM placements")
        return [Placement(row["content"], _box(row), row["person"]) for row in rows]

    def next_person(self) -> int:
        """The id that the next new person gets: ids are never used twice."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'people'").fetchone()
        return row["seq"] + 1 if row else 1

    def replace_placements(self, placements: Iterable[Placement]) -> None:
        """Keep the outcome of a grouping in place of the one before, with all people that it names."""
        with self._connection as db:
            db.execute("DELETE FROM placements")
            for content, box, person in placements:
                db.execute("INSERT OR IGNORE INTO people (id) VALUES (?)", [person])
                db.execute("INSERT INTO placements VALUES (?, ?, ?, ?, ?, ?)", [content, *(box or [None] * 4), person])

    def groups(self, recipe: Recipe, made_by: str) -> Labels:
        """(n,): the group of each face in the last sort, in the order of `faces`; UNGROUPED if it had not met the face.

        made_by: how it must have come about; groups that came about in another way count for nothing.
        """
        query = f'SELECT "group" FROM {_FACES_IN_ORDER}'
        groups = [row["group"] for row in self._connection.execute(query, [str(recipe)])]
        if self._setting(_GROUPS_MADE_BY) != f"{recipe} {made_by}":
            groups = [None] * len(groups)
        return np.array([UNGROUPED if group is None else group for group in groups], dtype=np.int64)

    def keep_groups(self, recipe: Recipe, made_by: str, groups: Labels) -> None:
        """Remember the group of each face, in the order of `faces`, and how the grouping came about."""
        with self._connection as db:
            ids = [row["id"] for row in db.execute(f"SELECT faces.id FROM {_FACES_IN_ORDER}", [str(recipe)])]
            db.execute('UPDATE faces SET "group" = NULL WHERE "group" IS NOT NULL')
            values = zip(groups.tolist(), ids, strict=True)
            db.executemany('UPDATE faces SET "group" = ? WHERE id = ?', values)
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", [_GROUPS_MADE_BY, f"{recipe} {made_by}"])

    # --- copies -----------------------------------------------------------------------------------------------------

    def copies(self, destination: Path) -> dict[str, tuple[int, FileState | None]]:
        """Path below a destination -> the content copied there, and the copy as it was left (None: unfinished)."""
        query = "SELECT path, content, size, mtime_ns FROM copies WHERE destination = CAST(? AS TEXT)"
        return {
            row["path"]: (row["content"], None if row["size"] is None else FileState(row["size"], row["mtime_ns"]))
            for row in self._connection.execute(query, [os.fsencode(destination)])
        }

    def note_copies(self, destination: Path, copies: Iterable[tuple[str, int, FileState | None]]) -> None:
        """Journal copies: path below the destination, content, the file's state once it is there (None: not yet)."""
        with self._connection as db:
            query = "INSERT OR REPLACE INTO copies VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?)"
            for path, content, state in copies:
                values = [os.fsencode(destination), os.fsencode(path), content, *(state or (None, None))]
                db.execute(query, values)

    def forget_copies(self, destination: Path, paths: Iterable[str]) -> None:
        """Take copies out of the journal that are no longer there."""
        with self._connection as db:
            query = "DELETE FROM copies WHERE destination = CAST(? AS TEXT) AND path = CAST(? AS TEXT)"
            db.executemany(query, [(os.fsencode(destination), os.fsencode(path)) for path in paths])

    # --- rows -------------------------------------------------------------------------------------------------------

    def _setting(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
        return row["value"] if row else None

    def _recipe_id(self, recipe: Recipe) -> int:
        row = self._connection.execute("SELECT id FROM recipes WHERE name = ?", [str(recipe)]).fetchone()
        recipe_id: int = row["id"]
        return recipe_id

    def _content_id(self, result: PhotoResult) -> int:
        values = [result.sha256, result.state.size, result.width, result.height, result.orientation, result.taken_at]
        query = """INSERT INTO contents (sha256, size, width, height, orientation, taken_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (sha256) DO UPDATE SET width = coalesce(width, excluded.width),
                height = coalesce(height, excluded.height), orientation = coalesce(orientation, excluded.orientation),
                taken_at = coalesce(taken_at, excluded.taken_at)"""
        self._connection.execute(query, values)
        row = self._connection.execute("SELECT id FROM contents WHERE sha256 = ?", [result.sha256]).fetchone()
        content: int = row["id"]
        return content

    def _place(self, root: Root, path: str, state: FileState, content: int | None, problem: str | None) -> None:
        query = "INSERT OR REPLACE INTO photos VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, 0)"
        self._connection.execute(query, [root.id, os.fsencode(path), *state, content, problem])


def _box(row: Any) -> Box | None:
    return None if row["left"] is None else Box(row["left"], row["top"], row["right"], row["bottom"])
