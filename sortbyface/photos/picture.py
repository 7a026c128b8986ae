"""A photo in memory."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from sortbyface.arrays import RGBImage

_LARGEST_SIDE = 4096
"""Of a sharpened picture, in pixels: with more, a worker would go beyond its memory."""


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded photo, upright, at a scale that suits the finding of faces."""

    rgb: RGBImage
    """(height, width, 3) at the working scale, already turned upright."""

    sharp: RGBImage
    """The same at the largest scale that decoding gave, up to about twice as large: for a closer look at a face."""

    width: int
    """Of the upright photo at full size, in pixels."""

    height: int

    orientation: int
    """EXIF orientation of the stored photo, 1 to 8; 1 is upright as stored."""

    taken_at: str | None
    """When the shutter opened, as the camera's clock had it: 2019-07-14T18:03:22; None when not told."""

    decode_again: Callable[[int], RGBImage] | None = None
    """Gives the same with a longer side of at least so many pixels, as far as the photo has them, like `sharp`."""

    def sharpened(self, factor: float) -> "Picture":
        """With a `sharp` so many times as large, if the photo has the pixels; up to 4096 are asked for.

        Raises PhotoUnreadable when the photo has gone since.
        """
        side = max(self.sharp.shape[:2])
        wanted = min(side * factor, max(self.width, self.height), _LARGEST_SIDE)
        if self.decode_again is None or wanted <= side:
            return self
        return replace(self, sharp=self.decode_again(math.ceil(wanted)))

    @property
    def scale(self) -> float:
        """Full-size pixels for each pixel of `rgb`; 1 or more."""
        return max(self.width, self.height) / float(max(self.rgb.shape[:2]))

    @property
    def zoom(self) -> float:
        """Pixels of `sharp` for each pixel of `rgb`; 1 or more."""
        return float(max(self.sharp.shape[:2]) / max(self.rgb.shape[:2]))
