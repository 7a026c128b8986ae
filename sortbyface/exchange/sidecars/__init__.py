"""Faces and names that other programs keep beside a photo, or inside it.

Read: XMP sidecars and the XMP inside a picture, as digiKam, Lightroom, Immich, PhotoPrism and Windows
write it, and Picasa's `.picasa.ini`. Written: sidecars alone, never a photo.

    layout = Layout(width, height, orientation)          # of the photo, upright
    faces = one_per_place(
        *(read_sidecar(path, layout) for path in sidecars_of(photo)),
        read_embedded(photo, layout),
        read_picasa(photo.with_name(PICASA_INI)).faces_of(photo.name, layout),
    )
    write_sidecar(photo, [NamedFace("Ada", box, layout)])
"""

from sortbyface.exchange.sidecars.carrying import beside_others
from sortbyface.exchange.sidecars.embedded import read_embedded
from sortbyface.exchange.sidecars.merging import Conflict
from sortbyface.exchange.sidecars.picasa import PICASA_INI, PicasaFolder, read_picasa
from sortbyface.exchange.sidecars.reading import one_per_place, read_sidecar, sidecars_of
from sortbyface.exchange.sidecars.regions import Layout, NamedFace
from sortbyface.exchange.sidecars.writing import Written, sidecar_for, write_sidecar

__all__ = [
    "PICASA_INI",
    "Conflict",
    "Layout",
    "NamedFace",
    "PicasaFolder",
    "Written",
    "beside_others",
    "one_per_place",
    "read_embedded",
    "read_picasa",
    "read_sidecar",
    "sidecar_for",
    "sidecars_of",
    "write_sidecar",
]
