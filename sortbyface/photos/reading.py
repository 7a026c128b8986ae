"""Read one photo: upright, as RGB, at a working scale, in bounded memory.

Every format goes through Pillow (HEIC and HEIF by its plug-in pi-heif); camera RAW files give their
embedded preview. What a file is called does not matter, what it contains does.
"""

import io
import math
import stat
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import cv2
import numpy as np
from pi_heif import register_heif_opener
from PIL import ExifTags, Image, UnidentifiedImageError

from sortbyface.arrays import RGBImage
from sortbyface.errors import PhotoOutOfReach, PhotoUnreadable
from sortbyface.faces.smallest import WorkingSide, usual_side
from sortbyface.photos.finding import RAW_EXTENSIONS
from sortbyface.photos.picture import Picture
from sortbyface.photos.raw import NotThisKind, raw_preview

MOST_PIXELS = 200_000_000
"""Photos with more pixels are refused: no camera makes them, and they would take more than 1.5 GB."""

_MOST_PIXELS_OF = {"TIFF": 150_000_000, "WEBP": 80_000_000, "HEIF": 80_000_000, "AVIF": 80_000_000, "GIF": 80_000_000}
"""Fewer where the decoder holds several copies at once."""

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "DIB", "WEBP", "GIF", "HEIF", "AVIF")

_TURNED_BY_DECODER = ("TIFF", "HEIF")
"""Their pixels are upright as Pillow gives them. The orientation is told all the same: other programs count from the
stored picture."""

_STRIP_PIXELS = 1_000_000
_DNG_VERSION = 50706
"""The tag that tells a DNG from other TIFFs, whose first image is often a thumbnail only."""

register_heif_opener()


def read_photo(path: Path, working_side: WorkingSide = usual_side) -> Picture:
    """One photo, turned upright by its EXIF orientation.

    working_side: the longer side in pixels that suits the finding of faces; smaller photos stay as they are.
    Of animated formats the first frame is read; transparent pixels become white.

    Raises PhotoOutOfReach when the file cannot be read, PhotoUnreadable (with the reason) when its
    content is not a whole image of a known format or has too many pixels.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # to open a pipe would be to wait for ever
            raise PhotoOutOfReach("not a regular file")
        with path.open("rb") as file:
            picture = _read(file, path.suffix.lower() in RAW_EXTENSIONS, working_side)
            return replace(picture, decode_again=lambda side: read_photo(path, lambda _: side).sharp)
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error


def _read(file: BinaryIO, called_raw: bool, working_side: WorkingSide) -> Picture:
    """A TIFF-based RAW file would also pass for a tiny TIFF, so its extension decides who tries first."""
    if not file.read(1):
        raise PhotoUnreadable("the file is empty")
    first, second = (_read_raw, _read_image) if called_raw else (_read_image, _read_raw)
    try:
        return first(file, working_side)
    except NotThisKind:
        try:
            return second(file, working_side)
        except NotThisKind:
            raise PhotoUnreadable("not an image, whatever its name says") from None


def _read_raw(file: BinaryIO, working_side: WorkingSide) -> Picture:
    file.seek(0)
    preview = raw_preview(file, working_side)
    if isinstance(preview.image, bytes):
        return _read_image(io.BytesIO(preview.image), working_side, preview.orientation)
    sharp = _upright(preview.image, preview.orientation)
    longest_side = working_side(max(preview.width, preview.height))
    return Picture(_shrunk(sharp, longest_side), sharp, preview.width, preview.height, preview.orientation, None)


def _read_image(file: BinaryIO, working_side: WorkingSide, orientation: int = 1) -> Picture:
    """orientation: the one that holds where the image itself names none."""
    file.seek(0)
    with _pillow_at_our_terms():
        try:
            with Image.open(file, formats=_FORMATS) as image:
                if image.format == "TIFF" and _DNG_VERSION in image.tag_v2:  # type: ignore[attr-defined]
                    raise NotThisKind("a camera's RAW file, whatever its name says")
                return _decoded(image, working_side, orientation)
        except UnidentifiedImageError as error:
            raise NotThisKind("not an image, or too damaged to tell") from error
        except PhotoUnreadable:
            raise
        except MemoryError as error:
            raise PhotoUnreadable("too large for the memory that is free") from error
        except Exception as error:  # decoders raise anything at all on damaged files
            raise PhotoUnreadable(_reason(error)) from error


def _decoded(image: Image.Image, working_side: WorkingSide, orientation: int) -> Picture:
    width, height = image.size
    most = _MOST_PIXELS_OF.get(image.format or "", MOST_PIXELS)
    if width * height > most:
        raise PhotoUnreadable(f"{width:,} x {height:,} pixels are more than the {most:,} that fit; save it smaller")
    orientation, taken_at = _exif(image, orientation)
    longest_side = working_side(max(width, height))
    wanted = min(1.0, longest_side / max(width, height))
    image.draft("RGB", (math.ceil(width * wanted), math.ceil(height * wanted)))  # JPEG alone, at 1/2, 1/4 or 1/8
    image.load()
    is_upright = image.format in _TURNED_BY_DECODER
    pixels = np.asarray(_eight_bit_rgb(image, longest_side))
    if not is_upright:
        pixels = _upright(pixels, orientation)
        if orientation >= 5:  # stored on its side
            width, height = height, width
    return Picture(_shrunk(pixels, longest_side), pixels, width, height, orientation, taken_at)


def _eight_bit_rgb(image: Image.Image, longest_side: int) -> Image.Image:
    """RGB, of a large image averaged down by a whole number, strip by strip: so that only the original is large."""
    to_rgb = _conversion(image)
    factor = max(image.size) // longest_side
    if factor < 2:
        return to_rgb(image)
    width, height = (-(-side // factor) for side in image.size)
    small = Image.new("RGB", (width, height))
    rows = factor * max(1, _STRIP_PIXELS // (factor * image.width))
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        small.paste(to_rgb(strip).reduce(factor), (0, top // factor))
    return small


def _conversion(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return partial(_from_deep_gray, full_scale=_full_scale(image))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return _on_white
    return lambda part: part.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    opaque = Image.new("RGBA", image.size, "white")
    opaque.alpha_composite(image.convert("RGBA"))
    return opaque.convert("RGB")


def _full_scale(image: Image.Image) -> float:
    """White in a deep gray image, such as 4095 for 12 bits in 16. Pillow's own conversion would clip at 255."""
    brightest: Any = image.getextrema()[1]
    if image.mode == "F":
        return max(1.0, float(brightest)) if math.isfinite(brightest) else 1.0
    return next(2.0**bits - 1 for bits in (8, 12, 16, 31) if brightest < 2**bits)


def _from_deep_gray(image: Image.Image, full_scale: float) -> Image.Image:
    values = np.nan_to_num(np.asarray(image, dtype=np.float32))
    return Image.fromarray((values.clip(0, full_scale) * (255 / full_scale)).astype(np.uint8)).convert("RGB")


def _exif(image: Image.Image, orientation: int) -> tuple[int, str | None]:
    """Orientation (1 to 8) and the time the photo was taken; nonsense counts as not told."""
    try:
        exif = image.getexif()
        told: Any = exif.get(ExifTags.Base.Orientation)
        if image.format == "HEIF":  # whose EXIF is made to agree with the turned pixels
            told = image.info["original_orientation"] or told
        taken: Any = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    except Exception:  # a damaged EXIF block is no reason to lose the photo
        return orientation, None
    if isinstance(told, int) and 1 <= told <= 8:
        orientation = told
    try:
        return orientation, datetime.strptime(str(taken)[:19], "%Y:%m:%d %H:%M:%S").isoformat()
    except ValueError:
        return orientation, None


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


_one_at_a_time = threading.Lock()


@contextmanager
def _pillow_at_our_terms() -> Iterator[None]:
    """Without its own limit of 178 megapixels for any format, as ours come instead, and without its warnings."""
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        limit = Image.MAX_IMAGE_PIXELS
        Image.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = limit
