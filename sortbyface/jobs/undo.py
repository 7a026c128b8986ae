"""Take back what a sort, or a search for one person, has done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sortbyface.errors import NothingToUndo
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.common import counted, sources_now
from sortbyface.library import Library, Run
from sortbyface.library.changes import Change
from sortbyface.people.corrections import Corrections
from sortbyface.sorting import Done, UndoPlan, make_ready, plan_undo, take_back


@dataclass(frozen=True)
class UndoOutcome:
    """What was taken back."""

    plan: UndoPlan
    done: Done | None
    """None for a dry run."""


def undo(
    run: int | None = None,
    *,
    library: Path = LIBRARY,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> UndoOutcome:
    """Take back the last run that was not taken back yet, or the one with this number.

    What the user has added or changed since stays. Raises NothingToUndo when there is no such run, or a later one to
    the same place is to be undone first; SourceEmpty when no photo is where it was, and what sort_photos raises.
    """
    with Library.opened(library) as opened:
        sources = sources_now(opened)
        chosen = _choose(opened.journal.runs(), run)
        if not dry_run:
            make_ready(opened, chosen.destination, sources)
        plan = plan_undo(opened, chosen, sources)
        files = sum(step.action.file is not None for step in plan.steps)
        done = None if dry_run else take_back(plan, opened, sources, counted(files, progress))
    return UndoOutcome(plan, done)


def undo_latest(*, library: Path = LIBRARY) -> Change | UndoOutcome | None:
    """Take back whatever was done last: a change of people, or a sort or a search for one person.

    None: there is nothing to take back. Raises what `undo` raises.
    """
    with Library.opened(library) as opened:
        change = opened.changes.latest()
        run = next((run for run in reversed(opened.journal.runs()) if run.undone_at is None), None)
        if change and (run is None or _when(run.ended_at or run.began_at) < _when(change.at)):
            return Corrections(opened).undo()
    return undo(run.id, library=library) if run else None


def undoable(runs: Sequence[Run]) -> set[int]:
    """The ids of those that can be undone now: of each destination the last that is not undone yet."""
    return set({run.destination: run.id for run in runs if run.undone_at is None}.values())


def _when(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _choose(runs: list[Run], number: int | None) -> Run:
    standing = [run for run in runs if run.undone_at is None]
    if number is None:
        if not standing:
            raise NothingToUndo("nothing was sorted yet, or all of it is undone")
        return standing[-1]
    chosen = next((run for run in runs if run.id == number), None)
    if chosen is None:
        raise NothingToUndo(f"there is no run {number}; python -m sortbyface history lists them")
    if chosen.undone_at is not None:
        raise NothingToUndo(f"run {number} is undone already")
    later = [run for run in standing if run.id > number and run.destination == chosen.destination]
    if later:
        raise NothingToUndo(
            f"run {later[-1].id} to {chosen.destination} came after run {number}; undo it first:"
            f" python -m sortbyface undo {later[-1].id}"
        )
    return chosen
