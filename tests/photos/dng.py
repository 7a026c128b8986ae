"""Writes a minimal DNG (Adobe's Digital Negative, version 1.4): a true camera RAW file that LibRaw opens.

A TIFF whose raw directory holds one uncompressed 16-bit Bayer mosaic of a camera that sees in sRGB primaries. A
preview lies where cameras put it: in the first directory, or behind a smaller thumbnail in a directory of its own.
"""

import io
import struct
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image

RGB = npt.NDArray[np.uint8]
Entry = tuple[int, str, Any]

BYTE, TEXT, SHORT, LONG, RATIONAL, SIGNED_RATIONAL = "B", "s", "H", "I", "2I", "2i"
_TYPE = {BYTE: 1, TEXT: 2, SHORT: 3, LONG: 4, RATIONAL: 5, SIGNED_RATIONAL: 10}

_XYZ_TO_LINEAR_SRGB = (3.2405, -1.5371, -0.4985, -0.9693, 1.8760, 0.0416, 0.0556, -0.2040, 1.0572)
_WHITE = 50_000
_COLOUR_FILTER_ARRAY, _RGB, _YCBCR = 32803, 2, 6


def dng(scene: RGB, preview: bytes | None = None, thumbnail: RGB | None = None, orientation: int = 1) -> bytes:
    """The file of a photo of `scene`, (height, width, 3), both even; directories first, then the pixels.

    preview: a JPEG file.   thumbnail: pixels, uncompressed.   orientation: as EXIF has it, of the whole file.
    """
    images = [(_mosaic(scene).tobytes(), [*_raster(scene, _COLOUR_FILTER_ARRAY, 16, 1, 1), *_of_the_sensor()])]
    if preview is not None:
        with Image.open(io.BytesIO(preview)) as image:
            shape = np.empty((image.height, image.width, 3), np.uint8)
        images.insert(0, (preview, [(254, LONG, [1]), *_raster(shape, _YCBCR, 8, 3, 7)]))
    if thumbnail is not None:
        images.insert(0, (thumbnail.tobytes(), [(254, LONG, [1]), *_raster(thumbnail, _RGB, 8, 3, 1)]))
    return _laid_out([pixels for pixels, _ in images], [entries for _, entries in images], _of_the_file(orientation))


def camera_jpeg(rgb: RGB, orientation: int | None = None) -> bytes:
    """A JPEG as cameras write their previews: EXIF stands first, and there is no JFIF block."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera"
    if orientation is not None:
        exif[ExifTags.Base.Orientation] = orientation
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, "JPEG", quality=95, subsampling=0, exif=exif)
    jpeg = file.getvalue()
    assert jpeg[2:4] == b"\xff\xe0"  # JFIF, 18 bytes
    return jpeg[:2] + jpeg[20:]


def _mosaic(scene: RGB) -> npt.NDArray[np.uint16]:
    """What a sensor with red, green / green, blue filters counts: one colour a pixel, linear in light."""
    light = (scene / 255.0) ** 2.2 * _WHITE
    mosaic = light[..., 1].copy()
    mosaic[::2, ::2] = light[::2, ::2, 0]
    mosaic[1::2, 1::2] = light[1::2, 1::2, 2]
    return mosaic.astype("<u2")


def _raster(image: RGB, photometric: int, bits: int, samples: int, compression: int) -> list[Entry]:
    height, width = image.shape[:2]
    return [
        (256, LONG, [width]),
        (257, LONG, [height]),
        (258, SHORT, [bits] * samples),
        (259, SHORT, [compression]),
        (262, SHORT, [photometric]),
        (277, SHORT, [samples]),
        (278, LONG, [height]),
    ]


def _of_the_sensor() -> list[Entry]:
    return [
        (254, LONG, [0]),
        (33421, SHORT, [2, 2]),  # CFARepeatPatternDim
        (33422, BYTE, [0, 1, 1, 2]),  # CFAPattern
        (50714, SHORT, [0]),  # BlackLevel
        (50717, LONG, [_WHITE]),
    ]


def _of_the_file(orientation: int) -> list[Entry]:
    matrix = [number for value in _XYZ_TO_LINEAR_SRGB for number in (round(value * 10_000), 10_000)]
    return [
        (271, TEXT, b"Make\0"),
        (272, TEXT, b"Model\0"),
        (274, SHORT, [orientation]),
        (50706, BYTE, [1, 4, 0, 0]),  # DNGVersion
        (50708, TEXT, b"Make Model\0"),  # UniqueCameraModel
        (50721, SIGNED_RATIONAL, matrix),  # ColorMatrix1
        (50728, RATIONAL, [1] * 6),  # AsShotNeutral
        (50778, SHORT, [21]),  # CalibrationIlluminant1: D65
    ]


def _laid_out(pixels: list[bytes], directories: list[list[Entry]], of_the_file: list[Entry]) -> bytes:
    """The first directory names the others as its children. Offsets follow from lengths, so all is written twice."""
    starts, places = [0] * len(directories), [0] * len(pixels)
    for _ in range(2):
        file = b"II*\0" + struct.pack("<I", 8)
        for number, entries in enumerate(directories):
            starts[number] = len(file)
            own = [*entries, (273, LONG, [places[number]]), (279, LONG, [len(pixels[number])])]
            if number == 0:
                own += of_the_file + ([(330, LONG, starts[1:])] if starts[1:] else [])
            file += _directory(own, len(file))
        for number, content in enumerate(pixels):
            places[number] = len(file)
            file += content + b"\0" * (len(content) % 2)
    return file


def _directory(entries: list[Entry], start: int) -> bytes:
    fields, values = struct.pack("<H", len(entries)), b""
    values_at = start + 2 + 12 * len(entries) + 4
    for tag, kind, value in sorted(entries, key=lambda entry: entry[0]):
        content = value if kind == TEXT else struct.pack(f"<{len(value)}{kind[-1]}", *value)
        count = len(value) // 2 if kind in (RATIONAL, SIGNED_RATIONAL) else len(value)
        fields += struct.pack("<HHI", tag, _TYPE[kind], count)
        if len(content) <= 4:
            fields += content.ljust(4, b"\0")
        else:
            fields += struct.pack("<I", values_at + len(values))
            values += content + b"\0" * (len(content) % 2)
    return fields + struct.pack("<I", 0) + values
