"""The preview that a camera leaves inside its RAW file (LibRaw, by way of rawpy)."""

from typing import BinaryIO

import numpy as np
import rawpy

from sortbyface.arrays import RGBImage
from sortbyface.errors import PhotoUnreadable

_ORIENTATION_OF_FLIP = {0: 1, 3: 3, 5: 8, 6: 6}
"""LibRaw's turn of the sensor, as the EXIF orientation that says the same."""


class NotThisKind(PhotoUnreadable):
    """The decoder does not know the content; another one may."""


def raw_preview(file: BinaryIO) -> tuple[bytes | RGBImage, int]:
    """The largest embedded preview, and the EXIF orientation that holds if the preview names none.

    The preview is a JPEG file (bytes) or, for cameras that store it so or not at all, pixels.
    Raises NotThisKind when LibRaw knows no such file, PhotoUnreadable when it is RAW but damaged.
    """
    try:
        with rawpy.imread(file) as raw:
            orientation = _ORIENTATION_OF_FLIP.get(raw.sizes.flip, 1)
            try:
                preview = raw.extract_thumb()
            except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
                return np.asarray(raw.postprocess(half_size=True, use_camera_wb=True, user_flip=0)), orientation
            if preview.format == rawpy.ThumbFormat.JPEG:
                return bytes(preview.data), orientation
            return np.asarray(preview.data, dtype=np.uint8), orientation
    except (rawpy.LibRawFileUnsupportedError, rawpy.LibRawIOError) as error:
        raise NotThisKind("not a camera's RAW file") from error
    except (rawpy.LibRawError, ValueError, MemoryError) as error:
        detail = error.args[0] if error.args else error
        text = detail.decode(errors="replace") if isinstance(detail, bytes) else str(detail)
        raise PhotoUnreadable(f"damaged RAW file: {text}") from error
