"""The faces that were found, and the groups that the last sort made of them."""

import math
import os
import sqlite3
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import UNGROUPED, FloatMatrix, Labels
from sortbyface.faces.face import Box
from sortbyface.faces.quality import doubtful
from sortbyface.library.records import FaceSet
from sortbyface.library.settings import Settings
from sortbyface.recipe import Recipe

_GROUPS_MADE_BY = "groups made by"
_CALIBRATION = "threshold chosen"

_OF_RECIPE = "recipe = (SELECT id FROM recipes WHERE name = ?)"

_IN_ORDER = f"faces JOIN contents ON content = contents.id WHERE {_OF_RECIPE} ORDER BY sha256, left, top, right, bottom"


class KnownFaces:
    """The faces of a library."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._settings = Settings(connection)

    def of(self, recipe: Recipe, clear_score: float = -math.inf) -> FaceSet:
        """All faces of a recipe, ordered by their pictures' hashes and their places in them.

        clear_score: the detector's, below which a face is doubtful, as it is for want of quality. Takes little more
        memory than what it gives.
        """
        query = f"SELECT faces.id, content, left, top, right, bottom, score, pixels, sharpness, yaw FROM {_IN_ORDER}"
        ids, contents, boxes, judged = [], [], [], []
        for row in self._connection.execute(query, [str(recipe)]):
            ids.append(row["id"])
            contents.append(row["content"])
            boxes.append(Box(row["left"], row["top"], row["right"], row["bottom"]))
            judged.append(tuple(row)[6:])
        qualities = np.array(judged, dtype=np.float64).reshape(-1, 4)  # NULL becomes NaN
        return FaceSet(
            contents=np.array(contents, dtype=np.int64),
            boxes=list(boxes),
            vectors=self._vectors(recipe, np.array(ids, dtype=np.int64)),
            doubtful=doubtful(qualities[:, 0], qualities[:, 1:], clear_score),
        )

    def _vectors(self, recipe: Recipe, ids: npt.NDArray[np.int64]) -> FloatMatrix:
        """(n, d), of all the faces of a recipe, in the order of their ids here. One at a time goes through memory."""
        vectors = np.empty((len(ids), 0), dtype=np.float32)
        rows = self._connection.execute(f"SELECT vector FROM faces WHERE {_OF_RECIPE} ORDER BY id", [str(recipe)])
        for place, row in zip(np.argsort(ids), rows, strict=True):
            vector = np.frombuffer(row["vector"], dtype="<f4")
            if not vectors.shape[1]:
                vectors = np.empty((len(ids), len(vector)), dtype=np.float32)
            vectors[place] = vector
        return vectors

    def of_files(self, recipe: Recipe) -> Iterator[tuple[str, Box, npt.NDArray[np.float32]]]:
        """The faces of every file that was there at the last look: its absolute path, box and vector, by path."""
        query = f"""SELECT roots.path AS root, photos.path AS path, left, top, right, bottom, vector
            FROM faces JOIN photos ON photos.content = faces.content JOIN roots ON root = roots.id
            WHERE {_OF_RECIPE} AND NOT vanished
            ORDER BY roots.path, photos.path, left, top, right, bottom"""
        for row in self._connection.execute(query, [str(recipe)]):
            box = Box(row["left"], row["top"], row["right"], row["bottom"])
            yield os.path.join(row["root"], row["path"]), box, np.frombuffer(row["vector"], dtype="<f4")

    def places(self, faces: Iterable[int]) -> dict[int, tuple[int, Box]]:
        """Id of a face -> its content, and where in it; those that are not there are left out."""
        query = 'SELECT content, "left", top, "right", bottom FROM faces WHERE id = ?'
        found = {face: self._connection.execute(query, [face]).fetchone() for face in faces}
        return {face: (row["content"], Box(*row[1:])) for face, row in found.items() if row}

    def in_content(self, recipe: Recipe, content: int) -> dict[int, Box]:
        """Id -> box of the faces of one content, from left to right."""
        query = f"""SELECT id, "left", top, "right", bottom FROM faces WHERE {_OF_RECIPE} AND content = ?
            ORDER BY "left", top"""
        return {row["id"]: Box(*row[1:]) for row in self._connection.execute(query, [str(recipe), content])}

    def groups(self, recipe: Recipe, made_by: str) -> Labels:
        """(n,): the group of each face in the last sort, in the order of `of`; UNGROUPED if it had not met the face.

        made_by: how it must have come about; groups that came about in another way count for nothing.
        """
        query = f'SELECT "group" FROM {_IN_ORDER}'
        groups = [row["group"] for row in self._connection.execute(query, [str(recipe)])]
        if self._settings[_GROUPS_MADE_BY] != f"{recipe} {made_by}":
            groups = [None] * len(groups)
        return np.array([UNGROUPED if group is None else group for group in groups], dtype=np.int64)

    def groups_made_by(self, recipe: Recipe) -> str | None:
        """How the groups of the last sort came about; None before the first."""
        made_by, of_recipe = self._settings[_GROUPS_MADE_BY], f"{recipe} "
        return made_by.removeprefix(of_recipe) if made_by and made_by.startswith(of_recipe) else None

    def forget_groups(self, faces: Iterable[int]) -> None:
        """Faces, by their ids, that the next sort is to group as if they were new. Within a transaction."""
        self._connection.executemany('UPDATE faces SET "group" = NULL WHERE id = ?', [(face,) for face in faces])

    def calibration(self, recipe: Recipe, made_by: str) -> str | None:
        """What was kept with the groups of the last sort, if they came about like this."""
        return self._settings[_CALIBRATION] if self._settings[_GROUPS_MADE_BY] == f"{recipe} {made_by}" else None

    def keep_groups(self, recipe: Recipe, made_by: str, groups: Labels, calibration: str = "") -> None:
        """Remember the group of each face, in the order of `of`, and how the grouping came about."""
        with self._connection as db:
            ids = [row["id"] for row in db.execute(f"SELECT faces.id FROM {_IN_ORDER}", [str(recipe)])]
            db.execute('UPDATE faces SET "group" = NULL WHERE "group" IS NOT NULL')
            values = zip(groups.tolist(), ids, strict=True)
            db.executemany('UPDATE faces SET "group" = ? WHERE id = ?', values)
            self._settings[_GROUPS_MADE_BY] = f"{recipe} {made_by}"
            self._settings[_CALIBRATION] = calibration
