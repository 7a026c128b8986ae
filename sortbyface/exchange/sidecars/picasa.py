"""Faces from Picasa: a hidden file `.picasa.ini` in each folder.

    [IMG_0001.JPG]
    faces=rect64(3f845bcb59418507),8e62398ebda8c1a5;rect64(9eb15e89b6b584c1),ffffffffffffffff
    [Contacts2]
    8e62398ebda8c1a5=Ada Lovelace;;

A rectangle is left, top, right and bottom as 16 bits each, in hexadecimal and without leading zeros, of the
picture as it is stored; of a RAW file, of the picture as it is shown. Picasa's own `rotate=` has no influence.
Sources: Buchinger, "picasa.ini file structure" (2011); exiftool's `picasa_faces.config`; picasa2digikam.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars.packet import NotXmp, read_bytes
from sortbyface.exchange.sidecars.regions import Area, Layout, NamedFace, box_of
from sortbyface.photos.finding import RAW_EXTENSIONS

PICASA_INI = ".picasa.ini"

_SECTION = re.compile(r"\s*\[(.+)\]\s*")
_FACE = re.compile(r"rect64\(([0-9a-fA-F]{1,16})\)\s*,\s*([0-9a-fA-F]{1,16})")
_FULL = 0xFFFF


@dataclass(frozen=True)
class PicasaFolder:
    """What Picasa knows of the faces in one folder."""

    names: Mapping[str, str]
    """Contact -> name."""

    faces: Mapping[str, tuple[tuple[Area, str], ...]]
    """Photo, as `_key` spells it -> where, and which contact."""

    def faces_of(self, photo: str, layout: Layout) -> list[NamedFace]:
        """The faces of the photo of that file name; without a name where Picasa's contact has none here."""
        frame = layout.upright if Path(photo).suffix.lower() in RAW_EXTENSIONS else layout
        found = (
            (self.names.get(contact, ""), box_of(area, frame)) for area, contact in self.faces.get(_key(photo), ())
        )
        return [NamedFace(name, box, layout) for name, box in found if box is not None]


def read_picasa(path: Path) -> PicasaFolder:
    """Read a `.picasa.ini`; one that is not there knows nothing. Lines that make no sense are passed over.

    Raises SidecarUnreadable.
    """
    try:
        data = read_bytes(path) if path.exists() else b""
    except OSError as error:
        raise SidecarUnreadable(f"{path} cannot be read: {error.strerror or error}; see to its permissions") from error
    except NotXmp as error:
        raise SidecarUnreadable(f"{path} is not Picasa's ({error}); move it away") from error
    names: dict[str, str] = {}
    faces: defaultdict[str, dict[tuple[Area, str], None]] = defaultdict(dict)
    for section, key, value in _entries(data):
        if section in ("Contacts2", "Contacts"):
            # The older section may name an account and a number there in place of a person: "ada_lh,4bd750800fb6a6b8"
            name = " ".join(value.partition(";")[0].split())
            if name and (section == "Contacts2" or "_lh," not in name):
                names[_contact(key)] = name
        elif key == "faces":
            for rectangle, contact in _FACE.findall(value):
                faces[_key(section)][_area(rectangle), _contact(contact)] = None
    return PicasaFolder(names, {photo: tuple(found) for photo, found in faces.items()})


def _entries(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Section, key and value of each line that has them."""
    section = ""
    for line in _lines(data):
        if heading := _SECTION.fullmatch(line):
            section = heading[1]
        elif "=" in line:
            key, _, value = line.partition("=")
            yield section, key.strip(), value


def _lines(data: bytes) -> list[str]:
    """As UTF-8 line by line, or else as Western European: older Picasas wrote as Windows was set."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace").splitlines()
    lines = []
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines():
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return lines


def _area(rectangle: str) -> Area:
    left, top, right, bottom = (int(rectangle.zfill(16)[at : at + 4], 16) / _FULL for at in (0, 4, 8, 12))
    return Area((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def _contact(text: str) -> str:
    return text.strip().lower().zfill(16)


def _key(photo: str) -> str:
    """As a file system would see it that does not tell case apart, such as Windows', where Picasa ran."""
    return unicodedata.normalize("NFC", photo).casefold()
