"""Carrying out a plan: files appear whole or not at all, and every step is written down before and after."""

import errno
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sortbyface.errors import DestinationUnusable
from sortbyface.library import Action, RunLog, Step
from sortbyface.sorting.chapters import Chapter, Done, is_copied

_CHAPTER = 64
"""Steps that are written down together: a kill leaves at most so many for the next run to look into."""

_THREADS = 8
"""Copies under way at once, so that the disk writes some while others are read."""

_SPARE_BYTES = 16_000_000

_REMEDIES = {
    errno.ENOSPC: "make room",
    errno.EDQUOT: "make room",
    errno.EROFS: "choose a -dest that can be written",
    errno.EACCES: "allow writing there, or choose another -dest",
    errno.EPERM: "allow writing there, or choose another -dest",
    errno.EEXIST: "move it away",
}
_OTHER_REMEDY = "see that its drive is connected and sound"


def carry_out(
    steps: Sequence[Step],
    destination: Path,
    log: RunLog,
    hashes: Mapping[int, bytes],
    progress: Callable[[int], object] = lambda _: None,
) -> Done:
    """Do it. hashes: of the contents. progress: called with the number of files dealt with since the last call.

    A photo that cannot be read is passed over, and told, as is what somebody has changed since the plan was made.
    Raises DestinationUnusable when the destination cannot be written or has too little room; what was done until
    then stays, and the next run goes on.
    """
    done = Done()
    try:
        _check_room(destination, [step.action for step in steps])
        with ThreadPoolExecutor(_THREADS, "copying") as pool:
            for chapter in _chapters(steps):
                Chapter(chapter, destination, hashes, done).carry_out(log, pool, progress)
    except OSError as error:
        raise DestinationUnusable(_why(error, destination, done)) from error
    return done


def _chapters(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Steps of one kind, no two of which change the same path: what was done of them can be told in any order."""
    chapter: list[Step] = []
    touched: set[str] = set()
    for step in steps:
        same = chapter and chapter[0].action.kind == step.action.kind and touched.isdisjoint(step.action.paths)
        if chapter and (len(chapter) == _CHAPTER or not same):
            yield chapter
            chapter, touched = [], set()
        chapter.append(step)
        touched.update(step.action.paths)
    if chapter:
        yield chapter


def room_needed(actions: Iterable[Action]) -> int:
    """Bytes that are to be copied, and some to spare; 0 if nothing is copied."""
    files = [action.file for action in actions if is_copied(action)]
    sizes = [file.source_state.size for file in files if file and file.source_state]
    return sum(sizes) + _SPARE_BYTES if sizes else 0


def nearest_folder(path: Path) -> Path:
    """Itself, or the folder above it that is there."""
    while not path.exists():
        path = path.parent
    return path


def _check_room(destination: Path, actions: Sequence[Action]) -> None:
    needed, free = room_needed(actions), shutil.disk_usage(nearest_folder(destination)).free
    if needed > free:
        raise DestinationUnusable(
            f"{destination} has room for {_megabytes(free)} and {_megabytes(needed - _SPARE_BYTES)} are to be copied;"
            " nothing was copied. Make room, choose another -dest, or --mode hardlink or symlink"
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _why(error: OSError, destination: Path, done: Done) -> str:
    where, remedy = error.filename or destination, _REMEDIES.get(error.errno or 0, _OTHER_REMEDY)
    before = f"{done.made:,} photos were brought before" + (f", {done.moved:,} files moved" if done.moved else "")
    return f"{where}: {error.strerror or error}; {before}. To go on, {remedy} and run this again"
