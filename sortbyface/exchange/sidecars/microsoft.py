"""Face regions of Windows Photo Gallery, which digiKam writes beside the MWG's.

Four numbers, "left, top, width, height", as shares of the stored picture. Source: Microsoft, "People tagging
overview" (Windows Imaging Component).
"""

from lxml import etree

from sortbyface.exchange.sidecars.mwg import number
from sortbyface.exchange.sidecars.rdf import field, items, properties, structure
from sortbyface.exchange.sidecars.regions import Area, Layout, NamedFace, box_of

PHOTO = "http://ns.microsoft.com/photo/1.2/"
_REGION_INFO, _REGIONS = f"{{{PHOTO}}}RegionInfo", f"{{{PHOTO}t/RegionInfo#}}Regions"
_NAME, _RECTANGLE = f"{{{PHOTO}t/Region#}}PersonDisplayName", f"{{{PHOTO}t/Region#}}Rectangle"


def microsoft_faces(root: etree._Element, layout: Layout) -> list[NamedFace]:
    """The faces of a packet, in its order; those that are no place in the photo are left out."""
    found = []
    for info in properties(root, _REGION_INFO):
        for listed in structure(info).iterchildren(_REGIONS):
            found += [face for item in items(listed) if (face := _face(item, layout)) is not None]
    return found


def _face(item: etree._Element, layout: Layout) -> NamedFace | None:
    numbers = [value for part in field(item, _RECTANGLE).split(",") if (value := number(part)) is not None]
    if len(numbers) != 4:
        return None
    left, top, width, height = numbers
    box = box_of(Area(left + width / 2, top + height / 2, width, height), layout)
    return None if box is None else NamedFace(" ".join(field(item, _NAME).split()), box, layout)
