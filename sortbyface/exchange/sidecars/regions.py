"""Where a face is: in pixels of the upright photo, and as a share of the photo as it is stored.

Other programs count from the stored picture, before its EXIF orientation is applied. Source: how digiKam,
Immich and PhotoPrism read regions; see docs/decisions/interoperation.md.
"""

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from sortbyface.faces.face import Box

_MIRRORED_LEFT_TO_RIGHT = frozenset({2, 3, 6, 7})
_MIRRORED_TOP_TO_BOTTOM = frozenset({3, 4, 7, 8})
_SIDEWAYS = frozenset({5, 6, 7, 8})
"""How a stored picture becomes upright: rows and columns change places, then it is mirrored (EXIF 2.32, 4.6.4 A)."""

_SAME_SHAPE = 0.05
"""How far two ratios of width to height may differ: RAW developers trim a few pixels, a crop is more."""


@dataclass(frozen=True)
class Layout:
    """The size of a photo, upright and in pixels, and how it is turned in its file."""

    width: int
    height: int
    orientation: int = 1
    """EXIF orientation of the stored picture, 1 to 8."""

    @property
    def stored_size(self) -> tuple[int, int]:
        """Width and height of the picture as it is stored."""
        return (self.height, self.width) if self.orientation in _SIDEWAYS else (self.width, self.height)

    @property
    def upright(self) -> "Layout":
        """The same photo, stored upright."""
        return replace(self, orientation=1)

    def applied_to(self, width: float, height: float) -> "Layout | None":
        """How the photo lay for a program that saw it in this size.

        Some count from the upright picture, which their width and height tell. None: neither the stored nor
        the upright picture has that shape, so it was cut since, and its regions are out of place.
        """
        stretched = {
            layout: abs(math.log(width / height * layout.stored_size[1] / layout.stored_size[0]))
            for layout in (self, self.upright)
        }
        nearest = min(stretched, key=lambda layout: stretched[layout])
        return nearest if stretched[nearest] < _SAME_SHAPE else None


@dataclass(frozen=True)
class NamedFace:
    """Who is where in a photo, as another program has it or is to have it."""

    name: str
    """Empty when the program knows a face, but not whose."""

    box: Box
    """In pixels of the upright, full-size photo."""

    layout: Layout
    """Of that photo."""


class Area(NamedTuple):
    """A rectangle by its centre and size, as shares (0 to 1) of the width and height of a picture."""

    x: float
    y: float
    width: float
    height: float


def area_of(box: Box, layout: Layout) -> Area | None:
    """What the stored picture has of the box. None: less than a pixel of it is inside."""
    inside = _clipped(box, layout)
    if inside is None:
        return None
    x, y = (inside.left + inside.right) / 2 / layout.width, (inside.top + inside.bottom) / 2 / layout.height
    width, height = (inside.right - inside.left) / layout.width, (inside.bottom - inside.top) / layout.height
    if layout.orientation in _MIRRORED_LEFT_TO_RIGHT:
        x = 1 - x
    if layout.orientation in _MIRRORED_TOP_TO_BOTTOM:
        y = 1 - y
    return Area(y, x, height, width) if layout.orientation in _SIDEWAYS else Area(x, y, width, height)


def box_of(area: Area, layout: Layout) -> Box | None:
    """Where an area of the stored picture is in the upright photo. None: it is no place in the picture."""
    x, y, width, height = area
    if not (0 <= x <= 1 and 0 <= y <= 1 and 0 < width <= 1 and 0 < height <= 1):
        return None
    if layout.orientation in _SIDEWAYS:
        x, y, width, height = y, x, height, width
    if layout.orientation in _MIRRORED_LEFT_TO_RIGHT:
        x = 1 - x
    if layout.orientation in _MIRRORED_TOP_TO_BOTTOM:
        y = 1 - y
    box = Box(
        (x - width / 2) * layout.width,
        (y - height / 2) * layout.height,
        (x + width / 2) * layout.width,
        (y + height / 2) * layout.height,
    )
    return _clipped(box, layout)


def _clipped(box: Box, layout: Layout) -> Box | None:
    left, top = max(box.left, 0.0), max(box.top, 0.0)
    right, bottom = min(box.right, float(layout.width)), min(box.bottom, float(layout.height))
    return Box(left, top, right, bottom) if right - left >= 1 and bottom - top >= 1 else None
