"""What takes back a run: worked out, and printable, before anything happens."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

from sortbyface.errors import DestinationUnusable
from sortbyface.library import Action, Library, OurFile, Run, Step
from sortbyface.sorting.files import has_original, is_current, is_intact, place, state_of
from sortbyface.sorting.sources import Sources


@dataclass
class UndoPlan:
    """Everything that an undo will do, and why it does not do more."""

    run: Run
    steps: list[Step] = field(default_factory=list)
    """In order. Folders are removed if nothing is left in them."""

    settled: list[Step] = field(default_factory=list)
    """Of which there is nothing to take back any more."""

    left: list[tuple[Path, str]] = field(default_factory=list)
    """Files that stay as they are, or stay away, with the reason."""

    forgotten: list[str] = field(default_factory=list)
    """Files of ours that somebody removed or changed."""


def plan_undo(library: Library, run: Run, sources: Sources) -> UndoPlan:
    """Take back what a run did, the last step first, and nothing that the user has done since.

    Raises DestinationUnusable when the folder is not there and should be.
    """
    ours = library.journal.ours(run.destination)
    if ours and not run.destination.is_dir():
        raise DestinationUnusable(f"{run.destination} is not there; nothing was undone. Is its drive connected?")
    return _Unraveller(run, ours, sources).plan(library.journal.steps(run.id))


class _Unraveller:
    """Follows the files through the undoing as it will be, to know what each step will meet."""

    def __init__(self, run: Run, ours: dict[str, OurFile], sources: Sources) -> None:
        self._plan = UndoPlan(run)
        self._sources = sources
        self._ours = dict(ours)
        self._lies_at: dict[str, str | None] = {path: path for path in ours}
        """Where the file that will be at a path is at this moment; None: nowhere yet."""

        self._vacated: set[str] = set()

    def plan(self, steps: list[Step]) -> UndoPlan:
        for step in reversed(steps):
            action = self._inverse(step.action)
            if action is None:
                self._plan.settled.append(step)
            else:
                self._plan.steps.append(step._replace(action=action))
        return self._plan

    def _inverse(self, action: Action) -> Action | None:
        match action.kind:
            case "make":
                return self._removal(action)
            case "move":
                return self._move_back(action)
            case "remove":
                return self._remake(action)
            case "mark" if self._stays_in(action.path):
                return None
        return action.inverse()

    def _removal(self, action: Action) -> Action | None:
        file = self._mine(action.path, action)
        if file is None:
            return None
        if not has_original(file, self._sources):
            self._leave(action.path, "it stays, as its original is gone")
            return None
        self._take_away(action.path)
        return Action("remove", action.path, file)

    def _move_back(self, action: Action) -> Action | None:
        file = self._mine(action.path, action)
        if file is None or action.moved_from is None:
            return None
        if self._is_taken(action.moved_from):
            self._leave(action.path, f"it stays, as something else lies at {action.moved_from} now")
            return None
        lies_at = self._lies_at[action.path]
        self._take_away(action.path)
        self._put(action.moved_from, file, lies_at)
        return replace(action.inverse(), file=file)

    def _remake(self, action: Action) -> Action | None:
        there = self._ours.get(action.path)
        if action.file is None or (there is not None and there.content == action.file.content):
            return None
        if self._is_taken(action.path):
            self._leave(action.path, "not made again, as something else lies there now")
            return None
        file = self._with_source(action.file)
        if file is None:
            self._leave(action.path, "cannot be made again, as its original is gone or has changed")
            return None
        self._put(action.path, file, None)
        return Action("make", action.path, file)

    def _mine(self, path: str, action: Action) -> OurFile | None:
        """The file that the run left there, if it still is as it was left."""
        file = self._ours.get(path)
        if file is None or action.file is None or file.content != action.file.content:
            return None
        lies_at = self._lies_at[path]
        if lies_at is None or is_intact(self._plan.run.destination / lies_at, file):
            return file
        self._plan.forgotten.append(lies_at)
        if os.path.lexists(self._plan.run.destination / lies_at):
            self._leave(path, "it stays, as it was changed since")
        return None

    def _with_source(self, file: OurFile) -> OurFile | None:
        """To be made again from where the photo is now: from where it was, if it is still there."""
        if file.content is None:
            return replace(file, state=None) if file.source_state is not None and is_current(file) else None
        if file.content not in self._sources.present:
            return None
        if file.source is not None and file.source_state is not None and state_of(file.source) == file.source_state:
            return replace(file, state=None)
        source, state = self._sources.present[file.content]
        return replace(file, source=source, source_state=state, state=None)

    def _is_taken(self, path: str) -> bool:
        on_disk = path not in self._vacated and os.path.lexists(self._plan.run.destination / path)
        return on_disk or path in self._ours

    def _take_away(self, path: str) -> None:
        self._vacated.add(path)
        del self._ours[path], self._lies_at[path]

    def _put(self, path: str, file: OurFile, lies_at: str | None) -> None:
        self._ours[path] = file
        self._lies_at[path] = lies_at

    def _leave(self, path: str, why: str) -> None:
        self._plan.left.append((self._plan.run.destination / path, why))

    def _stays_in(self, folder: str) -> bool:
        """Something of ours stays in a folder: its pictures are not to be taken for new photos."""
        whole = place(self._plan.run.destination, folder)
        return any(path.is_relative_to(whole) for path, _ in self._plan.left)
