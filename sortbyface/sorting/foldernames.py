"""People's names -> folder names that every system takes.

A name that somebody typed may hold anything. Its folder may not: what Windows, macOS and Linux forbid is
replaced, what cannot be seen is left out, and two people never share a folder by a difference that some file
system does not see. The names come from people and ids alone, never from what lies on the disk, so that the
same people have the same folders on every computer.

Sources: "Naming Files, Paths, and Namespaces" (Microsoft); Apple's "File System Programming Guide".
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from sortbyface.graphemes import cut
from sortbyface.naming import folded

_MOST_BYTES = 215
"""In UTF-8: a name may have 255, of which 40 are kept for what is added, as in "Anna (2) and 7 more (2)"."""

_MOST_UNITS = 100
"""In UTF-16, decomposed as HFS+ keeps it. A name might have 255, but Windows counts 260 for a whole path."""

_LONGEST_TYPED = 1000
"""Code points that are looked at: more are no name, and would take long to put in order."""

_FORBIDDEN = re.compile(r'[/\\:*?"<>|≮≯]')
"""On Windows; the last two hold < and > when a Mac takes them apart."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad"  # control characters but those that count as spaces; soft hyphen
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # fillers and joiners without a shape
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width spaces, and all that turns the writing direction
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f"
    "\ud800-\udfff"  # halves of characters: bytes that were no UTF-8
    "\ufdd0-\ufdef{}]".format(  # what will never be a character
        "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    )
)

_EDGES = " .\u200c\u200d"
"""Not at the beginning (a dot hides the folder) nor at the end (Windows drops dots and spaces)."""

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)
"""Windows takes these for devices, whatever stands behind a dot."""


def safe_folder_name(name: str) -> str:
    """A name as a folder's: composed (NFC), one line, of 100 characters at most; "" if nothing can be seen of it."""
    text = _UNSEEN.sub("", name[:_LONGEST_TYPED])
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = _FORBIDDEN.sub("_", text).strip(_EDGES)
    text = cut(_no_device(text), _fits).rstrip(_EDGES)
    return _no_device(text) if folded(text).strip(" ._") else ""  # asked again: a cut may lay a device bare


def folder_names(
    names: Mapping[int, str | None], unnamed: Callable[[int], str], ours: Collection[str]
) -> dict[int, str]:
    """Person -> folder, for all people of a library, whether or not they have a folder today.

    names: by the person's id; None or a name of which nothing can be seen gives `unnamed(id)`, such as "Person 7".
    That is no other person's folder, even if they are called so. ours: folders that are nobody's. Among equal
    names the lowest id has the plain one, the next " (2)": a newcomer, whose id is the highest, renames nobody.
    """
    taken = _Taken(ours)
    folders = {}
    for person in sorted(names):
        name = safe_folder_name(names[person] or "") or unnamed(person)
        folders[person] = taken.claim(name, partial(_is_another, person=person, unnamed=unnamed))
    return folders


def group_folder_names(
    groups: Iterable[frozenset[int]], folders: Mapping[int, str], ours: Collection[str]
) -> dict[frozenset[int], str]:
    """People who are together in photos -> the folder of those photos: "Anna, Bea", in the order of their ids.

    groups: not empty. folders: those of all people, from `folder_names`; somebody alone has their own. As many
    whole names are told as there is room for, then "and 7 more".
    """
    taken = _Taken([*ours, *folders.values()])
    together = {}
    for group in sorted(set(groups), key=lambda group: sorted(group, reverse=True)):
        names = [folders[person] for person in sorted(group)]
        together[group] = names[0] if len(group) == 1 else taken.claim(_joined(names))
    return together


class _Taken:
    """Names that no other folder may have."""

    def __init__(self, names: Iterable[str]) -> None:
        self._taken = {folded(name) for name in names}
        self._numbers: dict[str, int] = {}

    def claim(self, name: str, refused: Callable[[str], bool] = lambda _: False) -> str:
        """The name, or the first of "name (2)", "name (3)", … that is free; not free for anybody else from now on."""
        candidate, number = name, self._numbers.get(folded(name), 1)
        while folded(candidate) in self._taken or refused(candidate):
            number += 1
            candidate = f"{name} ({number})"
        self._numbers[folded(name)] = number
        self._taken.add(folded(candidate))
        return candidate


def _is_another(candidate: str, person: int, unnamed: Callable[[int], str]) -> bool:
    """Whether somebody else would have this folder if they had no name."""
    numbers = {int(digits) for digits in re.findall("[0-9]+", candidate)}
    return any(folded(unnamed(number)) == folded(candidate) for number in numbers - {person})


def _joined(names: Sequence[str]) -> str:
    for told in range(len(names), 1, -1):
        joined = ", ".join(names[:told])
        if _fits(joined):
            break
    else:
        told, joined = 1, names[0]
    return joined if told == len(names) else f"{joined} and {len(names) - told} more"


def _no_device(name: str) -> str:
    device = _DEVICE.match(name)
    return f"{device[0]}_{name[device.end() :]}" if device else name


def _fits(name: str) -> bool:
    units = len(unicodedata.normalize("NFD", name).encode("utf-16-le")) // 2
    return len(name.encode()) <= _MOST_BYTES and units <= _MOST_UNITS
