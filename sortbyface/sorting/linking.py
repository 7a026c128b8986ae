"""How a file is made at its place: a copy, a link, or a clone. A way to do it is one function and one line here.

Each appears whole or not at all, and never in the place of another file. What a link or a clone holds is not read
again, as that would cost what a copy costs: its source must be in the state that the library, or the plan, knows.
"""

import errno
import os
import shutil
import stat
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sortbyface.errors import DestinationUnusable, PhotoOutOfReach
from sortbyface.library import FileState
from sortbyface.naming import give_name
from sortbyface.pipeline.looking import identify
from sortbyface.sorting.cloning import clone
from sortbyface.sorting.copying import copy_whole, unfinished_copy

_UNSUPPORTED = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""What file systems without links answer: Linux and macOS EPERM or ENOTSUP, Windows "invalid function"."""

_PRIVILEGE_NOT_HELD = 1314


class Mode(StrEnum):
    """How photos get to their folders."""

    COPY = "copy"
    HARDLINK = "hardlink"
    SYMLINK = "symlink"
    REFLINK = "reflink"


class Made(NamedTuple):
    """A file that is there now; with its source, all that `is_ours` needs to know it again."""

    mode: Mode
    """As it was made in the end: a copy where no clone could be."""

    state: FileState
    """Of a symbolic link, that of the photo."""


def make(mode: Mode, source: Path, target: Path, sha256: bytes | None, state: FileState) -> Made:
    """Put a photo, or what belongs to one, at its place.

    sha256: what a copy must hold; None if that is not known: a copy then reads it twice. state: of the source, when
    it was looked at. Raises PhotoOutOfReach when the source is gone or has changed, FileExistsError when the name
    is taken, DestinationUnusable when there can be no such link (the message tells what can be), OSError when the
    target cannot be written.
    """
    return _MAKERS[mode](source, target, sha256, state)


def is_ours(target: Path, mode: Mode, source: Path, state: FileState) -> bool:
    """Whether what lies there still is what `make` put there. state: what `make` told.

    A hard link may be the last name of its photo: look for the source before you take one away.
    """
    try:
        there = os.lstat(target)
        if mode is Mode.SYMLINK:
            return stat.S_ISLNK(there.st_mode) and _points_to(target) == os.path.abspath(source)
    except OSError:
        return False
    if not stat.S_ISREG(there.st_mode):
        return False
    if mode is Mode.HARDLINK and _is_same_file(there, source):
        return True
    return FileState(there.st_size, there.st_mtime_ns) == state


def _copy(source: Path, target: Path, sha256: bytes | None, state: FileState) -> Made:
    if sha256 is None:
        _check_unchanged(source, state)
        sha256 = identify(source)[1]
    copy_whole(source, target, sha256)
    return Made(Mode.COPY, FileState.of(target))


def _reflink(source: Path, target: Path, sha256: bytes | None, state: FileState) -> Made:
    part = unfinished_copy(target)
    part.unlink(missing_ok=True)
    try:
        _check_unchanged(source, state)
        try:
            clone(source, part)
        except OSError:  # other drives, other file systems: who can copy needs no clone
            return _copy(source, target, sha256, state)
        _check_unchanged(source, state)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        shutil.copystat(source, part)
        give_name(part, target)
    finally:
        part.unlink(missing_ok=True)
    return Made(Mode.REFLINK, FileState.of(target))


def _hardlink(source: Path, target: Path, _: bytes | None, state: FileState) -> Made:
    _check_unchanged(source, state)
    try:
        os.link(os.path.realpath(source), target)
    except OSError as error:
        _check_unchanged(source, state)
        if error.errno == errno.EXDEV:
            why = f"{source} and {target.parent} are on different drives, between which there are no hard links"
        elif error.errno == errno.EMLINK:
            why = f"{source} has as many hard links as its drive allows"
        elif error.errno in _UNSUPPORTED:
            why = f"{target.parent}: no hard links here (the drive may have none, or {source} be somebody else's)"
        else:
            raise
        raise DestinationUnusable(f"{why}; use --mode copy") from error
    return Made(Mode.HARDLINK, FileState.of(target))


def _symlink(source: Path, target: Path, _: bytes | None, state: FileState) -> Made:
    _check_unchanged(source, state)
    try:
        os.symlink(os.path.abspath(source), target)
    except OSError as error:
        if getattr(error, "winerror", None) == _PRIVILEGE_NOT_HELD:
            why = "Windows makes symbolic links in Developer Mode only; turn it on (Settings, For developers)"
            raise DestinationUnusable(f"{target.parent}: {why}, or use --mode copy") from error
        if error.errno in _UNSUPPORTED:
            raise DestinationUnusable(f"{target.parent}: its drive has no symbolic links; use --mode copy") from error
        raise
    return Made(Mode.SYMLINK, state)


_MAKERS: dict[Mode, Callable[[Path, Path, bytes | None, FileState], Made]] = {
    Mode.COPY: _copy,
    Mode.HARDLINK: _hardlink,
    Mode.SYMLINK: _symlink,
    Mode.REFLINK: _reflink,
}


def _check_unchanged(source: Path, state: FileState) -> None:
    try:
        now = FileState.of(source)
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error
    if now != state:
        raise PhotoOutOfReach("it has changed since it was looked at; run embedder.py again")


def _points_to(link: Path) -> str:
    return os.readlink(link).removeprefix("\\\\?\\")  # which Windows sets before it


def _is_same_file(there: os.stat_result, source: Path) -> bool:
    try:
        return os.path.samestat(there, os.stat(source))
    except OSError:
        return False
