"""How well a face can be recognised, judged from how it was taken, not from who it is."""

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Points, RGBImage


class Quality(NamedTuple):
    """What a face has to offer a network."""

    pixels: float
    """The mean side of its outline in the picture that its chip was cut from."""

    sharpness: float
    """Contrast of its finest detail, as a share of all contrast in the chip: 0 for fog, below 0.1 for a blur."""

    yaw: float
    """How far the nose is from the middle of the eyes, in eye distances, to the right: 0 from the front, some 0.4 in
    profile."""


LEAST_PIXELS, LEAST_SHARPNESS, MOST_YAW = 32, 0.06, 0.4
"""Beyond these, too many faces are taken for somebody else (docs/decisions/quality.md)."""


def quality_of(chip: RGBImage, pixels: float, landmarks: Points) -> Quality:
    """The quality of one face. chip: (size, size, 3) uint8. landmarks: (5, 2), dlib's, in any picture."""
    return Quality(pixels, _sharpness(chip), _yaw(landmarks))


def _sharpness(chip: RGBImage) -> float:
    gray = cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY).astype(np.float32)
    detail = cv2.Laplacian(gray, cv2.CV_32F)
    return float(detail.std() / max(float(gray.std()), 1.0))


def _yaw(landmarks: Points) -> float:
    """After turning the eyes level."""
    right_eye, left_eye, nose = landmarks[:2].mean(axis=0), landmarks[2:4].mean(axis=0), landmarks[4]
    across = right_eye - left_eye
    distance = max(float(np.linalg.norm(across)), 1e-6)
    return float((nose - (right_eye + left_eye) / 2) @ across) / distance**2


def doubtful(
    scores: npt.NDArray[np.float64], qualities: npt.NDArray[np.float64], clear_score: float
) -> npt.NDArray[np.bool_]:
    """Which faces are hard to recognise, or may be none at all: tiny, blurred, in profile, or of a low score.

    scores: (n,), and the detector's `clear_score`.   qualities: (n, 3), NaN where nothing is known, which is no doubt.
    """
    pixels, sharpness, yaw = qualities.T
    unclear = scores < clear_score
    return np.asarray(unclear | (pixels < LEAST_PIXELS) | (sharpness < LEAST_SHARPNESS) | (np.abs(yaw) > MOST_YAW))
