"""A photo in memory."""

from dataclasses import dataclass

from sortbyface.arrays import RGBImage


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded photo, upright, at a scale that suits the finding of faces."""

    rgb: RGBImage
    """(height, width, 3) at the working scale, already turned upright."""

    width: int
    """Of the upright photo at full size, in pixels."""

    height: int

    orientation: int
    """EXIF orientation of the stored photo, 1 to 8; 1 is upright as stored."""

    taken_at: str | None
    """When the shutter opened, as the camera's clock had it: 2019-07-14T18:03:22; None when not told."""

    @property
    def scale(self) -> float:
        """Full-size pixels for each pixel of `rgb`; 1 or more."""
        return max(self.width, self.height) / float(max(self.rgb.shape[:2]))
