"""A plan is carried out as a run, which the journal remembers and which can be taken back."""

from collections.abc import Callable
from pathlib import Path

from sortbyface.errors import DestinationUnusable
from sortbyface.library import Library, Step
from sortbyface.sorting.chapters import Done
from sortbyface.sorting.deed import carry_out
from sortbyface.sorting.plan import Plan
from sortbyface.sorting.settling import settle
from sortbyface.sorting.sources import Sources
from sortbyface.sorting.undoing import UndoPlan


def make_ready(library: Library, destination: Path, sources: Sources) -> None:
    """What a kill interrupted there is put in order, before anything is planned. Raises DestinationUnusable."""
    try:
        settle(library, destination.resolve(), sources.hashes)
    except OSError as error:
        where, why = error.filename or destination, error.strerror or str(error)
        raise DestinationUnusable(f"{where}: {why}; see that it can be written, and run this again") from error


def run_plan(
    plan: Plan, library: Library, command: str, sources: Sources, progress: Callable[[int], object] = lambda _: None
) -> Done:
    """Do what the plan says, going on with a run of this command that was interrupted there.

    Raises DestinationUnusable; then, as after a kill, the run counts as interrupted. A run that does nothing is
    none. progress: as for `carry_out`.
    """
    journal = library.journal
    journal.forget(plan.destination, plan.forgotten)
    run = journal.interrupted(command, plan.destination)
    done = Done()
    if plan.actions:
        run = journal.begin_run(command, plan.destination)
        first = journal.next_number(run)
        steps = [Step(number, action) for number, action in enumerate(plan.actions, first)]
        done = carry_out(steps, plan.destination, journal.log(run, plan.destination), sources.hashes, progress)
    if run is not None:
        journal.end_run(run)
    return done


def take_back(
    plan: UndoPlan, library: Library, sources: Sources, progress: Callable[[int], object] = lambda _: None
) -> Done:
    """Undo a run. What goes wrong meanwhile leaves it to be undone again, from there. Raises DestinationUnusable."""
    journal, destination = library.journal, plan.run.destination
    log = journal.log(plan.run.id, destination, undoing=True)
    log.drop(plan.settled)
    journal.forget(destination, plan.forgotten)
    done = carry_out(plan.steps, destination, log, sources.hashes, progress)
    journal.end_undoing(plan.run.id)
    return done
