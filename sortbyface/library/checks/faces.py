"""Faces are such as a look at a photo gives."""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from sortbyface.library.finding import Finding, Mend, by_sql

_LENGTH_TOLERANCE = 1e-3
_LANDMARKS = 5 * 2 * 4
"""Bytes."""

_ANEW = "its photo is looked at anew by the next embedder.py"

_LARGEST = 1e6
"""Pixels that no picture has."""


def check_faces(connection: sqlite3.Connection) -> Iterator[Finding]:
    """One finding for each look at a photo whose faces cannot be used, and for groups that are none."""
    amiss: dict[tuple[int, int], str] = {}
    lengths: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for recipe, length, faces in connection.execute(
        "SELECT recipe, length(vector), count(*) FROM faces GROUP BY recipe, length(vector)"
    ):
        lengths[recipe][length] = faces
    usual = {recipe: counts.most_common(1)[0][0] for recipe, counts in lengths.items()}
    query = "SELECT content, recipe, left, top, right, bottom, score, length(landmarks), vector FROM faces"
    for content, recipe, *sides, score, landmarks, vector in connection.execute(query):
        trouble = _trouble_with_box(sides, score)
        if landmarks != _LANDMARKS:
            trouble = "its landmarks are not five points"
        if len(vector) != usual[recipe] or len(vector) % 4:
            trouble = f"its vector is of {len(vector)} bytes, where others are of {usual[recipe]}"
        elif not _of_length_one(vector):
            trouble = "its vector is not of length 1"
        if trouble:
            amiss.setdefault((content, recipe), trouble)
    for (content, recipe), trouble in amiss.items():
        yield Finding(f"a face in {_photo(connection, content)}: {trouble}", _ANEW, _look_again(content, recipe))
    yield from _check_looks(connection)
    yield from _check_groups(connection)


def _trouble_with_box(sides: list[float], score: float) -> str | None:
    left, top, right, bottom = sides
    if not all(math.isfinite(side) and abs(side) < _LARGEST for side in sides) or right <= left or bottom <= top:
        return "its box is none"
    return None if math.isfinite(score) else "its score is no number"


def _of_length_one(vector: bytes) -> bool:
    numbers = np.frombuffer(vector, dtype="<f4").astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(abs(math.sqrt(float(numbers @ numbers)) - 1) < _LENGTH_TOLERANCE)  # false for NaN, too


def _look_again(content: int, recipe: int) -> Mend:
    def mend(connection: sqlite3.Connection) -> None:
        for table in ("faces", "looks"):
            connection.execute(f"DELETE FROM {table} WHERE content = ? AND recipe = ?", [content, recipe])

    return mend


def _check_looks(connection: sqlite3.Connection) -> Iterator[Finding]:
    """A face without its look would be found a second time."""
    alone = "NOT EXISTS (SELECT 1 FROM looks WHERE looks.content = faces.content AND looks.recipe = faces.recipe)"
    faces = connection.execute(f"SELECT count(*) FROM faces WHERE {alone}").fetchone()[0]
    if faces:
        what = f"faces: {faces:,} are of photos that are not known to have been looked at"
        remedy = "they are removed; the next embedder.py finds them again"
        yield Finding(what, remedy, by_sql(f"DELETE FROM faces WHERE {alone}"))


def _check_groups(connection: sqlite3.Connection) -> Iterator[Finding]:
    faces = connection.execute('SELECT count(*) FROM faces WHERE "group" < -1').fetchone()[0]
    if faces:
        mend = by_sql('UPDATE faces SET "group" = NULL WHERE "group" < -1')
        yield Finding(f"faces: {faces:,} are in groups that are none", "the next sort groups them as if new", mend)


def _photo(connection: sqlite3.Connection, content: int) -> str:
    query = """SELECT roots.path || '/' || photos.path FROM photos JOIN roots ON root = roots.id
        WHERE content = ? ORDER BY vanished LIMIT 1"""
    row = connection.execute(query, [content]).fetchone()
    return row[0] if row else f"picture {content}"
