"""A finished file gets its name: never in the place of another one."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

_LONGEST_NAME = 255
"""Bytes of a file name, on nearly every file system."""


def numbered(name: str) -> Iterator[str]:
    """IMG_1.jpg, IMG_1 (2).jpg, IMG_1 (3).jpg, …, within the length that a name may have."""
    stem, extension = os.path.splitext(name)
    number = 1
    while True:
        suffix = (f" ({number})" if number > 1 else "") + extension
        room = _LONGEST_NAME - len(os.fsencode(suffix))
        yield os.fsdecode(os.fsencode(stem)[:room]) + suffix
        number += 1


def give_name(part: Path, target: Path) -> None:
    """Rename a file or a folder, without ever replacing what has the name.

    Raises FileExistsError when the name is taken, OSError when it cannot be given.
    """
    if not part.is_dir():
        try:
            os.link(part, target)  # a second link fails where the name is taken, a rename would not
        except OSError:  # the name is taken; or the file system has no links, such as exFAT
            pass
        else:
            part.unlink()
            return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "the name was taken meanwhile", str(target))
    os.rename(part, target)
