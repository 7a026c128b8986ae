"""Our faces into a sidecar that others write, too: what they wrote stays, and holds."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from sortbyface.exchange.sidecars.microsoft import microsoft_faces
from sortbyface.exchange.sidecars.mwg import (
    APPLIED_TO,
    AREA_OF,
    DIMENSIONS_OF,
    LIST,
    MWG,
    REGIONS,
    Region,
    dimensions,
    regions,
    regions_in,
)
from sortbyface.exchange.sidecars.ours import OURS, fill_item, is_all_ours, is_named_by_us, rename
from sortbyface.exchange.sidecars.rdf import (
    ABOUT,
    BAG,
    DESCRIPTION,
    ITEM,
    PARSE_TYPE,
    RDF,
    properties,
    set_field,
    structure,
)
from sortbyface.exchange.sidecars.reading import SAME_PLACE
from sortbyface.exchange.sidecars.regions import Layout, NamedFace, area_of, box_of

_PREFIXES = {"rdf": RDF, "mwg-rs": MWG, "stDim": DIMENSIONS_OF, "stArea": AREA_OF, "sortbyface": OURS}
for _prefix, _namespace in _PREFIXES.items():
    etree.register_namespace(_prefix, _namespace)  # where a sidecar has no prefix of its own for it

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Conflict:
    """A face that somebody else calls otherwise in the sidecar; their name was left."""

    face: NamedFace
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What became of a sidecar's tree."""

    changed: bool
    conflicts: tuple[Conflict, ...]


def merge(root: etree._Element, faces: Iterable[NamedFace]) -> Merged:
    """Make the tree say who our faces are; what it says already is left as it is spelled.

    A region at the place of a face (SAME_PLACE) is that face. It gets our name if it has none, or another one
    from us; another one from somebody else stays. Regions that are all ours, and are no face any more, go.
    """
    named = [face for given in faces if (face := _as_written(given)) is not None]
    known = regions(root)
    region_of = _partners(named, known)
    renamed, missing, conflicts = [], [], []
    for number, face in enumerate(named):
        region = region_of.get(number)
        theirs = _microsoft_name(root, face) if region is None else region.name
        if region is not None and not _same(theirs, face.name) and (not theirs or is_named_by_us(region)):
            renamed.append((region, face.name))
        elif theirs and not _same(theirs, face.name):
            conflicts.append(Conflict(face, theirs))
        elif region is None:
            missing.append(face)
    stale = [region for region in known if region not in region_of.values() and is_all_ours(region)]
    for region in stale:
        _take_out(region.item)
    for region, name in renamed:
        rename(region, name)
    for face in missing:
        _add(root, face)
    return Merged(bool(stale or renamed or missing), tuple(conflicts))


def _as_written(face: NamedFace) -> NamedFace | None:
    """What a sidecar can say of a face: its name on one line and without what XML cannot hold, and what is inside.

    None for a face without a name: older digiKams end their reading at the first of those.
    """
    name = " ".join(_NOT_XML.sub("", face.name).split())
    area = area_of(face.box, face.layout)
    box = None if area is None else box_of(area, face.layout)
    return NamedFace(name, box, face.layout) if name and box is not None else None


def _partners(faces: list[NamedFace], known: list[Region]) -> dict[int, Region]:
    """Number of a face -> its region; those that overlap most come together first."""
    pairs = []
    for region in known:
        for number, face in enumerate(faces):
            there = region.face(face.layout)
            overlap = 0.0 if there is None else there.box.overlap(face.box)
            if overlap >= SAME_PLACE:
                pairs.append((overlap, number, region))
    partner_of: dict[int, Region] = {}
    for _, number, region in sorted(pairs, key=lambda pair: -pair[0]):
        if number not in partner_of and region not in partner_of.values():
            partner_of[number] = region
    return partner_of


def _microsoft_name(root: etree._Element, face: NamedFace) -> str:
    """What Microsoft's regions, which are read and not written, call the face; empty when they do not know it."""
    there = [other for other in microsoft_faces(root, face.layout) if other.box.overlap(face.box) >= SAME_PLACE]
    names = [other.name for other in there if other.name]
    return next((name for name in names if _same(name, face.name)), names[0] if names else "")


def _take_out(item: etree._Element) -> None:
    """Remove an element, and the white space before it."""
    before, array = item.getprevious(), item.getparent()
    if before is not None:
        before.tail = item.tail
    elif item.getnext() is None:
        array.text = item.tail
    array.remove(item)


def _add(root: etree._Element, face: NamedFace) -> None:
    """A new region of ours, at the end of the list."""
    element = next(properties(root, REGIONS), None)
    if element is None:
        element = _new_list(root)
    area = area_of(face.box, _frame(element, face.layout))
    if area is not None:
        fill_item(etree.SubElement(_array(element), ITEM), face.name, area)
        etree.indent(element, space=" ", level=_depth(element))


def _frame(element: etree._Element, layout: Layout) -> Layout:
    """How the photo lies for the regions of this list; for an empty list, it is told how."""
    size = dimensions(element)
    if size is not None and regions_in(element):
        return layout.applied_to(*size) or layout
    carrier = structure(element)
    applied_to = carrier.find(APPLIED_TO)
    if applied_to is None:
        applied_to = etree.Element(APPLIED_TO)
        carrier.insert(0, applied_to)
    width, height = layout.stored_size
    for name, text in (("w", str(width)), ("h", str(height)), ("unit", "pixel")):
        set_field(applied_to, f"{{{DIMENSIONS_OF}}}{name}", text)
    return layout


def _new_list(root: etree._Element) -> etree._Element:
    """An empty `mwg-rs:Regions`, in a description of its own, about what the others are about."""
    rdf = next(root.iter(f"{{{RDF}}}RDF"))
    about = next((other.get(ABOUT, "") for other in rdf.iterchildren(DESCRIPTION)), "")
    names = {prefix: uri for prefix, uri in _PREFIXES.items() if uri != RDF}
    description = etree.SubElement(rdf, DESCRIPTION, {ABOUT: about}, nsmap=names)
    description.tail = "\n" + " " * _depth(rdf)
    before = description.getprevious()
    if before is None:
        rdf.text = description.tail + " "
    else:
        before.tail = description.tail + " "
    element = etree.SubElement(description, REGIONS, {PARSE_TYPE: "Resource"})
    description.text, element.tail = description.tail + "  ", description.tail + " "
    return element


def _array(element: etree._Element) -> etree._Element:
    """Where the regions of a list are."""
    carrier = structure(element)
    listed = carrier.find(LIST)
    if listed is None:
        listed = etree.SubElement(carrier, LIST)
    array = next(listed.iterchildren("*"), None)
    return etree.SubElement(listed, BAG) if array is None else array


def _depth(element: etree._Element) -> int:
    return sum(1 for _ in element.iterancestors())


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
