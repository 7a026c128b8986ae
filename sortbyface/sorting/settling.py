"""What became of the steps that a kill interrupted."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sortbyface.library import Action, Library, OurFile
from sortbyface.photos.finding import OUTPUT_MARK, mark_as_output
from sortbyface.sorting.files import as_it_lies, as_made, place


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
            made = as_made(destination / path, file, hashes)
            journal.forget(destination, [path])
            journal.note(destination, [(path, made)] if made else [])


def _as_done(destination: Path, action: Action, hashes: Mapping[int, bytes]) -> Action | None:
    """The step as it was done, or None."""
    there = place(destination, action.path)
    match action.kind:
        case "make":
            made = as_made(there, action.file, hashes) if action.file else None
            return replace(action, file=made) if made else None
        case "move":
            before = place(destination, action.moved_from or "")
            return action if _was_moved(before, there, action.file, hashes) else None
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


def _was_moved(before: Path, now: Path, file: OurFile | None, hashes: Mapping[int, bytes]) -> bool:
    """A move that was cut in two, which left the file with both names, is completed."""
    if file is None or as_it_lies(now, file, hashes) is None:
        return False
    if not os.path.lexists(before):
        return True
    if not os.path.samestat(os.lstat(before), os.lstat(now)):
        return False
    before.unlink()
    return True
