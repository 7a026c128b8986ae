"""Which files under a folder are photos."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

RAW_EXTENSIONS = frozenset({".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".orf", ".rw2"})

EXTENSIONS = RAW_EXTENSIONS | frozenset(
    {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif"}
    | {".heic", ".heif", ".hif", ".avif"}
)

OUTPUT_MARK = ".sort-by-face"
"""A file of this name says: this folder was made by Sort-By-Face, its pictures are no new photos."""

_MARK_TEXT = "This folder was made by Sort-By-Face. Its pictures are not looked at as new photos.\n"


def mark_as_output(folder: Path) -> None:
    """Say that a folder is ours, so that its pictures are never taken for new photos. Raises OSError."""
    (folder / OUTPUT_MARK).write_text(_MARK_TEXT)


def find_photos(folder: Path, unlisted: Callable[[OSError], object]) -> Iterator[str]:
    """Photos in a folder and below it, as paths relative to it, in a stable order.

    Goes by extension, in any case. Left out: hidden files and folders (trash, thumbnail stores, the
    `._` twins that macOS leaves on foreign drives), and folders that Sort-By-Face made itself. Links
    are followed; a folder that is reached twice is read once. `unlisted` is called for each folder that
    cannot be listed, the first one included.
    """
    seen: set[tuple[int, int]] = set()
    for where, folders, files in os.walk(folder, onerror=unlisted, followlinks=True):
        try:
            status = os.stat(where)
        except OSError as error:  # gone since it was listed
            unlisted(error)
            folders.clear()
            continue
        identity = (status.st_dev, status.st_ino)
        if identity in seen or OUTPUT_MARK in files:
            folders.clear()
            continue
        seen.add(identity)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in EXTENSIONS:
                yield os.path.relpath(os.path.join(where, name), folder)
