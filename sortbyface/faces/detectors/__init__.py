"""Finding faces in a picture. A detector is one file here and one line in `DETECTORS`."""

from collections.abc import Callable

from sortbyface.faces.detectors.cnn import CnnDetector
from sortbyface.faces.detectors.detector import Detector
from sortbyface.faces.detectors.hog import HogDetector
from sortbyface.faces.detectors.mtcnn import MtcnnDetector
from sortbyface.faces.detectors.whole import WholeDetector

DETECTORS: dict[str, Callable[..., Detector]] = {
    "mtcnn": MtcnnDetector,
    "hog": HogDetector,
    "cnn": CnnDetector,
    "whole": WholeDetector,
}
"""By the name that users type; the default first."""


def detector_of(recipe: str) -> Detector | None:
    """The detector with this recipe, `name-version` or `name-version-number`; None if this program has no such one."""
    name, _, number = recipe.partition("-")
    _, _, number = number.partition("-")
    make = DETECTORS.get(name)
    if make is None or (number and not number.isdigit()):
        return None
    try:
        detector = make(int(number)) if number else make()
    except (TypeError, ValueError):  # this one has no setting, or no such one
        return None
    return detector if detector.recipe == recipe else None
