"""What is to be done to which file: printable, before anything happens."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sortbyface.library import Action
from sortbyface.sorting.linking import Mode


class Photo(NamedTuple):
    """A photo at the destination."""

    path: str
    """Relative to it."""

    size: int
    """In bytes."""


@dataclass(frozen=True)
class Plan:
    """Everything that a sort will do, and why it does not do more."""

    destination: Path
    """Absolute."""

    actions: list[Action]
    """In order."""

    there: tuple[Photo, ...] = ()
    """Photos that are where they belong."""

    mode: Mode = Mode.COPY
    """How new files are made."""

    of_another_mode: int = 0
    """Files of ours that are where they belong and were made in another way. They stay as they are."""

    forgotten: tuple[str, ...] = ()
    """Files of ours that somebody removed or changed, and that are not wanted there any more."""

    among_photos: bool = False
    """The destination lies below a folder that was looked through."""

    @property
    def in_place(self) -> int:
        """How many photos are where they belong."""
        return len(self.there)

    @property
    def files(self) -> int:
        """That are to be made, moved or removed."""
        return sum(action.file is not None for action in self.actions)

    @property
    def photos(self) -> int:
        """That are to be made; what goes with them is not counted."""
        return sum(action.file is not None and action.file.content is not None for action in self.makes)

    @property
    def makes(self) -> list[Action]:
        """Photos, and what goes with them."""
        return [action for action in self.actions if action.kind == "make"]

    @property
    def moves(self) -> list[Action]:
        """Files of ours that belong elsewhere now."""
        return [action for action in self.actions if action.kind == "move"]

    @property
    def removals(self) -> list[Action]:
        """Files of ours, unchanged since, that belong nowhere any more; their originals exist."""
        return [action for action in self.actions if action.kind == "remove"]
