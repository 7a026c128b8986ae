"""Pictures of our own making: written whole, known again, and never in the place of a file that is not ours.

Each holds, as the JPEG's comment, that we made it and under which title.
"""

import io
import os
import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.errors import DestinationUnusable
from sortbyface.naming import give_name, numbered
from sortbyface.photos.finding import OUTPUT_MARK, mark_as_output

_MADE_BY_US = b"Made by Sort-By-Face: "
_HEAD = 1024
"""Bytes at the beginning of a file, among which the comment is."""

_PART = ".sort-by-face.part"
"""Where a picture is before it is whole. The same name every time: what a kill leaves there does not stay."""


def make_own_folder(folder: Path) -> None:
    """Make a folder for pictures of our own, marked so that they are never taken for new photos.

    Raises DestinationUnusable when it is there, holds files, and is not marked; OSError when it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any((place / OUTPUT_MARK).exists() for place in (folder, *folder.parents)):
        return
    if any(not name.startswith(".") for name in os.listdir(folder)):
        raise DestinationUnusable(f"{folder} holds other files; choose a new folder, or an empty one, with -dest")
    mark_as_output(folder)


def write_picture(rgb: RGBImage, folder: Path, title: str) -> Path:
    """Write `title`.jpg, whole or not at all, in the place of our own earlier picture of that title.

    Where the name is another file's it becomes "title (2).jpg", and so on. Gives the path. Raises OSError.
    """
    content = io.BytesIO()
    comment = _MADE_BY_US + title.encode() + b"\n"
    Image.fromarray(rgb).save(content, "JPEG", quality=90, subsampling=0, comment=comment)
    part = folder / _PART
    try:
        with part.open("wb") as file:
            file.write(content.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        for name in numbered(f"{title}.jpg"):
            target = folder / name
            if _title_of(target) == title:
                part.replace(target)
                return target
            with suppress(FileExistsError):
                give_name(part, target)
                return target
        raise AssertionError("numbers do not end")
    finally:
        part.unlink(missing_ok=True)


def remove_pictures_except(titles: Collection[str], folder: Path) -> None:
    """Remove our pictures of other titles, unless somebody has given them other names since. Raises OSError."""
    for path in sorted(folder.glob("*.jpg")):
        title = _title_of(path)
        if title is not None and title not in titles and re.fullmatch(rf"{re.escape(title)}( \(\d+\))?", path.stem):
            path.unlink()


def _title_of(path: Path) -> str | None:
    """None: not there, or not a picture of ours."""
    if path.is_symlink() or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            _, ours, rest = file.read(_HEAD).partition(_MADE_BY_US)
    except OSError:  # nobody lets us read our own
        return None
    return rest.partition(b"\n")[0].decode(errors="replace") if ours else None
