"""get_individual.py: every photo of one person."""

import sys
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.jobs.find import find_person


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Copy every photo of the person whom one picture shows.")
    parser.add_argument(
        "-src", "--source", type=terminal.place, required=True, metavar="SELFIE", help="a picture of that person alone"
    )
    parser.add_argument(
        "-dest", "--destination", type=terminal.place, required=True, metavar="FOLDER", help="where the photos go"
    )
    terminal.add_grouping_options(parser)
    options = parser.parse_args(arguments)
    grouping = terminal.grouping(parser, options)
    with terminal.counting("copying") as show:
        outcome = find_person(
            options.source,
            options.destination,
            library=options.library,
            **grouping,
            progress=show,
        )
    if outcome.calibration:
        print(outcome.calibration)
    for path, reason in outcome.done.failed:
        print(f"{path}: {reason}", file=sys.stderr)
    copied, in_place = outcome.done.copied, outcome.plan.in_place
    found = f"{len(outcome.photos):,} photos found"
    print(f"{outcome.plan.destination}: {found}, {copied:,} copied, {in_place:,} in place already")
