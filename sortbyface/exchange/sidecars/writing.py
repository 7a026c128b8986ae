"""Names written where other programs read them: into the sidecar `photo.jpg.xmp`, never into the photo."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from sortbyface.errors import DestinationUnusable
from sortbyface.exchange.sidecars.merging import Conflict, merge
from sortbyface.exchange.sidecars.packet import NotXmp, parse, read_bytes
from sortbyface.exchange.sidecars.rdf import RDF
from sortbyface.exchange.sidecars.reading import unreadable
from sortbyface.exchange.sidecars.regions import NamedFace
from sortbyface.naming import give_name
from sortbyface.sorting.copying import unfinished_copy

_EMPTY = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Sort-By-Face">
 <rdf:RDF xmlns:rdf="{RDF}">
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
""".encode()


@dataclass(frozen=True)
class Written:
    """What became of a sidecar."""

    path: Path
    changed: bool
    """False when it said it all before, or there was nothing to say."""

    conflicts: tuple[Conflict, ...]
    """Faces that others call otherwise there; their names were left."""


def sidecar_for(photo: Path) -> Path:
    """Where the names in a photo are written: its full name and `.xmp`; so a RAW file and its JPEG have one each."""
    return photo.with_name(photo.name + ".xmp")


def write_sidecar(photo: Path, faces: Iterable[NamedFace], *, dry_run: bool = False) -> Written:
    """Make a photo's sidecar say who is where; what others wrote there stays, to the last comment.

    faces: all that are to be there; those without a name are left out, and names that we wrote before for
    faces that are not among them are taken back. dry_run: tell what would be, and touch nothing. The file is
    replaced whole, with its permissions, or not at all; where nothing changes it is not touched.

    Raises SidecarUnreadable when there is a file that is not XMP, DestinationUnusable when it cannot be written.
    """
    path = sidecar_for(photo)
    target = Path(os.path.realpath(path))
    try:
        before = os.stat(target) if os.path.lexists(target) else None
        old = _EMPTY if before is None else read_bytes(target)
        tree = parse(old)
    except (NotXmp, OSError) as error:
        raise unreadable(path, error) from error
    merged = merge(tree.getroot(), faces)
    new = _serialized(tree, old) if merged.changed else old
    if new != old and not dry_run:
        try:
            _replace(target, new, before)
        except OSError as error:
            raise _unwritable(path, error.strerror or str(error)) from error
    return Written(path, new != old, merged.conflicts)


def _serialized(tree: etree._ElementTree, old: bytes) -> bytes:
    """As UTF-8, one line for each comment and instruction around the root."""
    root = tree.getroot()
    around = [*reversed(list(root.itersiblings(preceding=True))), root, *root.itersiblings()]
    lines = [etree.tostring(node, encoding="UTF-8", xml_declaration=False, with_tail=False) for node in around]
    if b"<?xml " in old[:64].replace(b"\0", b""):
        lines.insert(0, b'<?xml version="1.0" encoding="UTF-8"?>')
    return b"\n".join(lines) + b"\n"


def _replace(target: Path, content: bytes, before: os.stat_result | None) -> None:
    """Raises OSError; also when the file is not any more what it was before."""
    part = unfinished_copy(target)
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if before is None:
            give_name(part, target)
            return
        if not os.access(target, os.W_OK):
            raise PermissionError("it is read-only")
        part.chmod(stat.S_IMODE(before.st_mode))
        now = os.stat(target)
        if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
            raise OSError("another program changed it meanwhile; run this again")
        os.replace(part, target)
    finally:
        with suppress(OSError):
            part.unlink()


def _unwritable(path: Path, reason: str) -> DestinationUnusable:
    return DestinationUnusable(f"{path} cannot be written: {reason}; see to its folder's permissions and room")
