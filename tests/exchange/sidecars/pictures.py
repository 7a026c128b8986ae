"""Small pictures of every kind that carry an XMP packet, made as other programs lay it."""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image, TiffImagePlugin

_PICTURE = Image.fromarray(np.random.default_rng(7).integers(0, 256, (40, 60, 3), np.uint8))


def jpeg(xmp: str) -> bytes:
    return _saved("JPEG", xmp=xmp.encode())


def webp(xmp: str) -> bytes:
    return _saved("WEBP", xmp=xmp.encode())


def avif(xmp: str) -> bytes:
    return _saved("AVIF", xmp=xmp.encode())


def tiff(xmp: str) -> bytes:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = xmp.encode()
    tags.tagtype[700] = 1
    return _saved("TIFF", tiffinfo=tags)


def png(xmp: str) -> bytes:
    """Behind the pixels, where exiftool puts it."""
    return _png(b"\0\0\0\0" + xmp.encode())


def packed_png(xmp: str) -> bytes:
    return _png(b"\1\0\0\0" + zlib.compress(xmp.encode()))


def extended_jpeg(xmp: str) -> bytes:
    """With a first packet that says nothing of faces, and the rest in two parts, the second of them first."""
    rest = xmp.encode()
    name = hashlib.md5(rest).hexdigest().upper().encode()
    half = len(rest) // 2
    parts = [_extension(name, len(rest), half, rest[half:]), _extension(name, len(rest), 0, rest[:half])]
    older = _extension(b"0" * 32, 9, 0, b"something")
    whole = jpeg('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    return whole[:2] + older + b"".join(parts) + whole[2:]


EVERY_KIND: dict[str, Callable[[str], bytes]] = {
    "jpg": jpeg,
    "extended.jpg": extended_jpeg,
    "webp": webp,
    "avif": avif,
    "tif": tiff,
    "png": png,
    "packed.png": packed_png,
}


def _saved(kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    _PICTURE.save(file, kind, **options)
    return file.getvalue()


def _png(text: bytes) -> bytes:
    whole = _saved("PNG")
    chunk = b"iTXt" + b"XML:com.adobe.xmp\0" + text
    end = whole.rindex(b"IEND") - 4
    return whole[:end] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + whole[end:]


def _extension(name: bytes, length: int, offset: int, part: bytes) -> bytes:
    data = b"http://ns.adobe.com/xmp/extension/\0" + name + struct.pack(">II", length, offset) + part
    return b"\xff\xe1" + struct.pack(">H", len(data) + 2) + data
