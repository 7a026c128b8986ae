"""Where photos lie, what they hold, and what the looks at them have brought."""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sortbyface.library.records import FileState, KnownPhoto, Outcome, PhotoResult, Root
from sortbyface.recipe import Recipe


class KnownPhotos:
    """Roots, photos, contents and looks of a library."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def root_of(self, folder: Path) -> tuple[Root, str]:
        """The root that holds a folder, added if there is none, and the folder's path below it ("" for the root)."""
        with self._connection:
            return self.root_within(folder)

    def root_within(self, folder: Path) -> tuple[Root, str]:
        """The same, within the transaction that is open."""
        folder, db = folder.resolve(), self._connection
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

    def file_of(self, content: int) -> Path:
        """A place where a content was last seen, not one where it vanished if there is another."""
        query = """SELECT roots.path AS root, photos.path AS path FROM photos JOIN roots ON root = roots.id
            WHERE content = ? ORDER BY vanished, roots.path, photos.path LIMIT 1"""
        row = self._connection.execute(query, [content]).fetchone()
        return Path(row["root"], row["path"]) if row else Path("(a photo that was never here)")

    def content_at(self, file: Path) -> int | None:
        """The content of a file, as the last look found it."""
        file = file.resolve()
        for row in self._connection.execute("SELECT id, path FROM roots").fetchall():
            if file.is_relative_to(row["path"]):
                values = [row["id"], os.fsencode(os.path.relpath(file, row["path"]))]
                query = "SELECT content FROM photos WHERE root = ? AND path = CAST(? AS TEXT)"
                found = self._connection.execute(query, values).fetchone()
                if found:
                    content: int | None = found["content"]
                    return content
        return None

    def sizes_in_pixels(self) -> dict[int, tuple[int, int]]:
        """Content -> width and height of the upright picture, for those that could be read."""
        query = "SELECT id, width, height FROM contents WHERE width IS NOT NULL"
        return {row["id"]: (row["width"], row["height"]) for row in self._connection.execute(query)}

    def sha256_of_contents(self) -> dict[int, bytes]:
        """Content -> the hash of its bytes."""
        return {row["id"]: row["sha256"] for row in self._connection.execute("SELECT id, sha256 FROM contents")}

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
