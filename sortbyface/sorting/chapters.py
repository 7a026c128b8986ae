"""Steps that are written down together, before they are done and after."""

import errno
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sortbyface.errors import PhotoOutOfReach
from sortbyface.library import Action, OurFile, RunLog, Step
from sortbyface.naming import give_name
from sortbyface.photos.finding import OUTPUT_MARK, mark_as_output
from sortbyface.sorting.files import as_it_lies, place
from sortbyface.sorting.linking import Mode, make

_COPYING: Collection[str] = {Mode.COPY, Mode.REFLINK}


class Kept(Exception):
    """A file or folder stays as it is. The message is the reason."""


@dataclass
class Done:
    """What came of a plan."""

    made: int = 0
    """Photos; what goes with them is not counted."""

    made_beside: int = 0
    moved: int = 0
    removed: int = 0
    not_cloned: int = 0
    """Of those, what was to be a clone and is a copy, as the file system cannot clone."""

    failed: list[tuple[Path, str]] = field(default_factory=list)
    """Originals that could not be brought, with the reason."""

    kept: list[tuple[Path, str]] = field(default_factory=list)
    """What was to be moved or removed and stays, with the reason."""

    def count(self, asked: Action, done: Action) -> None:
        """One more."""
        if done.kind == "make" and done.file and asked.file:
            self.made += done.file.content is not None
            self.made_beside += done.file.content is None
            self.not_cloned += done.file.content is not None and asked.file.mode != done.file.mode
        self.moved += done.kind == "move"
        self.removed += done.kind == "remove"


class Chapter:
    """Steps that are written down together."""

    def __init__(self, steps: Sequence[Step], destination: Path, hashes: Mapping[int, bytes], done: Done) -> None:
        self._steps = steps
        self._destination = destination
        self._hashes = hashes
        self._counts = done
        self._done: list[Step] = []
        self._refused: list[Step] = []

    def carry_out(self, log: RunLog, pool: ThreadPoolExecutor, progress: Callable[[int], object]) -> None:
        log.begin(self._steps)
        futures: list[Future[Action]] = []
        try:
            if any(is_copied(step.action) for step in self._steps):
                futures = [pool.submit(self._do, step.action) for step in self._steps]
                for step, future in zip(self._steps, futures, strict=True):
                    self._take(step, future.result, progress)
            else:
                for step in self._steps:
                    self._take(step, partial(self._do, step.action), progress)
        finally:
            self._finish(futures)
            log.end(self._done, self._refused)  # the others stay begun: the next run looks how far they came

    def _take(self, step: Step, result: Callable[[], Action], progress: Callable[[int], object]) -> None:
        action = step.action
        where = place(self._destination, action.path)
        try:
            done = result()
        except PhotoOutOfReach as error:
            self._refused.append(step)
            self._counts.failed.append(
                (action.file.source if action.file and action.file.source else where, str(error))
            )
        except Kept as reason:
            self._refused.append(step)
            self._counts.kept.append((where, str(reason)))
        else:
            self._counts.count(action, done)
            self._done.append(Step(step.number, done))
        if action.file:
            progress(1)

    def _finish(self, futures: Sequence[Future[Action]]) -> None:
        """What was under way when something failed is awaited, and counts if it came to an end."""
        for future in futures:
            future.cancel()
        wait(futures)
        numbers = {step.number for step in self._done}
        for step, future in zip(self._steps, futures, strict=False):
            if step.number not in numbers and not future.cancelled() and future.exception() is None:
                self._counts.count(step.action, future.result())
                self._done.append(Step(step.number, future.result()))

    def _do(self, action: Action) -> Action:
        """Gives the action as it was done. Raises PhotoOutOfReach, Kept, OSError."""
        path = place(self._destination, action.path)
        try:
            return self._at(path, action)
        except OSError as error:
            error.filename, error.filename2 = str(path), None  # not the hidden name that it has until it is whole
            raise

    def _at(self, path: Path, action: Action) -> Action:
        file = action.file
        match action.kind:
            case "make" if file and file.source and file.source_state:
                sha256 = None if file.content is None else self._hashes[file.content]
                made = make(Mode(file.mode), file.source, path, sha256, file.source_state)
                return replace(action, file=replace(file, mode=made.mode, state=made.state))
            case "move" if file and action.moved_from:
                before = self._destination / action.moved_from
                as_it_lay = self._intact(before, file)
                if os.path.lexists(path):
                    raise Kept("something else lies where it was to be moved")
                give_name(before, path)
                return replace(action, file=as_it_lay)
            case "remove" if file:
                if os.path.lexists(path):
                    self._intact(path, file)
                    path.unlink()
            case "mkdir":
                path.mkdir(exist_ok=True)
            case "mark":
                mark_as_output(path)
            case "unmark":
                (path / OUTPUT_MARK).unlink(missing_ok=True)
            case "rmdir":
                _remove_folder(path)
        return action

    def _intact(self, path: Path, file: OurFile) -> OurFile:
        intact = as_it_lies(path, file, self._hashes)
        if intact is None:
            raise Kept("it has been changed since it was put there")
        return intact


def is_copied(action: Action) -> bool:
    """Whether it needs room for the bytes of a file, and time to write them."""
    return action.kind == "make" and action.file is not None and action.file.mode in _COPYING


def _remove_folder(folder: Path) -> None:
    try:
        folder.rmdir()
    except FileNotFoundError:
        pass
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        raise Kept("it holds other files") from error
