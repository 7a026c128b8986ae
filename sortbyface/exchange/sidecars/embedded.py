"""Faces and names from the XMP inside a picture, found without decoding a pixel."""

import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pi_heif
from PIL import AvifImagePlugin, JpegImagePlugin, TiffImagePlugin, WebPImagePlugin

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars.microsoft import PHOTO
from sortbyface.exchange.sidecars.mwg import MWG
from sortbyface.exchange.sidecars.packet import MOST_BYTES, NotXmp, parse
from sortbyface.exchange.sidecars.reading import faces_of_packet, one_per_place
from sortbyface.exchange.sidecars.regions import Layout, NamedFace

_TIFF_XMP = 700
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENSION_HEAD = struct.Struct(">32sII")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_XMP = b"XML:com.adobe.xmp\0"


def read_embedded(photo: Path, layout: Layout) -> list[NamedFace]:
    """The faces that the XMP inside a photo knows; none for a file without, or of a kind that has none.

    JPEG (with extended XMP), PNG, TIFF and DNG, WebP, HEIC, AVIF. Raises SidecarUnreadable.
    """
    try:
        if not photo.is_file():
            raise NotXmp("not a regular file")
        with photo.open("rb") as file:
            packets = [packet for packet in _packets(file) if MWG.encode() in packet or PHOTO.encode() in packet]
        return one_per_place(*(faces_of_packet(parse(packet).getroot(), layout) for packet in packets))
    except OSError as error:
        raise SidecarUnreadable(f"{photo} cannot be read: {error.strerror or error}; see to its permissions") from error
    except NotXmp as error:
        raise SidecarUnreadable(
            f"{photo}: the face regions inside it cannot be read ({error}); "
            "copy the photo again, or write its metadata again with the program that made it"
        ) from error


def _packets(file: BinaryIO) -> list[bytes]:
    """The XMP packets of a picture of any kind. Raises NotXmp, OSError."""
    head = file.read(32)
    file.seek(0)
    if head.startswith(_PNG):
        return list(_png_packets(file))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _pillow_packets(file, head)
        except Exception as error:  # decoders raise anything at all on damaged files
            if isinstance(error, OSError) and error.errno is not None:
                raise
            raise NotXmp(f"damaged: {' '.join(str(error).split())[:200]}") from error


def _pillow_packets(file: BinaryIO, head: bytes) -> list[bytes]:
    """By Pillow's readers themselves: its `open` would refuse very large pictures, of which only the head is read."""
    found: list[Any] = []
    if head.startswith(b"\xff\xd8\xff"):
        jpeg = JpegImagePlugin.JpegImageFile(file)
        found = [jpeg.info.get("xmp"), _extended([data for _, data in jpeg.applist])]
    elif head.startswith((b"II*\0", b"MM\0*")):
        found = [TiffImagePlugin.TiffImageFile(file).tag_v2.get(_TIFF_XMP)]
    elif head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        found = [WebPImagePlugin.WebPImageFile(file).info.get("xmp")]
    elif head[4:8] == b"ftyp" and b"avi" in head[8:]:
        found = [AvifImagePlugin.AvifImageFile(file).info.get("xmp")]
    elif head[4:8] == b"ftyp" and head[8:12] != b"crx ":
        found = [pi_heif.open_heif(file).info.get("xmp")]
    return [packet for packet in found if isinstance(packet, bytes)]


def _extended(segments: list[bytes]) -> bytes | None:
    """What did not fit into a JPEG's first packet: a second one, in numbered parts.

    Source: Adobe, "XMP specification, part 3", section 1.1.3.1. Parts of an older state may lie about: the
    name of the whole is its MD5.
    """
    wholes: dict[bytes, bytearray] = {}
    for segment in segments:
        if not segment.startswith(_EXTENSION) or len(segment) < len(_EXTENSION) + _EXTENSION_HEAD.size:
            continue
        name, length, offset = _EXTENSION_HEAD.unpack_from(segment, len(_EXTENSION))
        part = segment[len(_EXTENSION) + _EXTENSION_HEAD.size :]
        if length > MOST_BYTES or offset + len(part) > length:
            continue
        whole = wholes.setdefault(name, bytearray(length))
        whole[offset : offset + len(part)] = part
    for name, whole in wholes.items():
        if hashlib.md5(whole, usedforsecurity=False).hexdigest().upper().encode() == name:
            return bytes(whole)
    return None


def _png_packets(file: BinaryIO) -> Iterator[bytes]:
    """From the text chunks; Pillow reads only those before the pixels, and exiftool writes behind them."""
    file.seek(len(_PNG))
    while len(head := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        if kind == b"iTXt" and length <= MOST_BYTES:
            data = file.read(length)
            file.seek(4, io.SEEK_CUR)
            if data.startswith(_PNG_XMP):
                yield _png_text(data[len(_PNG_XMP) :])
        else:
            file.seek(length + 4, io.SEEK_CUR)


def _png_text(data: bytes) -> bytes:
    """Behind a flag and a method of compression, a language, and the keyword in that language."""
    packed, (_, _, text) = data[:1], (*data[2:].split(b"\0", 2), b"", b"")[:3]
    if packed != b"\1":
        return text
    try:
        return zlib.decompressobj().decompress(text, MOST_BYTES)
    except zlib.error as error:
        raise NotXmp(f"damaged: {error}") from error
