"""python -m sortbyface undo: take back the last sort, exactly."""

from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.commands.sorting_words import say_actions, say_left
from sortbyface.jobs.undo import undo


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser(
        "Take back the last sort, or the last search for one person: its files and folders go, what it moved or took"
        " away comes back. What you have added or changed since stays."
    )
    parser.add_argument(
        "run", nargs="?", type=terminal.positive, metavar="RUN",
        help="undo this one, by its number (python -m sortbyface history lists them)",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="print what would be done, and change nothing")
    options = parser.parse_args(arguments)
    with terminal.counting("undoing", "files") as show:
        outcome = undo(options.run, library=options.library, dry_run=options.dry_run, progress=show)
    run, done = outcome.plan.run, outcome.done
    say_left(outcome.plan.left)
    which = f"run {run.id} ({run.command}, {run.began_at})"
    if done is None:
        say_actions([step.action for step in outcome.plan.steps], run.destination)
        print(f"{which}: nothing was changed")
        return
    say_left([*done.failed, *done.kept])
    words = [f"{done.removed:,} files taken away"]
    words += [f"{done.moved:,} moved back"] if done.moved else []
    words += [f"{done.made + done.made_beside:,} made again"] if done.made + done.made_beside else []
    stay = len(outcome.plan.left) + len(done.failed) + len(done.kept)
    words += [f"{stay:,} left as they are"] if stay else []
    print(f"{run.destination}: {which} is undone: {', '.join(words)}")
