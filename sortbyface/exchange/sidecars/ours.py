"""What tells a region that we wrote from one that somebody else wrote, or has changed since.

A region of ours says once more, in the MWG's place for extensions, which name and which area we gave it. As long
as both still hold, nobody else has touched it: it may be renamed, and taken back. The library is not asked,
so this holds after it was lost, and on another computer.
"""

from lxml import etree

from sortbyface.exchange.sidecars.mwg import AREA, AREA_OF, EXTENSIONS, FACE, NAME, TYPE, Region
from sortbyface.exchange.sidecars.rdf import DESCRIPTION, PARSE_TYPE, field, set_field, structure
from sortbyface.exchange.sidecars.regions import Area

OURS = "urn:sort-by-face:regions#"
_NAME, _AREA = f"{{{OURS}}}Name", f"{{{OURS}}}Area"
_FIELDS = frozenset({NAME, TYPE, AREA, EXTENSIONS, PARSE_TYPE})


def fill_item(item: etree._Element, name: str, area: Area) -> None:
    """Make an empty `rdf:li` a region of ours, spelled as Adobe's toolkit does, which every reader knows."""
    region = etree.SubElement(item, DESCRIPTION, {NAME: name, TYPE: FACE})
    sides = {f"{{{AREA_OF}}}{side}": _share(value) for side, value in zip("xywh", area, strict=True)}
    etree.SubElement(region, AREA, {**sides, f"{{{AREA_OF}}}unit": "normalized"})
    etree.SubElement(region, EXTENSIONS, {_NAME: name, _AREA: " ".join(sides.values())})


def is_named_by_us(region: Region) -> bool:
    """Whether its name is still the one that we gave it."""
    return bool(region.name) and _said(region, _NAME) == region.name


def is_all_ours(region: Region) -> bool:
    """Whether nobody has changed it or added to it since we wrote it."""
    carrier = structure(region.item)
    area = carrier.find(AREA)
    sides = "" if area is None else " ".join(field(area, f"{{{AREA_OF}}}{side}") for side in "xywh")
    fields = {child.tag for child in carrier} | set(carrier.attrib)
    return is_named_by_us(region) and _said(region, _AREA) == sides and fields <= _FIELDS


def rename(region: Region, name: str) -> None:
    """Give a region another name, or its first, and say that it is from us."""
    set_field(region.item, NAME, name)
    carrier = structure(region.item)
    if carrier.find(EXTENSIONS) is None:
        etree.SubElement(carrier, EXTENSIONS)
    set_field(carrier.find(EXTENSIONS), _NAME, name)


def _said(region: Region, tag: str) -> str:
    extensions = structure(region.item).find(EXTENSIONS)
    return "" if extensions is None else field(extensions, tag)


def _share(value: float) -> str:
    """Seven decimals: a hundredth of a pixel in the largest pictures."""
    return f"{value:.7f}".rstrip("0").rstrip(".")
