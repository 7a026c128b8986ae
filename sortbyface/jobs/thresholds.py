"""Which threshold faces are grouped with: the user's, or one chosen from the photos."""

from sortbyface.grouping import Algorithm, Faces, default_threshold
from sortbyface.grouping.calibration import Calibration, calibrate
from sortbyface.jobs import AUTO, Threshold
from sortbyface.library import FaceSet


def choose_threshold(
    wanted: Threshold, faces: FaceSet, embedder_threshold: float, algorithm: Algorithm
) -> tuple[float, Calibration | None]:
    """The threshold, and where it comes from if it was chosen from the photos."""
    if wanted != AUTO:
        return wanted, None
    usual = default_threshold(algorithm, embedder_threshold)
    calibration = calibrate(Faces(faces.vectors, faces.contents, faces.doubtful), usual)
    return calibration.threshold, calibration
