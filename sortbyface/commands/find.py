"""get_individual.py: every photo of one person."""

from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.commands.sorting_words import add_mode, say_left, say_where, words_of
from sortbyface.jobs.find import find_person


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Copy every photo of the person whom one picture shows.")
    parser.add_argument(
        "-src", "--source", type=terminal.place, required=True, metavar="SELFIE", help="a picture of that person alone"
    )
    parser.add_argument(
        "-dest", "--destination", type=terminal.place, required=True, metavar="FOLDER", help="where the photos go"
    )
    add_mode(parser)
    terminal.add_grouping_options(parser)
    options = parser.parse_args(arguments)
    grouping = terminal.grouping(parser, options)
    with terminal.comparing() as compared, terminal.counting("copying") as show:
        outcome = find_person(
            options.source,
            options.destination,
            library=options.library,
            **grouping,
            mode=options.mode,
            compared=compared,
            progress=show,
        )
    if outcome.calibration:
        print(outcome.calibration)
    say_where(outcome.plan)
    say_left([*outcome.done.failed, *outcome.done.kept])
    words = [f"{len(outcome.photos):,} photos found", *words_of(outcome.done, outcome.plan)]
    print(f"{outcome.plan.destination}: {', '.join(words)}")
