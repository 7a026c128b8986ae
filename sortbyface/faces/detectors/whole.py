"""The picture is a face: for collections of faces that were cut out before."""

from dataclasses import dataclass
from pathlib import Path

from sortbyface.arrays import RGBImage
from sortbyface.faces.face import Box, Detection

_SHARE = 0.8
"""Of a face's cut-out, the face itself; the rest is margin. What the landmark predictor expects to be shown."""


@dataclass(frozen=True)
class WholeDetector:
    """Looks for nothing: every picture shows one face, in its middle."""

    @property
    def recipe(self) -> str:
        return "whole-1"

    @property
    def clear_score(self) -> float:
        """None is in doubt."""
        return 0.0

    def prepare(self) -> None:
        """Nothing."""

    def networks(self) -> list[Path]:
        """None."""
        return []

    def detect(self, rgb: RGBImage, smallest: float | None = None) -> list[Detection]:
        """One square box in the middle of the picture, of most of its shorter side, however small that is."""
        height, width = rgb.shape[:2]
        half = _SHARE * min(height, width) / 2
        middle = Box(width / 2 - half, height / 2 - half, width / 2 + half, height / 2 + half)
        return [Detection(middle, 1.0)]
