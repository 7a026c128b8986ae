"""All that the library knows, photo by photo, for those who pass it on. Only read."""

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sortbyface.faces.face import Box
from sortbyface.recipe import Recipe


class ContentRecord(NamedTuple):
    """What a file holds."""

    id: int
    sha256: bytes
    size: int
    """Of the file, in bytes."""

    width: int | None
    """Upright, in pixels, as is the height; None: could not be read, or was not looked at."""

    height: int | None
    orientation: int | None
    """EXIF orientation of the stored picture."""

    taken_at: str | None


class FaceRecord(NamedTuple):
    """A face that was found."""

    id: int
    box: Box
    score: float
    pixels: float | None
    """Quality, as are sharpness and yaw; None: found before version 2."""

    sharpness: float | None
    yaw: float | None


@dataclass(frozen=True)
class PhotoRecord:
    """A file that was there at the last look."""

    path: Path
    content: ContentRecord | None
    """None: it was out of reach."""

    problem: str | None
    """Why it could not be used."""


_CONTENT = "contents.id, sha256, contents.size, width, height, orientation, taken_at"


class Overview:
    """Photos, contents and faces of a library, one after the other: memory does not grow with their number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def contents(self) -> Iterator[ContentRecord]:
        """All of them, by hash."""
        for row in self._connection.execute(f"SELECT {_CONTENT} FROM contents ORDER BY sha256"):
            yield ContentRecord(*row)

    def photos(self, recipe: Recipe | None) -> Iterator[PhotoRecord]:
        """All files that were there at the last look, by path. recipe: whose problems with photos are told."""
        query = f"""SELECT roots.path AS root, photos.path AS path,
                coalesce(photos.problem, looks.problem) AS problem, {_CONTENT}
            FROM photos JOIN roots ON root = roots.id LEFT JOIN contents ON contents.id = photos.content
            LEFT JOIN looks ON looks.content = contents.id AND recipe = (SELECT id FROM recipes WHERE name = ?)
            WHERE NOT vanished ORDER BY roots.path, photos.path"""
        for row in self._connection.execute(query, [str(recipe)]):
            root, path, problem, *content = row
            known = None if content[0] is None else ContentRecord(*content)
            yield PhotoRecord(Path(os.path.join(root, path)), known, problem)

    def problems(self, recipe: Recipe | None) -> list[tuple[Path, str]]:
        """Files that were there at the last look and could not be used, by path, each with the reason."""
        query = """SELECT roots.path AS root, photos.path AS path, coalesce(photos.problem, looks.problem) AS why
            FROM photos JOIN roots ON root = roots.id
            LEFT JOIN looks ON looks.content = photos.content AND recipe = (SELECT id FROM recipes WHERE name = ?)
            WHERE NOT vanished AND why IS NOT NULL ORDER BY roots.path, photos.path"""
        rows = self._connection.execute(query, [str(recipe)])
        return [(Path(os.path.join(row["root"], row["path"])), row["why"]) for row in rows]

    def photos_below_roots(self) -> dict[Path, int]:
        """Each folder that was looked through -> how many photos were there at the last look."""
        query = """SELECT roots.path AS root, count(photos.path) AS photos
            FROM roots LEFT JOIN photos ON root = roots.id AND NOT vanished GROUP BY roots.id ORDER BY roots.path"""
        return {Path(row["root"]): row["photos"] for row in self._connection.execute(query)}

    def count_photos(self) -> int:
        """How many files were there at the last look."""
        count: int = self._connection.execute("SELECT count(*) FROM photos WHERE NOT vanished").fetchone()[0]
        return count

    def faces_in(self, content: int, recipe: Recipe) -> list[FaceRecord]:
        """The faces of one content, from left to right."""
        query = """SELECT id, "left", top, "right", bottom, score, pixels, sharpness, yaw FROM faces
            WHERE recipe = (SELECT id FROM recipes WHERE name = ?) AND content = ? ORDER BY "left", top, id"""
        return [_face(row) for row in self._connection.execute(query, [str(recipe), content])]


def _face(row: Any) -> FaceRecord:
    number, left, top, right, bottom, *judged = row
    return FaceRecord(number, Box(left, top, right, bottom), *judged)
