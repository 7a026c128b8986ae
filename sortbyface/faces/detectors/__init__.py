"""Finding faces in a picture. A detector is one file here and one line in `DETECTORS`."""

from collections.abc import Callable
from typing import Protocol

from sortbyface.arrays import RGBImage
from sortbyface.faces.detectors.hog import HogDetector
from sortbyface.faces.face import Detection


class Detector(Protocol):
    """Finds the faces of one picture."""

    @property
    def recipe(self) -> str:
        """Name and version: changes whenever the same picture could give other boxes."""

    def detect(self, rgb: RGBImage) -> list[Detection]:
        """Faces in one upright picture, best first, with boxes in its pixels."""


DETECTORS: dict[str, Callable[[], Detector]] = {"hog": HogDetector}
"""By the name that users type."""
