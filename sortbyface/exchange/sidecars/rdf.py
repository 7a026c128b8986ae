"""XMP as a tree: the names it uses, and the several spellings of one and the same structure.

A structure may be an element with `rdf:parseType="Resource"` and elements inside (exiftool), a nested
`rdf:Description` with attributes (Lightroom, Exiv2), or attributes alone. Source: Adobe, "XMP
specification, part 1", sections 7.4 to 7.9.
"""

from collections.abc import Iterator

from lxml import etree

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DESCRIPTION, ABOUT, PARSE_TYPE = f"{{{RDF}}}Description", f"{{{RDF}}}about", f"{{{RDF}}}parseType"
BAG, ITEM = f"{{{RDF}}}Bag", f"{{{RDF}}}li"
_ARRAYS = (BAG, f"{{{RDF}}}Seq", f"{{{RDF}}}Alt")


def properties(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The elements of that name that a packet says of its photo."""
    for rdf in root.iter(f"{{{RDF}}}RDF"):
        for description in rdf.iterchildren(DESCRIPTION):
            yield from description.iterchildren(tag)


def structure(element: etree._Element) -> etree._Element:
    """The element that carries the fields of a structure."""
    nested = element.find(DESCRIPTION)
    return element if nested is None else nested


def field(element: etree._Element, tag: str) -> str:
    """A field of a structure as text, without white space around it; empty when it is not there."""
    carrier = structure(element)
    child = carrier.find(tag)
    return str(carrier.get(tag, "") if child is None else child.xpath("string()")).strip()


def set_field(element: etree._Element, tag: str, text: str) -> None:
    """Give a field of a structure its text, in the spelling that the structure has."""
    carrier = structure(element)
    child = carrier.find(tag)
    if child is None and PARSE_TYPE not in carrier.attrib:
        carrier.set(tag, text)
    else:
        (etree.SubElement(carrier, tag) if child is None else child).text = text


def items(element: etree._Element) -> list[etree._Element]:
    """The items of a list."""
    return [item for array in element.iterchildren(*_ARRAYS) for item in array.iterchildren(ITEM)]
