"""Which threshold faces are grouped with: the user's, or one chosen from the photos."""

import json
from collections.abc import Callable
from dataclasses import asdict

from sortbyface.grouping import DEFAULT, Algorithm, Faces, Knobs, default_threshold
from sortbyface.grouping.calibration import Calibration, calibrate
from sortbyface.jobs import AUTO, Threshold
from sortbyface.jobs.common import recipe_in_use
from sortbyface.jobs.grouping_settings import made_by, settings_in_use
from sortbyface.library import FaceSet, Library


def choose_threshold(
    wanted: Threshold,
    faces: FaceSet,
    embedder_threshold: float,
    algorithm: Algorithm,
    compared: Callable[[int, int], None],
) -> tuple[float, Calibration | None]:
    """The threshold, and where it comes from if it was chosen from the photos.

    compared: called with the faces compared with others, where they are, and all there are.
    """
    if wanted != AUTO:
        return wanted, None
    usual = default_threshold(algorithm, embedder_threshold)
    calibration = calibrate(Faces(faces.vectors, faces.contents, faces.doubtful), usual, compared)
    return calibration.threshold, calibration


def knobs_in_use(library: Library, embedder_threshold: float) -> Knobs:
    """What the people of the library were grouped with the last time; the usual knobs if it was another algorithm."""
    settings = settings_in_use(library)
    threshold = settings.threshold
    if threshold == AUTO:
        by = made_by(DEFAULT, AUTO, settings.iterations, 0)
        calibration = parse_calibration(library.faces.calibration(recipe_in_use(library), by), faces=0)
        threshold = calibration.threshold if calibration else default_threshold(DEFAULT, embedder_threshold)
    return Knobs(threshold, settings.iterations)


_MOST_GROWN = 1.1
"""From then on, a threshold is chosen anew: it depends on the number of faces, but not much."""


def format_calibration(calibration: Calibration | None, faces: int) -> str:
    """To be kept with the groups. faces: all of them, not only different and clear ones."""
    return json.dumps({**asdict(calibration), "of": faces}) if calibration else ""


def parse_calibration(text: str | None, faces: int) -> Calibration | None:
    """What was kept, unless there are so many more faces by now that it is to be chosen anew."""
    try:
        fields = json.loads(text or "")
        of = int(fields.pop("of"))
        calibration = Calibration(**fields)
    except (ValueError, TypeError, KeyError, AttributeError):  # none was kept
        return None
    return calibration if faces <= _MOST_GROWN * of else None
