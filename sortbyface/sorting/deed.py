"""Carrying out a plan: files appear whole or not at all, and every one is journalled before and after."""

import errno
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sortbyface.errors import DestinationUnusable, PhotoOutOfReach
from sortbyface.library import FileState, Library
from sortbyface.photos.finding import OUTPUT_MARK, mark_as_output
from sortbyface.sorting.copying import copy_whole, unfinished_copy
from sortbyface.sorting.plan import Copy, Plan

_CHAPTER = 16
"""Copies that are journalled together: a kill leaves at most so many for the next run to look into."""

_SPARE_BYTES = 16_000_000


@dataclass
class Done:
    """What came of a plan."""

    copied: int = 0
    withdrawn: int = 0
    failed: list[tuple[Path, str]] = field(default_factory=list)
    """Photos that could not be copied, with the reason."""


def carry_out(plan: Plan, library: Library, progress: Callable[[int], object] = lambda _: None) -> Done:
    """Do what the plan says. progress: called with the number of photos dealt with since the last call.

    A photo that cannot be read is passed over, and told. Raises DestinationUnusable when the destination
    cannot be written or has too little room; what was copied until then stays, and the next run goes on.
    """
    done = Done()
    try:
        _check_room(plan)
        for target in plan.interrupted:
            unfinished_copy(plan.destination / target).unlink(missing_ok=True)
        library.journal.note_copies(plan.destination, plan.settled)
        for start in range(0, len(plan.copies), _CHAPTER):
            _copy_chapter(plan, plan.copies[start : start + _CHAPTER], library, done, progress)
        for target in plan.withdrawals:
            (plan.destination / target).unlink(missing_ok=True)
            _remove_if_empty((plan.destination / target).parent)
            done.withdrawn += 1
        library.journal.forget_copies(plan.destination, [*plan.withdrawals, *plan.forgotten])
    except OSError as error:
        raise DestinationUnusable(_why(error, plan.destination, done)) from error
    return done


def _copy_chapter(
    plan: Plan, copies: Sequence[Copy], library: Library, done: Done, progress: Callable[[int], object]
) -> None:
    for folder in dict.fromkeys((plan.destination / copy.target).parent for copy in copies):
        _make_folder(folder, plan.destination)
    library.journal.note_copies(plan.destination, [(copy.target, copy.content, None) for copy in copies])
    states: list[tuple[str, int, FileState | None]] = []
    failed: list[str] = []
    try:
        for copy in copies:
            target = plan.destination / copy.target
            try:
                copy_whole(copy.source, target, copy.sha256)
            except PhotoOutOfReach as error:
                failed.append(copy.target)
                done.failed.append((copy.source, str(error)))
            else:
                states.append((copy.target, copy.content, FileState.of(target)))
                done.copied += 1
            progress(1)
    finally:
        library.journal.note_copies(plan.destination, states)
        library.journal.forget_copies(plan.destination, failed)


def _make_folder(folder: Path, destination: Path) -> None:
    """A folder that is new, or empty, is marked as ours unless one above it is: it is never taken for new photos."""
    marked = False
    for place in dict.fromkeys((destination, folder)):
        place.mkdir(parents=True, exist_ok=True)
        marked = marked or (place / OUTPUT_MARK).exists()
        if not marked and not os.listdir(place):
            mark_as_output(place)
            marked = True


def _remove_if_empty(folder: Path) -> None:
    try:
        if os.listdir(folder) == [OUTPUT_MARK]:
            (folder / OUTPUT_MARK).unlink()
        folder.rmdir()
    except OSError:
        pass  # it holds something else, and stays


def _check_room(plan: Plan) -> None:
    place = plan.destination
    while not place.exists():
        place = place.parent
    needed, free = sum(copy.size for copy in plan.copies), shutil.disk_usage(place).free
    if plan.copies and needed + _SPARE_BYTES > free:
        raise DestinationUnusable(
            f"{plan.destination} has room for {_megabytes(free)} and {_megabytes(needed)} are to be copied;"
            " nothing was copied. Make room, or choose another -dest"
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _why(error: OSError, destination: Path, done: Done) -> str:
    where = error.filename2 or error.filename or destination
    remedy = "make room" if error.errno == errno.ENOSPC else "allow writing there, or choose another -dest"
    return f"{where}: {error.strerror}; {done.copied} photos were copied before. To go on, {remedy} and run this again"
