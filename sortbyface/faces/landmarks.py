"""Where eyes and nose are: dlib's five landmarks, found in a face and in its mirror image.

The predictor (Kazemi and Sullivan 2014; trained on public-domain data) errs a little differently on both, so the mean
of the two is steadier (docs/decisions/accuracy.md).
"""

from functools import cache

import dlib
import numpy as np

from sortbyface.arrays import Points, RGBImage
from sortbyface.faces.face import Box
from sortbyface.networks.weights import packaged_dlib_file

_MIRRORED = [2, 3, 0, 1, 4]
"""Which landmark of the mirror image is which: the eyes change places."""


def landmarks_of(rgb: RGBImage, frame: Box) -> Points:
    """The outer and inner corner of the eye at the right of the picture, of the one at its left, and the nose.

    frame: the face as dlib's detectors would frame it, in pixels of `rgb`, as are the landmarks, (5, 2).
    """
    crop, left, top = _surroundings(rgb, frame)
    here = frame.shifted(-left, -top)
    right_to_left = here._replace(left=crop.shape[1] - here.right, right=crop.shape[1] - here.left)
    seen = _predicted(crop, here)
    mirrored = _predicted(np.ascontiguousarray(crop[:, ::-1]), right_to_left)[_MIRRORED]
    mirrored[:, 0] = crop.shape[1] - 1 - mirrored[:, 0]
    return np.asarray((seen + mirrored) / 2 + np.array([left, top]), dtype=np.float32)


def roll(landmarks: Points) -> float:
    """By how many radians the line through the eyes falls to the right."""
    right_eye, left_eye = landmarks[:2].mean(axis=0), landmarks[2:4].mean(axis=0)
    x, y = (right_eye - left_eye).tolist()
    return float(np.arctan2(y, x))


def _surroundings(rgb: RGBImage, frame: Box) -> tuple[RGBImage, int, int]:
    """The part of the picture that the predictor looks at, so that no more needs mirroring, and where it lies."""
    height, width = rgb.shape[:2]
    reach = frame.right - frame.left
    left, right = (int(np.clip(x, 0, width)) for x in (frame.left - reach, frame.right + reach))
    top, bottom = (int(np.clip(y, 0, height)) for y in (frame.top - reach, frame.bottom + reach))
    return np.ascontiguousarray(rgb[top : max(bottom, top + 1), left : max(right, left + 1)]), left, top


def _predicted(rgb: RGBImage, frame: Box) -> Points:
    rectangle = dlib.rectangle(*(round(side) for side in (frame.left, frame.top, frame.right - 1, frame.bottom - 1)))
    return np.array([(point.x, point.y) for point in _predictor()(rgb, rectangle).parts()], dtype=np.float32)


@cache
def _predictor() -> dlib.shape_predictor:
    return dlib.shape_predictor(str(packaged_dlib_file("shape_predictor_5_face_landmarks.dat")))
