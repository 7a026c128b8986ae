"""What a sort would do, and what is in its way, before it is begun."""

import os
from dataclasses import dataclass
from pathlib import Path

from sortbyface.jobs.sort import COMMAND, SortOutcome
from sortbyface.jobs.sort_choices import SortChoices, sort_as_chosen
from sortbyface.library import Library
from sortbyface.sorting.obstacles import Obstacle, Room, obstacle_at, room_for
from sortbyface.sorting.tree import Branch, tree_of


@dataclass(frozen=True)
class Preview:
    """All that there is to see first."""

    choices: SortChoices
    obstacle: Obstacle | None
    outcome: SortOutcome | None = None
    """None where nothing could be planned for the obstacle."""

    tree: tuple[Branch, ...] = ()
    room: Room | None = None
    goes_on: bool = False
    """A sort into this folder was stopped, or interrupted, and this one goes on with it."""

    missing: int = 0
    """Photos that were sorted into this folder before, where it is not there any more."""


def preview_sort(choices: SortChoices, *, library: Path) -> Preview:
    """Nothing is changed. People are told apart with the settings of the last time. Raises what `sort_photos` does."""
    with Library.opened(library) as opened:
        obstacle = obstacle_at(choices.destination, opened.photos.roots())
        if obstacle is not None:
            return Preview(choices, obstacle)
        there = Path(os.path.realpath(choices.destination))
        goes_on = opened.journal.interrupted(COMMAND, there) is not None
        missing = 0 if there.exists() else len(opened.journal.ours(there))
    outcome = sort_as_chosen(choices, library=library, dry_run=True)
    tree = tree_of(outcome.plan.actions, outcome.plan.there, [folder for folder, _ in outcome.folders])
    try:
        room = room_for(outcome.plan)
    except OSError:
        return Preview(choices, Obstacle.GONE)
    obstacle = Obstacle.NO_ROOM if room.needed > room.free else None
    return Preview(choices, obstacle, outcome, tuple(tree), room, goes_on, missing)
