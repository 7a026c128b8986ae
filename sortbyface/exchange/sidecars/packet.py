"""XMP from files that anybody may have sent: read as data, within bounds, and never looked up elsewhere.

A document that declares a type is refused whatever it declares: XMP has none, and entities (those that grow
to billions, those that name a file of yours) can only be declared there.
"""

from pathlib import Path

from lxml import etree

from sortbyface.exchange.sidecars.rdf import RDF

MOST_BYTES = 16 << 20
"""More than any program writes about one photo."""

_PADDING = b"\0 \t\r\n"


class NotXmp(ValueError):
    """The bytes are no XMP that we read. The message is the reason alone."""


def read_bytes(path: Path) -> bytes:
    """A file, if it is no larger than MOST_BYTES. Raises NotXmp, OSError."""
    if not path.is_file():  # to open a pipe would be to wait for ever
        raise NotXmp("not a regular file")
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise NotXmp(f"larger than {MOST_BYTES:,} bytes")
    return data


def parse(data: bytes) -> etree._ElementTree:
    """The tree of an XMP packet, with its comments and instructions. Raises NotXmp."""
    data = data.strip(_PADDING) if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else data
    if not data:
        raise NotXmp("empty")
    if b"<!DOCTYPE" in data.replace(b"\0", b""):  # in UTF-16 and UTF-32, too
        raise NotXmp("it declares a document type")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NotXmp(" ".join(str(error).split())[:200] or "not XML") from error
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None or tree.docinfo.externalDTD is not None:  # in some other encoding
        raise NotXmp("it declares a document type")
    if next(root.iter(f"{{{RDF}}}RDF"), None) is None:
        raise NotXmp("XML, but not XMP")
    return tree
