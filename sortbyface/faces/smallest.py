"""How small a face may be to be wanted, and how large a picture it takes to see it."""

from collections.abc import Callable
from typing import NamedTuple

USUAL_SIDE = 1280
"""Pixels of a photo's longer side at which faces are looked for: the original's choice, and a good one."""

_LARGEST_SIDE = 4096
"""More would take a worker beyond its memory."""

_LEAST_SEEN = 16
"""Pixels that a face needs to be found by the sharpest-eyed detector (docs/decisions/detection.md)."""


class SmallestFace(NamedTuple):
    """A face's longer side: pixels of the full-size photo, or per cent of the photo's longer side."""

    number: float
    is_share: bool = False

    @classmethod
    def parse(cls, text: str) -> "SmallestFace":
        """From "50" or "1.5%". Raises ValueError for anything else, sides of no pixel, and shares beyond 100 %."""
        smallest = cls(float(text.removesuffix("%")), text.endswith("%"))
        if not 0 < smallest.number <= (100 if smallest.is_share else 1_000_000):
            raise ValueError(f"{text} is no size of a face")
        return smallest

    def __str__(self) -> str:
        return f"{self.number:g}{'%' if self.is_share else ''}"

    def pixels(self, longer_side: int) -> float:
        """In a photo of this size."""
        return self.number / 100 * longer_side if self.is_share else self.number

    def working_side(self, longer_side: int) -> int:
        """Pixels that the longer side of the picture must have at least for such a face to be seen."""
        needed = round(longer_side * _LEAST_SEEN / self.pixels(longer_side))
        return min(max(needed, USUAL_SIDE), _LARGEST_SIDE)


WorkingSide = Callable[[int], int]
"""A photo's longer side -> the longer side of the picture in which its faces are looked for."""


def usual_side(_longer_side: int) -> int:
    """Whatever the photo's size."""
    return USUAL_SIDE
