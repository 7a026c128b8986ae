"""The folders that a sort needs, and those that it leaves empty."""

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from sortbyface.library import Action
from sortbyface.photos.finding import OUTPUT_MARK


def folders_to_make(destination: Path, paths: Iterable[str]) -> list[Action]:
    """Before files can be brought to these paths.

    A folder that is new, or empty, is marked as ours unless the destination is: it is never taken for new photos.
    """
    folders = sorted({os.path.dirname(path) or "." for path in paths})
    if not folders:
        return []
    made = [Action("mkdir", path) for path in reversed(list(_missing_above(destination)))]
    if not destination.exists():
        made.append(Action("mkdir", "."))
    marked = (destination / OUTPUT_MARK).exists()
    if not _listing(destination):  # before there are folders in it: a run that is cut off here goes on in the same way
        made.append(Action("mark", "."))
        marked = True
    made += [Action("mkdir", folder) for folder in folders if folder != "." and not (destination / folder).exists()]
    if not marked:
        made += [Action("mark", folder) for folder in folders if not _listing(destination / folder)]
    return made


def folders_to_clear(destination: Path, leaving: Collection[str], arriving: Collection[str]) -> list[Action]:
    """Folders that hold nothing any more once these files have left and those have arrived.

    leaving: also those that an interrupted run has taken away already.
    """
    kept = {os.path.dirname(path) for path in arriving}
    gone: dict[str, set[str]] = {}
    for path in leaving:
        gone.setdefault(os.path.dirname(path), set()).add(os.path.basename(path))
    unmarked, removed = [], []
    for folder in sorted(gone.keys() - kept - {""}):
        there = set(_listing(destination / folder))
        if (destination / folder).is_dir() and not there - gone[folder] - {OUTPUT_MARK}:
            unmarked += [Action("unmark", folder)] if OUTPUT_MARK in there else []
            removed.append(Action("rmdir", folder))
    return unmarked + removed


def _missing_above(destination: Path) -> Iterable[str]:
    path, place = "..", destination.parent
    while not place.exists():
        yield path
        path, place = os.path.join(path, ".."), place.parent


def _listing(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []
