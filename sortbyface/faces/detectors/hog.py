"""Faces by histograms of oriented gradients (dlib's frontal face detector; Dalal and Triggs 2005).

Good on upright, frontal faces of 80 pixels and more; blind to profiles. No weights to download.
"""

import math
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import dlib
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import RGBImage
from sortbyface.cache import cache_folder
from sortbyface.faces.detectors.doubling import MOST_DOUBLINGS, doublings_for
from sortbyface.faces.face import Box, Detection

_LONGEST_SIDE = 2560
"""No picture is enlarged beyond this: a search there costs seconds and hundreds of megabytes, and finds little."""

_CLEAR = 0.15
"""Scores below are as often a pattern as a face (docs/decisions/detection.md): they count where nothing is clearer."""


@dataclass(frozen=True)
class HogDetector:
    """Finds frontal faces; looks closer, at twice and four times the size, only where it found no clear one."""

    upsample: int | None = None
    """A number: the picture is doubled so often, always, and every face counts, as in the original (which had 2)."""

    @property
    def recipe(self) -> str:
        return "hog-1" if self.upsample is None else f"hog-1-{self.upsample}"

    @property
    def clear_score(self) -> float:
        """Or none at all, where it was told how often to double, and every face counts."""
        return _CLEAR if self.upsample is None else -math.inf

    def prepare(self) -> None:
        """Nothing: dlib brings it along."""

    def networks(self) -> list[Path]:
        """None."""
        return []

    def detect(self, rgb: RGBImage, smallest: float | None = None) -> list[Detection]:
        """Faces in one upright picture, best first.

        rgb: (height, width, 3) uint8. smallest: doubles the picture until such a face has 80 pixels, twice at most,
        unless `upsample` says how often. Boxes are in the picture's pixels, and may reach beyond its edges.
        """
        gray = np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
        if self.upsample is not None:
            return _search(gray, self.upsample)
        if smallest is not None:
            return _search(gray, doublings_for(smallest))
        doubtful: list[Detection] = []
        for times in range(MOST_DOUBLINGS + 1):
            if times and max(gray.shape) << times > _LONGEST_SIDE:
                break
            found = _search(gray, times)
            clear = [detection for detection in found if detection.score >= _CLEAR]
            if clear:
                return clear
            doubtful = doubtful or found
        return doubtful


def _search(gray: npt.NDArray[np.uint8], doublings: int) -> list[Detection]:
    """One search, in the picture enlarged to 1, 2 or 4 times its size; boxes are in pixels of the picture itself."""
    rectangles, scores, _ = _dlib_detector().run(gray, doublings)
    found = [
        Detection(Box(r.left(), r.top(), r.right() + 1, r.bottom() + 1), float(score))
        for r, score in zip(rectangles, scores, strict=True)
    ]
    return sorted(found, key=lambda detection: (-detection.score, detection.box))


@cache
def _dlib_detector() -> dlib.fhog_object_detector:
    """Unpacking it takes dlib 0.2 s, loading what it has unpacked 1 ms: so it is kept, and loaded once a process."""
    kept = cache_folder() / f"hog-dlib-{dlib.__version__}.svm"
    with suppress(RuntimeError):  # not there, or damaged
        return dlib.fhog_object_detector(str(kept))
    detector = dlib.get_frontal_face_detector()
    with suppress(RuntimeError, OSError):  # a cache that cannot be written costs 0.2 s
        part = kept.with_suffix(f".{os.getpid()}.part")
        detector.save(str(part))
        part.replace(kept)
    return detector
