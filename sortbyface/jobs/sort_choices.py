"""How photos were sorted last, to be offered again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sortbyface.jobs.grouping_settings import settings_in_use
from sortbyface.jobs.sort import SortOutcome, sort_photos
from sortbyface.library import Library
from sortbyface.sorting import Mode
from sortbyface.sorting.groups import Groups


@dataclass(frozen=True)
class SortChoices:
    """What the user can choose of a sort, as for `sort_photos`. People are told apart with the settings in use."""

    destination: Path
    mode: Mode = Mode.COPY
    groups: Groups = Groups.EACH
    min_photos: int = 2


def choices_of_last_time(library: Library) -> SortChoices | None:
    """None before the first."""
    try:
        fields = json.loads(library.sort_choices or "")
        destination, mode, groups = Path(fields["destination"]), Mode(fields["mode"]), Groups(fields["groups"])
        return SortChoices(destination, mode, groups, max(1, int(fields["min_photos"])))
    except (ValueError, TypeError, KeyError):
        return None


def remember_choices(library: Library, choices: SortChoices) -> None:
    """For the next time."""
    library.sort_choices = json.dumps(
        {
            "destination": str(choices.destination),
            "mode": choices.mode,
            "groups": choices.groups,
            "min_photos": choices.min_photos,
        }
    )


def sort_as_chosen(
    choices: SortChoices,
    *,
    library: Path,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> SortOutcome:
    """Sort, with the settings of the last grouping; the choices are remembered. As for `sort_photos`."""
    with Library.opened(library) as opened:
        settings = settings_in_use(opened)
        if not dry_run:
            remember_choices(opened, choices)
    return sort_photos(
        choices.destination,
        library=library,
        threshold=settings.threshold,
        iterations=settings.iterations,
        min_photos=choices.min_photos,
        mode=choices.mode,
        groups=choices.groups,
        dry_run=dry_run,
        compared=progress,
        progress=progress,
    )
