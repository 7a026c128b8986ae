"""What became of the steps that a kill interrupted."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sortbyface.errors import PhotoOutOfReach
from sortbyface.library import Action, Library, OurFile
from sortbyface.photos.finding import OUTPUT_MARK, mark_as_output
from sortbyface.pipeline.looking import identify
from sortbyface.sorting.copying import unfinished_copy
from sortbyface.sorting.files import holds, is_intact, place, state_of
from sortbyface.sorting.linking import Mode


def settle(library: Library, destination: Path, hashes: Mapping[int, bytes]) -> None:
    """Look at the disk for each step that was begun, and write down whether it was done. hashes: of the contents.

    What was left half-done is cleared away. Raises OSError where that cannot be.
    """
    journal = library.journal
    for run, step, undoing in journal.begun(destination):
        done = _as_done(destination, step.action, hashes)
        log = journal.log(run, destination, undoing=undoing)
        if done is None:
            log.end([], [step])
        else:
            log.end([step._replace(action=done)], [])
    for path, file in journal.ours(destination).items():
        if file.state is None:
            made = _as_made(destination / path, file, hashes)
            journal.forget(destination, [path])
            journal.note(destination, [(path, made)] if made else [])


def _as_done(destination: Path, action: Action, hashes: Mapping[int, bytes]) -> Action | None:
    """The step as it was done, or None."""
    there = place(destination, action.path)
    match action.kind:
        case "make":
            made = _as_made(there, action.file, hashes) if action.file else None
            return replace(action, file=made) if made else None
        case "move":
            return action if _was_moved(place(destination, action.moved_from or ""), there, action.file) else None
        case "remove" | "rmdir":
            return None if os.path.lexists(there) else action
        case "mkdir":
            return action if there.is_dir() else None
        case "mark":
            if not (there / OUTPUT_MARK).exists():
                return None
            mark_as_output(there)  # whether or not it was written to the end
            return action
        case "unmark":
            return None if (there / OUTPUT_MARK).exists() else action


def _as_made(path: Path, file: OurFile, hashes: Mapping[int, bytes]) -> OurFile | None:
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


def _was_moved(before: Path, now: Path, file: OurFile | None) -> bool:
    """A move that was cut in two, which left the file with both names, is completed."""
    if file is None or not is_intact(now, file):
        return False
    if not os.path.lexists(before):
        return True
    if not os.path.samestat(os.lstat(before), os.lstat(now)):
        return False
    before.unlink()
    return True
