"""python -m sortbyface montage: pictures of the people."""

import sys
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.jobs.montage import MONTAGES, MontageOutcome, make_montages
from sortbyface.showing import PICKS, Choice

_MOST_PEOPLE_NAMED = 20


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Make a picture of up to 25 faces for each person of the last sort, and a page with all.")
    parser.add_argument(
        "-dest", "--destination", type=terminal.place, default=MONTAGES, metavar="FOLDER",
        help="where they are made (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--pick", choices=PICKS, default=PICKS[0],
        help="which faces, where there are more: those most like the person's others, or least like them (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=terminal.natural, default=0, metavar="N", help="of the random pick (%(default)s)"
    )
    parser.add_argument(
        "--min-photos", type=terminal.positive, default=2, metavar="N",
        help="people in fewer photos are among the unknown faces (%(default)s)",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    with terminal.counting("cutting") as show:
        outcome = make_montages(
            options.destination,
            library=options.library,
            choice=Choice(options.pick, options.seed, options.min_photos),
            progress=show,
        )
    _report(outcome)


def _report(outcome: MontageOutcome) -> None:
    for path in outcome.gone:
        print(f"{path}: not there any more, or changed; look at the photos again", file=sys.stderr)
    for path, reason in outcome.unreadable.items():
        print(f"{path}: {reason}", file=sys.stderr)
    width = max(len(person.name) for person in outcome.people)
    for person in outcome.people[:_MOST_PEOPLE_NAMED]:
        print(f"{person.name:<{width}}  {person.photos:>6,} photos  {len(person.picked):>2} of {person.faces:,} faces")
    if len(outcome.people) > _MOST_PEOPLE_NAMED:
        print(f"… and {len(outcome.people) - _MOST_PEOPLE_NAMED:,} more people")
    first, *others = (page.name for page in outcome.pages)
    pages = f"{first} to {others[-1]}" if others else first
    words = [f"{len(outcome.pictures):,} pictures", f"everybody in {pages}"]
    words += [f"{len(outcome.gone):,} photos gone"] if outcome.gone else []
    words += [f"{len(outcome.unreadable):,} not readable"] if outcome.unreadable else []
    print(f"{outcome.destination}: {', '.join(words)}")
