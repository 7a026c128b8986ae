"""What people may be called."""

import re
import unicodedata
from collections.abc import Iterable

from sortbyface.errors import CorrectionRefused
from sortbyface.library import PersonRecord
from sortbyface.naming import folded
from sortbyface.people.person import Names

LONGEST_NAME = 200
"""Characters."""

_OF_NOBODY = re.compile(r"(?:person )?(\d{1,18})", re.IGNORECASE)
"""How people are called who have no name."""

_SHOWN = 40
"""Characters of what was typed, in a message."""


def checked_name(text: str) -> str:
    """A name as it is kept: composed (NFC), on one line, no spaces around it. Raises CorrectionRefused."""
    name = _on_one_line(text)
    if not any(unicodedata.category(char)[0] in "LNS" for char in folded(name)):
        raise CorrectionRefused(f"{_shown(text)} cannot be read as a name; choose one with letters")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name) or len(name) > LONGEST_NAME:
        raise CorrectionRefused(f"{_shown(text)} is no name; choose one of {LONGEST_NAME} plain characters at most")
    if _OF_NOBODY.fullmatch(folded(name)):
        raise CorrectionRefused(f"{_shown(text)} is what somebody without a name is called; choose another name")
    return name


def person_called(text: str, records: Iterable[PersonRecord]) -> PersonRecord:
    """Whoever has this number, as "7" or "Person 7", or this name, in capitals or not. Raises CorrectionRefused."""
    everybody = {record.id: record for record in records}
    typed = _on_one_line(text)
    number = _OF_NOBODY.fullmatch(typed)
    if number and int(number[1]) in everybody:
        return everybody[int(number[1])]
    wanted = folded(typed)
    for record in everybody.values():
        if record.name is not None and folded(record.name) == wanted:
            return record
    raise CorrectionRefused(f"nobody is called {_shown(text)}; see who there is: python -m sortbyface people list")


def who_else_has(name: str, person: int, records: Iterable[PersonRecord]) -> PersonRecord | None:
    """Somebody other than this person with this name, or one that no file system tells from it."""
    wanted = folded(name)
    return next((one for one in records if one.id != person and one.name and folded(one.name) == wanted), None)


def called(record: PersonRecord) -> str:
    """A person in a sentence."""
    return Names.of([record])[record.id]


def _on_one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
