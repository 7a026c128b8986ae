"""Faces and names from sidecars."""

import os
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars.microsoft import microsoft_faces
from sortbyface.exchange.sidecars.mwg import regions
from sortbyface.exchange.sidecars.packet import NotXmp, parse, read_bytes
from sortbyface.exchange.sidecars.regions import Layout, NamedFace

SAME_PLACE = 0.4
"""Two boxes that overlap so much (intersection over union) are one face, drawn by two programs."""


def sidecars_of(photo: Path) -> list[Path]:
    """The sidecars that exist beside a photo, the nearest first.

    `photo.jpg.xmp` (digiKam, Immich, darktable), then `photo.xmp` (Adobe, for RAW files), either also as `.XMP`.
    """
    found: list[Path] = []
    for stem in (photo.name, photo.stem):
        for ending in (".xmp", ".XMP"):
            path = photo.with_name(stem + ending)
            if path.is_file() and not any(os.path.samefile(path, other) for other in found):
                found.append(path)
    return found


def read_sidecar(path: Path, layout: Layout) -> list[NamedFace]:
    """The faces that a sidecar knows of a photo that lies so; those that are no place in it are left out.

    Raises SidecarUnreadable.
    """
    try:
        return faces_of_packet(parse(read_bytes(path)).getroot(), layout)
    except (NotXmp, OSError) as error:
        raise unreadable(path, error) from error


def unreadable(path: Path, error: NotXmp | OSError) -> SidecarUnreadable:
    """What to tell the user about a sidecar that cannot be read."""
    if isinstance(error, OSError):
        return SidecarUnreadable(f"{path} cannot be read: {error.strerror or error}; see to its permissions")
    return SidecarUnreadable(
        f"{path} is not a readable XMP sidecar ({error}); it was left as it is: mend it, or move it away"
    )


def faces_of_packet(root: etree._Element, layout: Layout) -> list[NamedFace]:
    """The faces of an XMP packet, the MWG's before Microsoft's."""
    faces = [face for region in regions(root) if (face := region.face(layout)) is not None]
    return one_per_place(faces, microsoft_faces(root, layout))


def one_per_place(*sources: Iterable[NamedFace]) -> list[NamedFace]:
    """The faces of several sources; where two of them have one at the same place, the earlier source holds.

    Faces of one source are kept side by side. A name is kept, too, over an earlier source that has none.
    """
    kept: list[NamedFace] = []
    for faces in sources:
        others, kept = kept, list(kept)
        for face in faces:
            same = [other for other in others if other.box.overlap(face.box) >= SAME_PLACE]
            if face.name and same and not any(other.name for other in same):
                kept = [other for other in kept if other not in same]
                same = []
            if not same:
                kept.append(face)
    return kept
