"""Everything that is known of the photos, as a table or as JSON. See docs/interoperation.md for the columns.

One photo after the other: 100,000 take no more memory than one.
"""

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sortbyface.faces.face import Box
from sortbyface.library.overview import FaceRecord, PhotoRecord
from sortbyface.naming import as_text

FORMAT = "sort-by-face export"
VERSION = 1

_OF_PHOTO = ("photo", "sha256", "width", "height", "taken_at", "problem")
_OF_BOX = ("left", "top", "right", "bottom")
_OF_FACE = ("person", "name", "confirmed", "similarity", "face", "score", "pixels", "sharpness", "yaw")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


class ListedFace(NamedTuple):
    """One face, or where somebody is by the user's word and no face was found."""

    box: Box | None
    person: int | None
    """None: nobody's."""

    name: str | None
    confirmed: bool
    similarity: float | None
    found: FaceRecord | None
    """None: no face was found there."""


class ListedPhoto(NamedTuple):
    """One photo, and all its faces."""

    photo: PhotoRecord
    faces: list[ListedFace]


def write_csv(photos: Iterable[ListedPhoto], path: Path) -> None:
    """A row for each face, and for each photo without any. UTF-8 with a byte order mark, which Excel asks for.

    A text that a spreadsheet would take for a formula, or that begins with an apostrophe, gets an apostrophe in front.
    Raises OSError.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([*_OF_PHOTO, *_OF_BOX, *_OF_FACE])
        for listed in photos:
            of_photo = list(_photo(listed.photo).values())
            rows = [_columns(face) for face in listed.faces] or [[None] * (len(_OF_BOX) + len(_OF_FACE))]
            table.writerows(map(_cell, [*of_photo, *row]) for row in rows)


def write_json(photos: Iterable[ListedPhoto], path: Path) -> None:
    """An object with all photos, a line each, with their faces inside. UTF-8. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{\n"format": {_json(FORMAT)},\n"version": {VERSION},\n"photos": [')
        before = "\n"
        for listed in photos:
            faces = [{"box": face.box, **_face(face)} for face in listed.faces]
            file.write(before + _json({**_photo(listed.photo), "faces": faces}))
            before = ",\n"
        file.write("\n]\n}\n")


WRITERS: dict[str, Callable[[Iterable[ListedPhoto], Path], None]] = {".csv": write_csv, ".json": write_json}
"""By the ending of the file."""


def _photo(photo: PhotoRecord) -> dict[str, Any]:
    content = photo.content
    known = (content.sha256.hex(), content.width, content.height, content.taken_at) if content else (None,) * 4
    return dict(zip(_OF_PHOTO, (as_text(photo.path), *known, photo.problem), strict=True))


def _face(face: ListedFace) -> dict[str, Any]:
    found = face.found
    judged = (found.id, found.score, found.pixels, found.sharpness, found.yaw) if found else (None,) * 5
    return dict(zip(_OF_FACE, (face.person, face.name, face.confirmed, face.similarity, *judged), strict=True))


def _columns(face: ListedFace) -> list[Any]:
    return [*(face.box or [None] * 4), *_face(face).values()]


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
