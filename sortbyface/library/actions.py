"""What runs do to files, as the journal keeps it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from sortbyface.library.records import FileState

Kind: TypeAlias = Literal["make", "move", "remove", "mkdir", "mark", "unmark", "rmdir"]
"""Of files, the first three; of folders, the others: to mark one says that its pictures are no new photos."""

_INVERSE: dict[Kind, Kind] = {
    "make": "remove",
    "move": "move",
    "remove": "make",
    "mkdir": "rmdir",
    "mark": "unmark",
    "unmark": "mark",
    "rmdir": "mkdir",
}


@dataclass(frozen=True)
class OurFile:
    """A file that a run made: of what, how, and as what it was left."""

    content: int | None
    """None: no photo, but what goes with one."""

    source: Path | None
    """The original; None: not known, for it was made before version 4."""

    source_state: FileState | None
    mode: str
    """As in `sortbyface.sorting.linking.Mode`."""

    state: FileState | None = None
    """None: not made yet, or not known to be finished."""


@dataclass(frozen=True)
class Action:
    """One step of a run."""

    kind: Kind
    path: str
    """Relative to the destination; "." for itself, ".." for the folder that it is in."""

    file: OurFile | None = None
    """That is made, moved or removed."""

    moved_from: str | None = None
    """Relative to the destination, for a move."""

    @property
    def paths(self) -> tuple[str, ...]:
        """All that it changes."""
        return (self.path,) if self.moved_from is None else (self.path, self.moved_from)

    def inverse(self) -> "Action":
        """What takes it back."""
        if self.moved_from is not None:
            return replace(self, path=self.moved_from, moved_from=self.path)
        return replace(self, kind=_INVERSE[self.kind])


class Step(NamedTuple):
    """An action with its place in the run that it is part of; what takes one back has the place of what it undoes."""

    number: int
    action: Action


class Begun(NamedTuple):
    """A step that was interrupted: nobody knows yet whether it was done."""

    run: int
    step: Step
    undoing: bool
    """It is the taking back of one."""


@dataclass(frozen=True)
class Run:
    """A sort, or a search for one person."""

    id: int
    command: str
    destination: Path
    began_at: str
    """ISO 8601, UTC."""

    ended_at: str | None
    """None: interrupted."""

    undone_at: str | None
    made: int
    moved: int
    removed: int
