"""The files of ours at a destination: is one still what it was made as, and is there something to make it from?"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sortbyface.errors import PhotoOutOfReach
from sortbyface.library import FileState, OurFile
from sortbyface.pipeline.looking import identify
from sortbyface.sorting.copying import unfinished_copy
from sortbyface.sorting.linking import Mode, is_ours
from sortbyface.sorting.sources import Sources


def is_intact(path: Path, file: OurFile) -> bool:
    """Nobody has changed it, taken it away, or put something else there."""
    return file.state is not None and is_ours(path, Mode(file.mode), file.source or path, file.state)


def as_it_lies(path: Path, file: OurFile, hashes: Mapping[int, bytes]) -> OurFile | None:
    """The file at its place, if nobody has changed it. hashes: of the contents.

    What an undo has only just made again was not there when the undo was worked out: then its bytes tell.
    """
    if file.state is None:
        return as_made(path, file, hashes)
    return file if is_intact(path, file) else None


def as_made(path: Path, file: OurFile, hashes: Mapping[int, bytes]) -> OurFile | None:
    """A file that was begun, as it lies there, if it was made to the end; what is half-done is cleared away."""
    unfinished_copy(path).unlink(missing_ok=True)
    now = state_of(path)
    if now is None:
        return None
    made = replace(file, state=now)
    if file.mode in (Mode.SYMLINK, Mode.HARDLINK):
        return made if is_intact(path, replace(file, state=file.source_state)) else None
    sha256 = _hash(file.source) if file.content is None else hashes.get(file.content)
    return made if sha256 is not None and holds(path, now.size, sha256) else None


def _hash(source: Path | None) -> bytes | None:
    try:
        return identify(source)[1] if source else None
    except PhotoOutOfReach:
        return None


def is_current(file: OurFile) -> bool:
    """What goes with a photo is still what it was when this was made; a symbolic link still leads somewhere."""
    if file.source is None or (file.content is not None and file.mode != Mode.SYMLINK):
        return True
    now = state_of(file.source)
    return now is not None and (file.content is not None or now == file.source_state)


def has_original(file: OurFile, sources: Sources) -> bool:
    """Whether nothing is lost with it: the photo is there, or what it was made from, or it is but a link to it."""
    if file.mode == Mode.SYMLINK:
        return True
    if file.content is not None:
        return file.content in sources.present
    return file.source is not None and state_of(file.source) is not None


def holds(path: Path, size: int, sha256: bytes) -> bool:
    """Whether a file has these bytes."""
    try:
        return path.stat().st_size == size and identify(path)[1] == sha256
    except (OSError, PhotoOutOfReach):
        return False


def state_of(path: Path) -> FileState | None:
    """None if there is no such file."""
    try:
        return FileState.of(path)
    except OSError:
        return None


def place(destination: Path, path: str) -> Path:
    """Where an action's path is: below a destination, or above it."""
    return Path(os.path.normpath(destination / path))
