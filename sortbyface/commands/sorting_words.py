"""What sorting, finding and undoing say alike about what they do to files."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from sortbyface.library import Action
from sortbyface.sorting import Done, Mode, Plan
from sortbyface.sorting.files import place

_MADE = {Mode.COPY: "copied", Mode.HARDLINK: "linked", Mode.SYMLINK: "linked", Mode.REFLINK: "cloned"}
_FOLDERS = {"mkdir": "make folder", "rmdir": "remove folder", "mark": "mark", "unmark": "unmark"}


def add_mode(to: ArgumentParser) -> None:
    """--mode."""
    to.add_argument(
        "--mode", choices=list(Mode), type=Mode, default=Mode.COPY,
        help="how photos get to their folders; links take no room, and a reflink is a copy where none can be"
        " (%(default)s)",
    )  # fmt: skip


def say_actions(actions: Iterable[Action], destination: Path) -> None:
    """One line for each thing that would be done."""
    for action in actions:
        path = place(destination, action.path)
        if action.kind == "make" and action.file:
            print(f"{action.file.mode:<8} {action.file.source} -> {path}")
        elif action.kind == "move" and action.moved_from:
            print(f"{'move':<8} {destination / action.moved_from} -> {path}")
        elif action.kind == "remove":
            print(f"{'remove':<8} {path}")
        else:
            print(f"{_FOLDERS[action.kind]} {path}")


def say_left(left: Iterable[tuple[Path, str]]) -> None:
    """One line on stderr for each file that is not as was asked for."""
    for path, reason in left:
        print(f"{path}: {reason}", file=sys.stderr)


def say_where(plan: Plan) -> None:
    """A word on stderr when a destination that is new lies among the photos."""
    if plan.among_photos and any(action.kind == "mark" for action in plan.actions):
        print(f"{plan.destination} lies among the photos; it is marked and never read as photos", file=sys.stderr)


def words_of(done: Done, plan: Plan) -> list[str]:
    """What was done, in a few words each."""
    words = [f"{done.made - done.not_cloned:,} {_MADE[plan.mode]}", f"{plan.in_place:,} in place already"]
    words += [f"{done.not_cloned:,} copied, for the file system cannot clone"] if done.not_cloned else []
    words += [f"{done.made_beside:,} files that go with them"] if done.made_beside else []
    words += [f"{done.moved:,} moved"] if done.moved else []
    words += [f"{done.removed:,} taken out of folders where they no longer belong"] if done.removed else []
    words += [f"{plan.of_another_mode:,} stay as they were made, not as {plan.mode}"] if plan.of_another_mode else []
    words += [f"{len(done.failed):,} not {_MADE[plan.mode]}"] if done.failed else []
    return words
