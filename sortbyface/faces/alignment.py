"""Faces turned upright, centred and cut to the size that a network was trained on.

Five landmarks (dlib's predictor, trained on public-domain data, after Kazemi and Sullivan 2014) place
each face; a similarity transform brings them to where the average face has them.
"""

from dataclasses import dataclass
from functools import cache

import dlib
import numpy as np

from sortbyface.arrays import Chips, Points, RGBImage
from sortbyface.faces.face import Box
from sortbyface.networks.weights import packaged_dlib_file

RECIPE = "five-points-1"
"""Name and version: changes whenever the same box could give another chip."""


@dataclass(frozen=True)
class ChipTemplate:
    """How an embedder wants its faces."""

    size: int
    """Pixels of a side."""

    padding: float
    """Room around the face, as a share of its size: 0.25 is a quarter of the face on each side."""


def landmarks_of(rgb: RGBImage, box: Box) -> dlib.full_object_detection:
    """The five landmarks of the face in the box, in pixels of `rgb`."""
    rectangle = dlib.rectangle(*(round(side) for side in (box.left, box.top, box.right - 1, box.bottom - 1)))
    return _predictor()(rgb, rectangle)


def cut_chips(rgb: RGBImage, landmarks: list[dlib.full_object_detection], template: ChipTemplate) -> Chips:
    """One chip for each face: (n, size, size, 3) uint8. Where a face reaches beyond the picture, its chip is black."""
    if not landmarks:
        return np.empty((0, template.size, template.size, 3), dtype=np.uint8)
    return np.stack([dlib.get_face_chip(rgb, face, template.size, template.padding) for face in landmarks])


def as_points(landmarks: dlib.full_object_detection) -> Points:
    """dlib's landmarks as (5, 2) float32."""
    return np.array([(point.x, point.y) for point in landmarks.parts()], dtype=np.float32)


@cache
def _predictor() -> dlib.shape_predictor:
    return dlib.shape_predictor(str(packaged_dlib_file("shape_predictor_5_face_landmarks.dat")))
