"""Small square pictures of faces, for people to look at."""

import math
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from sortbyface.arrays import Chips, RGBImage
from sortbyface.faces.face import Box
from sortbyface.photos.reading import read_photo

_MARGIN = 0.2
"""Room around the box, on each side, as a share of its longer side: for hair, chin and ears."""

_LARGEST_SIDE = 4096
"""Pixels of the decoded photo's longer side at most, also for the smallest face: more would take too much memory."""


def read_thumbnails(photo: Path, longer_side: int, boxes: Sequence[Box], size: int) -> Chips:
    """Faces of one photo, which is decoded once, and no larger than they need.

    longer_side: the photo's, in the pixels of the boxes, which are those of the upright photo at full size.
    Gives (n, size, size, 3) uint8. Raises PhotoUnreadable.
    """
    smallest = min(_longer_side(box) for box in boxes)
    enough = math.ceil(min(longer_side * size / max(smallest, 1), _LARGEST_SIDE))
    rgb = read_photo(photo, lambda _: enough).sharp
    scale = max(rgb.shape[:2]) / longer_side
    return np.stack([thumbnail(rgb, box.scaled(scale), size) for box in boxes])


def thumbnail(rgb: RGBImage, box: Box, size: int) -> RGBImage:
    """One face and a margin, (size, size, 3).

    Where the square would reach beyond the picture it is moved inside, and if need be made smaller: the face is then
    not in the middle, but there is no black bar beside it.
    """
    height, width = rgb.shape[:2]
    side = max(1, min(round((1 + 2 * _MARGIN) * _longer_side(box)), height, width))
    left = min(max(0, round((box.left + box.right - side) / 2)), width - side)
    top = min(max(0, round((box.top + box.bottom - side) / 2)), height - side)
    square = rgb[top : top + side, left : left + side]
    interpolation = cv2.INTER_AREA if side > size else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(square, (size, size), interpolation=interpolation), dtype=np.uint8)


def _longer_side(box: Box) -> float:
    return max(box.right - box.left, box.bottom - box.top)
