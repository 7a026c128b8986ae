"""The preview that a camera leaves inside its RAW file (LibRaw, by way of rawpy)."""

import io
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import rawpy
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.errors import PhotoUnreadable
from sortbyface.faces.smallest import WorkingSide

_MAGIC = (b"II*\0", b"MM\0*", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILM")
_MAGIC_AT_4 = b"ftypcrx "
"""How RAW files begin: TIFF and its kin, Fujifilm, Canon's CR3. LibRaw would read any file whole to find out."""

_MOST_BYTES = 1_000_000_000
_ORIENTATION_OF_FLIP = {0: 1, 1: 2, 2: 4, 3: 3, 4: 5, 5: 8, 6: 6, 7: 7}
"""LibRaw's bits (1: left and right, 2: top and bottom, 4: rows and columns), as EXIF orientations."""

_TAIL = 1024


class NotThisKind(PhotoUnreadable):
    """The decoder does not know the content; another one may."""


@dataclass(frozen=True, eq=False)
class RawPreview:
    """What a RAW file shows without development, or with a quick one if it holds no preview worth the name."""

    image: bytes | RGBImage
    """A JPEG file, or pixels as they lie on the sensor."""

    orientation: int
    """EXIF orientation; a JPEG may name its own, which is then the one that holds."""

    width: int
    """Of the developed photo, upright."""

    height: int


def raw_preview(file: BinaryIO, enough: WorkingSide) -> RawPreview:
    """The largest embedded preview, if its longer side has `enough` pixels or at least half of the sensor's.

    Raises NotThisKind when the file is of another kind, PhotoUnreadable when it is RAW but damaged.
    """
    head = file.read(12)
    if not head.startswith(_MAGIC) and head[4:12] != _MAGIC_AT_4:
        raise NotThisKind("not a camera's RAW file")
    file.seek(0)
    content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise PhotoUnreadable(f"larger than any RAW file, more than {_MOST_BYTES:,} bytes")
    try:
        raw = rawpy.imread(io.BytesIO(content))
    except (rawpy.LibRawError, ValueError, MemoryError) as error:
        raise NotThisKind("not a camera's RAW file") from error
    with raw:
        try:
            return _preview(raw, content, enough)
        except (rawpy.LibRawError, ValueError, MemoryError) as error:
            detail = error.args[0] if error.args else error
            text = detail.decode(errors="replace") if isinstance(detail, bytes) else str(detail)
            raise PhotoUnreadable(f"damaged RAW file: {text}") from error


def _preview(raw: rawpy.RawPy, content: bytes, enough: WorkingSide) -> RawPreview:
    orientation = _ORIENTATION_OF_FLIP.get(raw.sizes.flip, 1)
    width, height = raw.sizes.width, raw.sizes.height
    upright = (height, width) if orientation >= 5 else (width, height)
    image = _embedded(raw, content)
    longer = max(width, height)
    if image is None or _longer_side(image) < min(enough(longer), longer // 2):
        image = np.asarray(raw.postprocess(half_size=True, use_camera_wb=True, user_flip=0), dtype=np.uint8)
    return RawPreview(image, orientation, *upright)


def _embedded(raw: rawpy.RawPy, content: bytes) -> bytes | RGBImage | None:
    try:
        preview = raw.extract_thumb()
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
        return None
    if preview.format != rawpy.ThumbFormat.JPEG:
        return np.asarray(preview.data, dtype=np.uint8)
    image = bytes(preview.data)
    if image[-_TAIL:] not in content:  # LibRaw fills up with whatever lay in memory
        raise PhotoUnreadable("damaged RAW file: it ends inside its preview")
    return image


def _longer_side(image: bytes | RGBImage) -> int:
    if not isinstance(image, bytes):
        return int(max(image.shape[:2]))
    try:
        with Image.open(io.BytesIO(image), formats=("JPEG",)) as opened:
            return max(opened.size)
    except OSError:
        return 0
