"""Face regions of the Metadata Working Group, which digiKam, Lightroom, Immich, PhotoPrism and Picasa share.

Source: "Guidelines for handling image metadata", version 2.0 (2010), section 5.9.
"""

import math
from dataclasses import dataclass

from lxml import etree

from sortbyface.exchange.sidecars.rdf import field, items, properties, structure
from sortbyface.exchange.sidecars.regions import Area, Layout, NamedFace, box_of

MWG = "http://www.metadataworkinggroup.com/schemas/regions/"
DIMENSIONS_OF = "http://ns.adobe.com/xap/1.0/sType/Dimensions#"
AREA_OF = "http://ns.adobe.com/xmp/sType/Area#"

REGIONS, APPLIED_TO, LIST = f"{{{MWG}}}Regions", f"{{{MWG}}}AppliedToDimensions", f"{{{MWG}}}RegionList"
NAME, TYPE, AREA, EXTENSIONS = (f"{{{MWG}}}{field}" for field in ("Name", "Type", "Area", "Extensions"))
FACE = "Face"


@dataclass(frozen=True, eq=False)
class Region:
    """One item of a list of regions."""

    item: etree._Element
    dimensions: tuple[float, float] | None
    """Width and height of the picture that it was drawn on, where the list tells them."""

    @property
    def name(self) -> str:
        """Empty when there is none; never with line breaks."""
        return " ".join(field(self.item, NAME).split())

    @property
    def is_face(self) -> bool:
        """Rather than a pet, a bar code or a focus point. Some programs leave the type out."""
        return field(self.item, TYPE).casefold() in ("", FACE.casefold())

    @property
    def area(self) -> Area | None:
        """None when it is not a rectangle of numbers."""
        element = structure(self.item).find(AREA)
        if element is None:
            return None
        values = [number(field(element, f"{{{AREA_OF}}}{side}")) for side in "xywh"]
        if any(value is None for value in values):
            return None
        area = Area(*(value for value in values if value is not None))
        if field(element, f"{{{AREA_OF}}}unit") != "pixel":
            return area
        if self.dimensions is None:
            return None
        width, height = self.dimensions
        return Area(area.x / width, area.y / height, area.width / width, area.height / height)

    def face(self, layout: Layout) -> NamedFace | None:
        """The face of a photo that lies so; None when this is no face, or no place in the photo."""
        frame = layout if self.dimensions is None else layout.applied_to(*self.dimensions)
        area = self.area if self.is_face else None
        box = box_of(area, frame) if area is not None and frame is not None else None
        return None if box is None else NamedFace(self.name, box, layout)


def regions(root: etree._Element) -> list[Region]:
    """All regions of a packet, in its order."""
    return [region for element in properties(root, REGIONS) for region in regions_in(element)]


def regions_in(element: etree._Element) -> list[Region]:
    """The regions of one `mwg-rs:Regions`."""
    size = dimensions(element)
    return [Region(item, size) for listed in structure(element).iterchildren(LIST) for item in items(listed)]


def dimensions(element: etree._Element) -> tuple[float, float] | None:
    """Width and height that a `mwg-rs:Regions` applies to; None when they are missing or nonsense."""
    applied_to = structure(element).find(APPLIED_TO)
    if applied_to is None:
        return None
    width, height = (number(field(applied_to, f"{{{DIMENSIONS_OF}}}{side}")) for side in "wh")
    return (width, height) if width and height and min(width, height) >= 1 and max(width, height) < 1e9 else None


def number(text: str) -> float | None:
    """A finite number; None for anything else."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
