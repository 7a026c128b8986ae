"""Read one photo: upright, as RGB, at a working scale, in bounded memory.

Every format goes through Pillow (HEIC and HEIF by its plug-in pi-heif); camera RAW files give their
embedded preview. What a file is called does not matter, what it contains does.
"""

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import cv2
import numpy as np
from pi_heif import register_heif_opener
from PIL import ExifTags, Image, UnidentifiedImageError

from sortbyface.arrays import RGBImage
from sortbyface.errors import PhotoOutOfReach, PhotoUnreadable
from sortbyface.photos.finding import RAW_EXTENSIONS
from sortbyface.photos.picture import Picture
from sortbyface.photos.raw import NotThisKind, raw_preview

WORKING_SIDE = 1280
"""Pixels of the longer side at which faces are looked for: the original's choice, and a good one."""

MOST_PIXELS = 200_000_000
"""Photos with more pixels are refused: no camera makes them, and they would not fit in memory."""

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "DIB", "WEBP", "GIF", "HEIF", "AVIF")

register_heif_opener()


def read_photo(path: Path, longest_side: int = WORKING_SIDE) -> Picture:
    """One photo, turned upright by its EXIF orientation.

    longest_side: the picture's longer side in pixels at most; smaller photos stay as they are. Of
    animated formats the first frame is read; transparent pixels become white.

    Raises PhotoOutOfReach when the file cannot be read, PhotoUnreadable (with the reason) when its
    content is not a whole image of a known format or has more than 200 megapixels.
    """
    try:
        with path.open("rb") as file:
            return _read(file, path.suffix.lower() in RAW_EXTENSIONS, longest_side)
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error


def _read(file: BinaryIO, called_raw: bool, longest_side: int) -> Picture:
    """A TIFF-based RAW file would also pass for a tiny TIFF, so its extension decides who tries first."""
    if not file.read(1):
        raise PhotoUnreadable("the file is empty")
    first, second = (_read_raw, _read_image) if called_raw else (_read_image, _read_raw)
    try:
        return first(file, longest_side)
    except NotThisKind:
        try:
            return second(file, longest_side)
        except NotThisKind:
            raise PhotoUnreadable("not an image, whatever its name says") from None


def _read_raw(file: BinaryIO, longest_side: int) -> Picture:
    file.seek(0)
    preview, orientation = raw_preview(file)
    if isinstance(preview, bytes):
        return _read_image(io.BytesIO(preview), longest_side, orientation)
    rgb = _upright(preview, orientation)
    return Picture(_shrunk(rgb, longest_side), rgb.shape[1], rgb.shape[0], orientation, None)


def _read_image(file: BinaryIO, longest_side: int, orientation: int = 1) -> Picture:
    """orientation: the one that holds where the image itself names none."""
    file.seek(0)
    with _pillow_without_its_own_limit():
        try:
            with Image.open(file, formats=_FORMATS) as image:
                return _decoded(image, longest_side, orientation)
        except UnidentifiedImageError as error:
            raise NotThisKind("not an image, or too damaged to tell") from error
        except PhotoUnreadable:
            raise
        except MemoryError as error:
            raise PhotoUnreadable("too large for the memory that is free") from error
        except Exception as error:  # decoders raise anything at all on damaged files
            raise PhotoUnreadable(_reason(error)) from error


def _decoded(image: Image.Image, longest_side: int, orientation: int) -> Picture:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PhotoUnreadable(
            f"{width:,} x {height:,} pixels are more than the {MOST_PIXELS:,} that are opened; save it smaller"
        )
    orientation, taken_at = _exif(image, orientation)
    image.draft("RGB", (longest_side, longest_side))  # JPEG alone: decodes at 1/2, 1/4 or 1/8
    pixels = np.asarray(_eight_bit_rgb(_reduced(image, longest_side)))
    if orientation >= 5:  # stored on its side
        width, height = height, width
    return Picture(_shrunk(_upright(pixels, orientation), longest_side), width, height, orientation, taken_at)


def _reduced(image: Image.Image, longest_side: int) -> Image.Image:
    """A huge image averaged down in its own mode, before anything makes another full-size copy of it."""
    factor = max(image.size) // (2 * longest_side)
    image.load()
    if factor < 2 or image.mode in ("P", "1", "PA") or image.mode.startswith("I;16"):
        return image
    return image.reduce(factor)


def _eight_bit_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _eight_bit_gray(image).convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        opaque = Image.new("RGBA", image.size, "white")
        opaque.alpha_composite(image.convert("RGBA"))
        return opaque.convert("RGB")
    return image.convert("RGB")


def _eight_bit_gray(image: Image.Image) -> Image.Image:
    """Deep gray images, which Pillow's own conversion would clip to white."""
    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    brightest = float(values.max(initial=0))
    full_scale = 65535.0 if brightest > 255 else 255.0 if brightest > 1 else 1.0
    return Image.fromarray((values.clip(0, full_scale) * (255 / full_scale)).astype(np.uint8))


def _exif(image: Image.Image, orientation: int) -> tuple[int, str | None]:
    """Orientation (1 to 8) and the time the photo was taken; nonsense counts as not told."""
    try:
        exif = image.getexif()
        told: Any = exif.get(ExifTags.Base.Orientation)
        taken: Any = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    except Exception:  # a damaged EXIF block is no reason to lose the photo
        return orientation, None
    if isinstance(told, int) and 1 <= told <= 8:
        orientation = told
    time = re.match(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", taken) if isinstance(taken, str) else None
    return orientation, "{}-{}-{}T{}".format(*time.groups()) if time else None


def _upright(rgb: RGBImage, orientation: int) -> RGBImage:
    """EXIF 2.32, section 4.6.4 A: orientations 5 to 8 are stored transposed, the rest mirrored."""
    if orientation >= 5:
        rgb = rgb.transpose(1, 0, 2)
    flip_rows, flip_columns = {
        1: (1, 1),
        2: (1, -1),
        3: (-1, -1),
        4: (-1, 1),
        5: (1, 1),
        6: (1, -1),
        7: (-1, -1),
        8: (-1, 1),
    }[orientation]
    return np.ascontiguousarray(rgb[::flip_rows, ::flip_columns])


def _shrunk(rgb: RGBImage, longest_side: int) -> RGBImage:
    height, width = rgb.shape[:2]
    scale = longest_side / max(height, width)
    if scale >= 1:
        return rgb
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _reason(error: Exception) -> str:
    """The decoder's words, on one line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return f"damaged: {words[:200]}"


_limit_lifted = threading.Lock()


@contextmanager
def _pillow_without_its_own_limit() -> Iterator[None]:
    """Pillow refuses at 178 megapixels without a look at the format; our own limit comes instead."""
    with _limit_lifted:
        limit = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = limit
