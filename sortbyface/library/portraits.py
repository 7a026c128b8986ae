"""Which faces to show of people, and where they can be cut from. Only read."""

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sortbyface.faces.face import Box
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.recipe import Recipe

_COLUMNS = """placements.id AS placement, person, confirmed, similarity, contents.id AS content, sha256, width, height,
    placements."left", placements.top, placements."right", placements.bottom"""

_FROM = "placements JOIN contents ON contents.id = placements.content"


@dataclass(frozen=True)
class Portrait:
    """A face that can be cut out of a photo."""

    sha256: bytes
    """Of the photo."""

    photo: Path
    """A file that holds it, as it was last seen."""

    longer_side: int
    """Of the upright photo, in the pixels of the box."""

    box: Box


@dataclass(frozen=True)
class Scene:
    """A photo as a whole."""

    sha256: bytes
    photo: Path
    """A file that holds it, as it was last seen."""

    width: int
    """Upright, in pixels, as is the height."""

    height: int


@dataclass(frozen=True)
class Likeness:
    """A face of a person."""

    placement: int
    person: int
    confirmed: bool
    similarity: float | None
    """To the person's other faces, when grouping placed it."""

    content: int
    portrait: Portrait
    scene: Scene


@dataclass(frozen=True)
class Stranger:
    """A face that is nobody's."""

    face: int
    """Its id, to be used in corrections."""

    portrait: Portrait


class Portraits:
    """Of the people of a library."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of_everybody(self) -> dict[int, Portrait]:
        """Person -> the face that the user chose for them, or else one that is sure and typical."""
        query = f"""SELECT {_COLUMNS} FROM (
                SELECT placements.*, row_number() OVER (
                    PARTITION BY person
                    ORDER BY placements.id IS people.cover DESC, confirmed DESC, similarity DESC, placements.id) AS rank
                FROM placements JOIN people ON people.id = person WHERE "left" IS NOT NULL
            ) AS placements JOIN contents ON contents.id = placements.content WHERE rank = 1 AND width IS NOT NULL"""
        return {likeness.person: likeness.portrait for likeness in self._likenesses(query, [])}

    def of_person(self, person: int) -> list[Likeness]:
        """All faces of somebody, confirmed ones first, then the most typical."""
        query = f"""SELECT {_COLUMNS} FROM {_FROM} WHERE person = ? AND placements."left" IS NOT NULL
            AND width IS NOT NULL ORDER BY confirmed DESC, similarity DESC, placements.id"""
        return self._likenesses(query, [person])

    def in_content(self, content: int) -> list[Likeness]:
        """All faces in a photo that are somebody's, from left to right."""
        query = f"""SELECT {_COLUMNS} FROM {_FROM} WHERE placements.content = ? AND placements."left" IS NOT NULL
            AND width IS NOT NULL ORDER BY placements."left", placements.top"""
        return self._likenesses(query, [content])

    def scene(self, content: int) -> Scene | None:
        """A photo as a whole; None if it could not be read, or was never in a file."""
        query = "SELECT sha256, width, height FROM contents WHERE id = ? AND width IS NOT NULL"
        row = self._connection.execute(query, [content]).fetchone()
        photo = self._file_of(content) if row else None
        return Scene(row["sha256"], photo, row["width"], row["height"]) if photo else None

    def latest(self, count: int) -> list[Portrait]:
        """The faces that were found last, the very last first."""
        query = """SELECT content, sha256, width, height, "left", top, "right", bottom
            FROM faces JOIN contents ON contents.id = content ORDER BY faces.id DESC LIMIT ?"""
        portraits = []
        for row in self._connection.execute(query, [count]).fetchall():
            photo = self._file_of(row["content"])
            if photo is not None:
                box = Box(row["left"], row["top"], row["right"], row["bottom"])
                portraits.append(Portrait(row["sha256"], photo, max(row["width"], row["height"]), box))
        return portraits

    def of_nobody(self, recipe: Recipe) -> list[Stranger]:
        """The faces of a recipe that are nobody's: those that surely are faces first, and of these the largest."""
        same = " AND ".join(f'placements."{side}" = faces."{side}"' for side in Box._fields)
        query = f"""SELECT faces.id AS face, content, sha256, width, height, "left", top, "right", bottom
            FROM faces JOIN contents ON contents.id = content
            WHERE recipe = (SELECT id FROM recipes WHERE name = ?) AND width IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM placements WHERE placements.content = faces.content AND {same})
            ORDER BY round(score, 1) DESC, ("right" - "left") * (bottom - top) DESC, faces.id"""
        strangers = []
        for row in self._connection.execute(query, [str(recipe)]).fetchall():
            box = Box(row["left"], row["top"], row["right"], row["bottom"])
            photo = self._file_of(row["content"])
            if photo is not None and not self._is_somebodys(row["content"], box):
                portrait = Portrait(row["sha256"], photo, max(row["width"], row["height"]), box)
                strangers.append(Stranger(row["face"], portrait))
        return strangers

    def _is_somebodys(self, content: int, box: Box) -> bool:
        """Whatever recipe found the face that was placed."""
        query = 'SELECT "left", top, "right", bottom FROM placements WHERE content = ?'
        placed = self._connection.execute(query, [content]).fetchall()
        return any(overlap(None if one["left"] is None else Box(*one), box) >= SAME_FACE for one in placed)

    def _likenesses(self, query: str, values: Iterable[Any]) -> list[Likeness]:
        rows = self._connection.execute(query, list(values)).fetchall()
        found = []
        for row in rows:
            photo = self._file_of(row["content"])
            if photo is not None:
                box = Box(row["left"], row["top"], row["right"], row["bottom"])
                portrait = Portrait(row["sha256"], photo, max(row["width"], row["height"]), box)
                scene = Scene(row["sha256"], photo, row["width"], row["height"])
                found.append(
                    Likeness(
                        row["placement"],
                        row["person"],
                        bool(row["confirmed"]),
                        row["similarity"],
                        row["content"],
                        portrait,
                        scene,
                    )
                )
        return found

    def _file_of(self, content: int) -> Path | None:
        query = """SELECT roots.path AS root, photos.path AS path FROM photos JOIN roots ON root = roots.id
            WHERE content = ? ORDER BY vanished LIMIT 1"""
        row = self._connection.execute(query, [content]).fetchone()
        return Path(os.path.join(row["root"], row["path"])) if row else None
