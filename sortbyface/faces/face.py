"""Where a face is, and what it looks like to a network."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Points


class Box(NamedTuple):
    """A rectangle in pixels, left and top inside it, right and bottom just outside; may reach beyond the photo."""

    left: float
    top: float
    right: float
    bottom: float

    def scaled(self, factor: float) -> "Box":
        """The same rectangle in a picture `factor` times as large."""
        return Box(*(side * factor for side in self))

    def overlap(self, other: "Box") -> float:
        """Intersection over union: 0 when apart, 1 when the same."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        if width <= 0 or height <= 0:
            return 0.0
        shared = width * height
        return shared / (self.area + other.area - shared)

    @property
    def area(self) -> float:
        """In square pixels."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True, eq=False)
class Detection:
    """One face, as a detector reports it, in pixels of the image that it was shown."""

    box: Box
    score: float
    """The detector's own measure of certainty; only to be compared within one detector."""

    landmarks: Points | None = None
    """(5, 2), where the detector finds them: the eye at the picture's left, the other, nose, corners of the mouth."""

    frame: Box | None = None
    """Where to look for the landmarks that faces are aligned by, if not in the box: as dlib would draw that."""


@dataclass(frozen=True, eq=False)
class Face:
    """One face of a photo, in pixels of the upright, full-size photo."""

    box: Box
    score: float
    landmarks: Points
    """(5, 2): the outer and inner corner of the eye at the right of the picture, of the one at its left, the nose."""

    vector: npt.NDArray[np.float32]
    """(d,) of length 1."""
