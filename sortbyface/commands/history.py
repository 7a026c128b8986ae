"""python -m sortbyface history: what was sorted when."""

import json
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.jobs.history import history
from sortbyface.library import Run


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("List what was sorted when, and what became of it; undo takes back a run by its number.")
    parser.add_argument("--json", action="store_true", help="for programs to read")
    options = parser.parse_args(arguments)
    runs = history(options.library)
    if options.json:
        print(json.dumps([_facts(run) for run in runs], indent=2))
        return
    for run in runs:
        done = f"{run.made:,} made, {run.moved:,} moved, {run.removed:,} removed"
        state = _state(run)
        print(f"{run.id:>4}  {run.began_at}  {run.command:<5} {run.destination}: {done}{state and ', ' + state}")
    if not runs:
        print("nothing was sorted yet")


def _facts(run: Run) -> dict[str, object]:
    return {
        "run": run.id,
        "command": run.command,
        "destination": str(run.destination),
        "began_at": run.began_at,
        "ended_at": run.ended_at,
        "undone_at": run.undone_at,
        "made": run.made,
        "moved": run.moved,
        "removed": run.removed,
    }


def _state(run: Run) -> str:
    if run.undone_at is not None:
        return "undone"
    return "" if run.ended_at is not None else "interrupted"
