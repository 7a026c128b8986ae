"""A detector, at the scale that the smallest face wanted calls for."""

from dataclasses import dataclass, field

from sortbyface.faces.detectors import DETECTORS, detector_of
from sortbyface.faces.detectors.detector import Detector
from sortbyface.faces.face import Box, Detection
from sortbyface.faces.smallest import SmallestFace, WorkingSide, usual_side
from sortbyface.photos.picture import Picture


@dataclass(frozen=True)
class Finder:
    """Finds the faces of photos."""

    detector: Detector = field(default_factory=next(iter(DETECTORS.values())))
    smallest: SmallestFace | None = None
    """None: as small as seems worth the work to the detector, in a picture of the usual size."""

    @property
    def recipe(self) -> str:
        """The detector's, and after an @ the smallest face, if one was asked for."""
        return self.detector.recipe + (f"@{self.smallest}" if self.smallest else "")

    @classmethod
    def of(cls, recipe: str) -> "Finder | None":
        """The finder with this recipe; None if this program has no such one."""
        name, at, size = recipe.partition("@")
        detector = detector_of(name)
        try:
            return cls(detector, SmallestFace.parse(size) if at else None) if detector else None
        except ValueError:
            return None

    @property
    def working_side(self) -> WorkingSide:
        """How large a picture it needs of a photo."""
        return self.smallest.working_side if self.smallest else usual_side

    def find(self, picture: Picture) -> list[Detection]:
        """The faces of a picture, best first, in pixels of `picture.rgb`."""
        if self.smallest is None:
            return self.detector.detect(picture.rgb)
        least = self.smallest.pixels(max(picture.width, picture.height)) / picture.scale
        return [found for found in self.detector.detect(picture.rgb, least) if _longer_side(found.box) >= least]


def _longer_side(box: Box) -> float:
    return max(box.right - box.left, box.bottom - box.top)
