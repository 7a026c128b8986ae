"""The folders that a plan will make, or an undo will leave, with all that happens in each: to be looked at first."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from sortbyface.library import Action
from sortbyface.sorting.plan import Photo


class Fate(IntEnum):
    """What becomes of a file."""

    MADE = 0
    MOVED = 1
    """It comes from another folder of ours, or has another name there."""

    IN_PLACE = 2
    TAKEN_AWAY = 3


class Leaf(NamedTuple):
    """A file of ours."""

    name: str
    fate: Fate
    size: int
    """In bytes; 0 where it is not known."""

    comes_from: str | None = None
    """The original of what is made; of what is moved, where it lies, relative to the destination."""


@dataclass
class Branch:
    """A folder."""

    path: str
    """Relative to the destination; "" for itself."""

    leaves: list[Leaf] = field(default_factory=list)
    """By what becomes of them, then in the order of the plan."""

    counts: list[int] = field(default_factory=lambda: [0] * len(Fate))
    """By Fate."""

    size: int = 0
    """In bytes, of what will be there."""

    @property
    def files(self) -> int:
        """That will be there."""
        return sum(self.counts) - self.counts[Fate.TAKEN_AWAY]


def tree_of(actions: Iterable[Action], there: Iterable[Photo] = (), order: Sequence[str] = ()) -> list[Branch]:
    """All folders in which a file of ours is, comes, or goes.

    there: what stays. order: of the folders that come first; others follow by name.
    """
    branches: dict[str, Branch] = {}
    for action in actions:
        if action.file is not None:
            _add(branches, action.path, _leaf(action))
    for photo in there:
        _add(branches, photo.path, Leaf(os.path.basename(photo.path), Fate.IN_PLACE, photo.size))
    for branch in branches.values():
        branch.leaves.sort(key=lambda leaf: leaf.fate)
    ranks = {folder: rank for rank, folder in enumerate(order)}
    return sorted(branches.values(), key=lambda branch: (ranks.get(branch.path, len(ranks)), branch.path))


def _leaf(action: Action) -> Leaf:
    file, name = action.file, os.path.basename(action.path)
    assert file is not None
    state = file.state or file.source_state
    size = state.size if state else 0
    if action.kind == "remove":
        return Leaf(name, Fate.TAKEN_AWAY, size)
    if action.moved_from is not None:
        return Leaf(name, Fate.MOVED, size, action.moved_from)
    return Leaf(name, Fate.MADE, size, None if file.source is None else str(file.source))


def _add(branches: dict[str, Branch], path: str, leaf: Leaf) -> None:
    folder = os.path.dirname(path)
    branch = branches.setdefault(folder, Branch(folder))
    branch.leaves.append(leaf)
    branch.counts[leaf.fate] += 1
    if leaf.fate is not Fate.TAKEN_AWAY:
        branch.size += leaf.size
