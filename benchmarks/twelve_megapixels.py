"""Photos of 4000 × 3000 pixels, as cameras make them, from smaller ones: enlarged, with the grain of a sensor."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.faces.face import Box
from sortbyface.photos.reading import read_photo

WIDTH, HEIGHT = 4000, 3000

_GRAIN = 5.0
"""Standard deviation, of 255: brings the files to 2 to 3 MB, as cameras' are. Enlarged photos alone have 1 MB, and are
decoded in three quarters of the time."""

_QUALITY = 92
_CELL = 500
"""Pixels of the squares in which faces are laid, one in each, so that none hides another."""


def enlarged(path: Path) -> RGBImage:
    """As much of a photo as fills 4000 × 3000 pixels, upright."""
    rgb = read_photo(path).sharp
    scale = max(WIDTH / rgb.shape[1], HEIGHT / rgb.shape[0])
    width, height = round(WIDTH / scale), round(HEIGHT / scale)
    left, top = (rgb.shape[1] - width) // 2, (rgb.shape[0] - height) // 2
    part: npt.NDArray[np.uint8] = np.ascontiguousarray(rgb[top : top + height, left : left + width])
    return np.asarray(cv2.resize(part, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def save(rgb: RGBImage, path: Path, random: np.random.Generator) -> None:
    """As a JPEG, with grain."""
    grain = random.normal(0, _GRAIN, rgb.shape).astype(np.float32)
    Image.fromarray((rgb + grain).clip(0, 255).astype(np.uint8)).save(path, quality=_QUALITY)


def crowd(
    scenery: RGBImage, faces: Sequence[tuple[Path, Box]], side: float, random: np.random.Generator
) -> Iterator[Box]:
    """Lay pictures of faces into a scene; gives where each face lies then.

    scenery: (3000, 4000, 3), changed in place. faces: pictures, and the box of the face in each, which comes to be
    `side` pixels wide.
    """
    columns, rows = WIDTH // _CELL, HEIGHT // _CELL
    cells = random.permutation(columns * rows)
    for (path, box), cell in zip(faces, cells, strict=False):
        rgb = read_photo(path).rgb
        scale = side / (box.right - box.left)
        width, height = round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)
        small = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        left = int(cell) % columns * _CELL + int(random.integers(_CELL - width + 1))
        top = int(cell) // columns * _CELL + int(random.integers(_CELL - height + 1))
        scenery[top : top + height, left : left + width] = small
        yield box.scaled(scale).shifted(left, top)
