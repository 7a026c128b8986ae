"""Which file a JSON of a Google Takeout describes.

Beside IMG_1.jpg lies IMG_1.jpg.json, since 2024 IMG_1.jpg.supplemental-metadata.json. Before `.json` a name has
46 UTF-16 units at most, so it is clipped: IMG_1.jpg.suppl.json, or in the middle of the photo's own name. A number
stands behind all that and is never clipped: IMG_1.jpg(1).json and IMG_1.jpg.supplemental-metadata(1).json describe
IMG_1(1).jpg. Google says none of this; it is what the importers of Ente (pull request 4956) and immich-go
(`matchers.go`), and their users' archives, agree on.
"""

import os
import re
import unicodedata
from collections.abc import Iterator

ENDING = ".json"
_ADDITION = ".supplemental-metadata"
_MOST_UNITS = 46
_NUMBER = re.compile(r"(?P<name>.+)(?P<number>\(\d+\))")


def described_by(json: str) -> Iterator[tuple[str, str]]:
    """The files that a JSON may describe, each with what its name adds to theirs but for the number.

    A file may lack its extension, as Google forgets it at times. Nothing for names that are not a JSON's.
    """
    body, ending = os.path.splitext(json)
    if ending.lower() != ENDING:
        return
    numbered = _NUMBER.fullmatch(body)
    for name, number in [(body, ""), *([(numbered["name"], numbered["number"])] if numbered else [])]:
        yield _with_number(name, number), ending
        described, addition = os.path.splitext(name)
        if addition and _ADDITION.startswith(addition):
            yield _with_number(described, number), addition + ending


def clipped(file: str) -> set[str]:
    """What the JSON of a file with a long name may be called, without its ending, and composed (NFC)."""
    file = unicodedata.normalize("NFC", file)
    stem, extension = os.path.splitext(file)
    numbered = _NUMBER.fullmatch(stem)
    names = [(file, ""), *([(numbered["name"] + extension, numbered["number"])] if numbered else [])]
    return {_clip(name) + number for name, number in names if _clip(name) != name}


def _with_number(name: str, number: str) -> str:
    stem, extension = os.path.splitext(name)
    return stem + number + extension


def _clip(name: str) -> str:
    """The units beyond the 46th may be the second half of a character, which then is lost as a whole."""
    units = name.encode("utf-16-le", "surrogatepass")
    return units[: 2 * _MOST_UNITS].decode("utf-16-le", "ignore")
