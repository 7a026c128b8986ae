"""Where a face is, and what it looks like to a network."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Points, RGBImage
from sortbyface.faces.quality import Quality


class Box(NamedTuple):
    """A rectangle in pixels, left and top inside it, right and bottom just outside; may reach beyond the photo."""

    left: float
    top: float
    right: float
    bottom: float

    def scaled(self, factor: float) -> "Box":
        """The same rectangle in a picture `factor` times as large."""
        return Box(*(side * factor for side in self))

    def shifted(self, x: float, y: float) -> "Box":
        """The same rectangle, so many pixels further to the right and down."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

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

    @property
    def side(self) -> float:
        """Mean of width and height, in pixels."""
        return (self.right - self.left + self.bottom - self.top) / 2


@dataclass(frozen=True, eq=False)
class Detection:
    """One face, as a detector reports it, in pixels of the image that it was shown."""

    box: Box
    score: float
    """The detector's own measure of certainty; only to be compared within one detector."""

    landmarks: Points | None = None
    """(5, 2), where the detector finds them: the eye at the picture's left, the other, nose, corners of the mouth."""

    frame: Box | None = None
    """The same face as dlib's detectors would frame it, if that is not the box: where landmarks are looked for."""

    outline: Box | None = None
    """The same face as MTCNN would draw it, if that is not the box: from ear to ear, from the hairline to the chin."""


def outline_of(frame: Box) -> Box:
    """Where MTCNN would draw a face that dlib frames so, as the mean of faces of LFW has it."""
    side = (frame.right - frame.left) / 0.98
    x, y = (frame.left + frame.right) / 2 - 0.039 * side, (frame.top + frame.bottom) / 2 - 0.084 * side
    return Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)


@dataclass(frozen=True, eq=False)
class Face:
    """One face of a photo, in pixels of the upright, full-size photo."""

    box: Box
    score: float
    landmarks: Points
    """(5, 2): the outer and inner corner of the eye at the right of the picture, of the one at its left, the nose."""

    quality: Quality
    vector: npt.NDArray[np.float32]
    """(d,) of length 1."""


@dataclass(frozen=True, eq=False)
class Sight:
    """A face that has been found and cut out, and is not embedded yet."""

    box: Box
    score: float
    landmarks: Points
    quality: Quality
    chip: RGBImage
    """(size, size, 3), as the embedder's template wants it."""

    def embedded(self, vector: npt.NDArray[np.float32]) -> Face:
        """The face with its vector, (d,) of length 1."""
        return Face(self.box, self.score, self.landmarks, self.quality, vector)
