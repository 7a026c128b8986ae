"""sort_images.py: one folder per person."""

import sys
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.jobs import SORTED_PICTURES
from sortbyface.jobs.sort import SortOutcome, sort_photos

_MOST_FOLDERS_NAMED = 20


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Copy each photo into one folder for every person in it.")
    parser.add_argument(
        "-dest",
        "--destination",
        type=terminal.place,
        default=SORTED_PICTURES,
        metavar="FOLDER",
        help="where the folders are made (%(default)s)",
    )
    terminal.add_grouping_options(parser)
    parser.add_argument(
        "--min-photos", type=terminal.positive, default=2, metavar="N",
        help="people in fewer photos share the folder Others (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--embeddings",
        type=terminal.place,
        metavar="FILE",
        help="sort the faces of such a file instead of the library's own",
    )
    parser.add_argument(
        "--regroup",
        action="store_true",
        help="group all faces anew (default: new ones join the people of the last sort, and nobody else moves)",
    )
    parser.add_argument("--dry-run", action="store_true", help="print what would be copied, and change nothing")
    options = parser.parse_args(arguments)
    grouping = terminal.grouping(parser, options)
    with terminal.counting("copying") as show:
        outcome = sort_photos(
            options.destination,
            library=options.library,
            embeddings=options.embeddings,
            min_photos=options.min_photos,
            **grouping,
            regroup=options.regroup,
            dry_run=options.dry_run,
            progress=show,
        )
    _report(outcome)


def _report(outcome: SortOutcome) -> None:
    plan = outcome.plan
    if outcome.calibration:
        print(outcome.calibration)
    for path in outcome.gone:
        print(f"{path}: not there any more, or changed; look at the photos again", file=sys.stderr)
    if outcome.done is None:
        for copy in plan.copies:
            print(f"copy   {copy.source} -> {plan.destination / copy.target}")
        for target in plan.withdrawals:
            print(f"remove {plan.destination / target}")
        words = [f"{len(plan.copies):,} to copy", f"{plan.in_place:,} in place", f"{len(plan.withdrawals):,} to remove"]
        print(f"{', '.join(words)}; nothing was changed")
        return
    for path, reason in outcome.done.failed:
        print(f"{path}: {reason}", file=sys.stderr)
    width = max((len(folder) for folder, _ in outcome.folders), default=0)
    for folder, photos in outcome.folders[:_MOST_FOLDERS_NAMED]:
        print(f"{folder:<{width}}  {photos:>6,} photos")
    if len(outcome.folders) > _MOST_FOLDERS_NAMED:
        print(f"… and {len(outcome.folders) - _MOST_FOLDERS_NAMED:,} more folders")
    words = [f"{outcome.done.copied:,} copied", f"{plan.in_place:,} in place already"]
    words += (
        [f"{outcome.done.withdrawn:,} taken out of folders where they no longer belong"]
        if outcome.done.withdrawn
        else []
    )
    words += [f"{len(outcome.gone):,} gone"] if outcome.gone else []
    words += [f"{len(outcome.done.failed):,} not copied"] if outcome.done.failed else []
    print(f"{plan.destination}: {', '.join(words)}")
