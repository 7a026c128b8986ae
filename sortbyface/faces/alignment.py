"""Faces turned upright, centred and cut to the size that a network was trained on: chips.

How an embedder wants its faces is its template. A template gives the map from the picture to the chip; the cutting is
the same for all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Chips, Points, RGBImage
from sortbyface.faces.face import Box
from sortbyface.faces.landmarks import roll

Affine: TypeAlias = npt.NDArray[np.float64]
"""(2, 3): pixels of a picture -> pixels of a chip."""


class Placed(NamedTuple):
    """Where a face is, in pixels of one picture."""

    landmarks: Points
    """(5, 2), dlib's."""

    outline: Box
    """From ear to ear, from the hairline to the chin, as MTCNN draws it."""


class Template(Protocol):
    """How an embedder wants its faces."""

    @property
    def size(self) -> int:
        """Pixels of a chip's side."""

    @property
    def recipe(self) -> str:
        """Name and version: changes whenever the same face could give another chip."""

    def map(self, face: Placed) -> Affine:
        """The map that brings a face to its place in the chip."""


@dataclass(frozen=True)
class LandmarkTemplate:
    """The landmarks where the average face has them, by the similarity that fits best (Umeyama 1991)."""

    size: int
    padding: float
    """Room around the face, as a share of its size: 0.25 is a quarter of the face on each side."""

    @property
    def recipe(self) -> str:
        """Without padding and size, which belong to the embedder's version."""
        return "landmarks-1"

    def map(self, face: Placed) -> Affine:
        """Turns, scales and moves; keeps proportions."""
        share = (_AVERAGE_FACE + self.padding) / (1 + 2 * self.padding)
        target = share * self.size - 0.5  # the middle of the first pixel is at 0
        return _similarity(face.landmarks.astype(np.float64), target)


@dataclass(frozen=True)
class OutlineTemplate:
    """The outline and a margin, turned upright and stretched to a square: as FaceNet was trained, but for the turn."""

    size: int
    margin: float
    """On each side, as a share of the outline's mean side."""

    @property
    def recipe(self) -> str:
        """Without margin and size, which belong to the embedder's version."""
        return "outline-1"

    def map(self, face: Placed) -> Affine:
        """Turns the eyes level; a face that is longer than wide becomes as wide as long."""
        left, top, right, bottom = face.outline
        margin = self.margin * ((right - left) + (bottom - top))
        across, down = self.size / (right - left + margin), self.size / (bottom - top + margin)
        angle = -roll(face.landmarks)
        cosine, sine = math.cos(angle), math.sin(angle)
        turn = np.array([[across * cosine, -across * sine], [down * sine, down * cosine]])
        middle = np.array([(left + right) / 2, (top + bottom) / 2])
        return np.column_stack([turn, (self.size - 1) / 2 - turn @ middle])


def cut_chips(rgb: RGBImage, faces: Sequence[Placed], template: Template) -> Chips:
    """One chip for each face: (n, size, size, 3) uint8. Where a face reaches beyond the picture, its chip is black."""
    if not faces:
        return np.empty((0, template.size, template.size, 3), dtype=np.uint8)
    return np.stack([_cut(rgb, template.map(face), template.size) for face in faces])


_AVERAGE_FACE = np.array(
    [(0.85957, 0.21350), (0.64606, 0.22897), (0.12058, 0.21373), (0.33409, 0.22906), (0.49011, 0.62780)]
)
"""dlib's: the mean of the five landmarks in the faces of its training, in a square around the face."""


def _similarity(points: npt.NDArray[np.float64], target: npt.NDArray[np.float64]) -> Affine:
    centre, target_centre = points.mean(axis=0), target.mean(axis=0)
    spread = points - centre
    left, strengths, right = np.linalg.svd((target - target_centre).T @ spread)
    signs = np.array([1, np.linalg.det(left @ right)])  # a face is never mirrored to fit better
    turn = (left * signs) @ right * (strengths @ signs / (spread**2).sum())
    return np.column_stack([turn, target_centre - turn @ centre])


def _cut(rgb: RGBImage, to_chip: Affine, size: int) -> RGBImage:
    """A large face is first averaged down by a whole number, as bilinear sampling alone would skip pixels."""
    turn, shift = to_chip[:, :2], to_chip[:, 2]
    factor = max(1, int(1 / math.sqrt(abs(np.linalg.det(turn)))))
    corners = np.linalg.solve(turn, np.array([[0, 0, size, size], [0, size, 0, size]]) - shift[:, np.newaxis])
    limits = np.array([rgb.shape[1], rgb.shape[0]])
    first = np.clip(np.floor(corners.min(axis=1)) - factor, 0, limits).astype(int)
    count = (np.clip(np.ceil(corners.max(axis=1)) + 2 * factor, 0, limits).astype(int) - first) // factor
    if count.min() < 1:  # the face lies outside
        return np.zeros((size, size, 3), dtype=np.uint8)
    last = first + count * factor
    region: npt.NDArray[Any] = rgb[first[1] : last[1], first[0] : last[0]]
    if factor > 1:
        region = cv2.resize(region, count.tolist(), interpolation=cv2.INTER_AREA)
    to_region = np.column_stack([turn * factor, shift + turn @ (first + (factor - 1) / 2)])
    return np.asarray(cv2.warpAffine(region, to_region, (size, size), flags=cv2.INTER_LINEAR), dtype=np.uint8)
