"""Faces side by side: one picture of one person, and pages with a row for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from sortbyface.arrays import Chips, RGBImage
from sortbyface.graphemes import cut

TILE = 96
"""Pixels of a face's side."""

_SIDE = 5
MOST_FACES = _SIDE * _SIDE
"""In the picture of one person."""

ROWS_OF_PAGE = 12
_FACES_OF_ROW = 10

_PAPER, _INK, _PALE_INK, _LINE = (255, 255, 255), (34, 34, 34), (118, 118, 118), (226, 226, 226)
_EMPTY = (238, 238, 238)
_BORDER, _GAP, _ROW_GAP, _WORDS = 28, 4, 16, 190
_NAME_SIZE, _NOTE_SIZE = 22, 16


@dataclass(frozen=True, eq=False)
class Row:
    """One person on a page."""

    name: str
    note: str
    """Below the name."""

    faces: Chips
    """(n, TILE, TILE, 3): the first ten are shown."""


def montage(faces: Chips) -> RGBImage:
    """Up to 25 faces in a grid of five by five, row by row, as imutils' build_montages has it: (480, 480, 3)."""
    return _grid(faces[:MOST_FACES], _SIDE, _SIDE, gap=0, empty=_EMPTY)


def contact_sheet(rows: Sequence[Row]) -> RGBImage:
    """A page with a row for each person: name and note at the left, up to ten faces beside them."""
    width = _BORDER + _WORDS + _FACES_OF_ROW * (TILE + _GAP) - _GAP + _BORDER
    pitch = TILE + _ROW_GAP + 1
    sheet = Image.new("RGB", (width, _BORDER + len(rows) * pitch - _ROW_GAP - 1 + _BORDER), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for place, row in enumerate(rows):
        top = _BORDER + place * pitch
        if place:
            line = top - _ROW_GAP // 2 - 1
            draw.line([(_BORDER, line), (width - _BORDER - 1, line)], _LINE)
        _write(draw, row.name, top + TILE // 2 - 12, _NAME_SIZE, _INK)
        _write(draw, row.note, top + TILE // 2 + 14, _NOTE_SIZE, _PALE_INK)
        faces = _grid(row.faces[:_FACES_OF_ROW], 1, _FACES_OF_ROW, gap=_GAP, empty=_PAPER)
        sheet.paste(Image.fromarray(faces), (_BORDER + _WORDS, top))
    return np.asarray(sheet)


def _grid(faces: Chips, rows: int, columns: int, *, gap: int, empty: tuple[int, int, int]) -> RGBImage:
    """Row by row, with a gap between two; places without a face, and the gaps, are of the colour `empty`."""
    pitch = TILE + gap
    grid = np.full((rows * pitch - gap, columns * pitch - gap, 3), empty, dtype=np.uint8)
    for place, face in enumerate(faces):
        row, column = divmod(place, columns)
        grid[row * pitch : row * pitch + TILE, column * pitch : column * pitch + TILE] = face
    return grid


def _write(draw: ImageDraw.ImageDraw, words: str, middle: int, size: int, ink: tuple[int, int, int]) -> None:
    """One line in the column of words, cut short where it is too long. middle: its height, from the top."""
    font = _font(size)
    room = _WORDS - _ROW_GAP
    if draw.textlength(words, font) > room:
        words = cut(words, lambda beginning: draw.textlength(f"{beginning}…", font) <= room) + "…"
    draw.text((_BORDER, middle), words, ink, font, anchor="lm")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, which Matplotlib brings along: Latin with all accents, Greek, Cyrillic, Arabic, Hebrew and more."""
    import matplotlib

    return ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), size)
