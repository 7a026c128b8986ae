"""A finished file gets its name: never in the place of another one."""

import errno
import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sortbyface.graphemes import cut

_LONGEST_NAME = 255
"""Bytes of a file name, on nearly every file system."""

_IGNORED = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's default ignorable code points: ext4 with folded case, and HFS+, compare names without them."""


def numbered(name: str) -> Iterator[str]:
    """IMG_1.jpg, IMG_1 (2).jpg, IMG_1 (3).jpg, …, within the length that a name may have."""
    stem, extension = os.path.splitext(name)
    number = 1
    while True:
        suffix = (f" ({number})" if number > 1 else "") + extension
        room = _LONGEST_NAME - len(os.fsencode(suffix))
        yield _within(stem, room) + suffix
        number += 1


def _within(text: str, room: int) -> str:
    return cut(text, lambda part: len(os.fsencode(part)) <= room)


def folded(name: str) -> str:
    """Equal for names that some file systems cannot tell apart.

    That is Unicode's canonical caseless matching (definition 145), less what cannot be seen.
    """
    decomposed = unicodedata.normalize("NFD", _IGNORED.sub("", name))
    return unicodedata.normalize("NFD", decomposed.casefold())


def as_text(path: Path) -> str:
    """A path, which may hold any bytes, as text that any file can hold: bytes that are none become \\xff."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def give_name(part: Path, target: Path) -> None:
    """Rename a file or a folder, without ever replacing what has the name.

    Raises FileExistsError when the name is taken, OSError when it cannot be given.
    """
    if not part.is_dir():
        try:
            # A second link fails where the name is taken, a rename would not. A symbolic link is moved itself.
            os.link(part, target, follow_symlinks=False)
        except OSError:  # the name is taken; or the file system has no links, such as exFAT
            pass
        else:
            part.unlink()
            return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "the name was taken meanwhile", str(target))
    os.rename(part, target)
