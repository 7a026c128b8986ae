"""What every detector has in common."""

from pathlib import Path
from typing import Protocol

from sortbyface.arrays import RGBImage
from sortbyface.faces.face import Detection


class Detector(Protocol):
    """Finds the faces of one picture."""

    @property
    def recipe(self) -> str:
        """Name, version, and its setting if that is not the default; changes whenever boxes could."""

    @property
    def clear_score(self) -> float:
        """Faces with a score below may well be something else."""

    def prepare(self) -> None:
        """Make ready, once a machine, what `detect` needs. Raises ModelUnusable when that cannot be had."""

    def networks(self) -> list[Path]:
        """The exported networks that `detect` runs, where `prepare` leaves them."""

    def detect(self, rgb: RGBImage, smallest: float | None = None) -> list[Detection]:
        """Faces in one upright picture, best first, with boxes in its pixels.

        smallest: how many pixels the smallest face has that is to be found; None: as small as seems worth the work.
        """
