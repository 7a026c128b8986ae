"""sort_images.py: one folder per person."""

import sys
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.commands.sorting_words import add_mode, say_actions, say_left, say_where, words_of
from sortbyface.jobs import SORTED_PICTURES
from sortbyface.jobs.sort import SortOutcome, sort_photos
from sortbyface.sorting.groups import Groups

_MOST_FOLDERS_NAMED = 20


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Bring each photo into one folder for every person in it.")
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
    add_mode(parser)
    parser.add_argument(
        "--groups", choices=list(Groups), type=Groups, default=Groups.EACH,
        help="photos of several people: in the folder of each, of the first (whose face is the largest), or of all"
        " of them together (%(default)s)",
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="print what would be done, and change nothing")
    options = parser.parse_args(arguments)
    grouping = terminal.grouping(parser, options)
    with terminal.comparing() as compared, terminal.counting("copying") as show:
        outcome = sort_photos(
            options.destination,
            library=options.library,
            embeddings=options.embeddings,
            min_photos=options.min_photos,
            **grouping,
            regroup=options.regroup,
            mode=options.mode,
            groups=options.groups,
            dry_run=options.dry_run,
            compared=compared,
            progress=show,
        )
    _report(outcome)


def _report(outcome: SortOutcome) -> None:
    plan = outcome.plan
    if outcome.calibration:
        print(outcome.calibration)
    for path in outcome.gone:
        print(f"{path}: not there any more, or changed; look at the photos again", file=sys.stderr)
    say_where(plan)
    if outcome.done is None:
        say_actions(plan.actions, plan.destination)
        words = [f"{plan.photos:,} to {plan.mode}", f"{plan.in_place:,} in place"]
        words += [f"{len(plan.moves):,} to move"] if plan.moves else []
        print(f"{', '.join(words)}, {len(plan.removals):,} to remove; nothing was changed")
        return
    say_left([*outcome.done.failed, *outcome.done.kept])
    width = max((len(folder) for folder, _ in outcome.folders), default=0)
    for folder, photos in outcome.folders[:_MOST_FOLDERS_NAMED]:
        print(f"{folder:<{width}}  {photos:>6,} photos")
    if len(outcome.folders) > _MOST_FOLDERS_NAMED:
        print(f"… and {len(outcome.folders) - _MOST_FOLDERS_NAMED:,} more folders")
    words = words_of(outcome.done, plan)
    words += [f"{len(outcome.gone):,} gone"] if outcome.gone else []
    print(f"{plan.destination}: {', '.join(words)}")
