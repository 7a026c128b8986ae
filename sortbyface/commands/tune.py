"""python -m sortbyface tune: what each threshold would make of the photos."""

import sys
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.figures.tune import LARGEST
from sortbyface.jobs import ITERATIONS
from sortbyface.jobs.tune import STEPS, TuneOutcome, WhoIsWho, tune
from sortbyface.tuning import Outlook


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Show how many people each threshold would find, to choose -t of the sort by looking.")
    parser.add_argument(
        "folder", type=terminal.place, nargs="?", metavar="DIR",
        help="judge the groups, too: each photo in DIR/NAME/ is of this person",
    )  # fmt: skip
    parser.add_argument(
        "--labels", type=terminal.place, metavar="FILE",
        help="a table in CSV that tells who is where in DIR instead: path, person and, where faces are marked,"
        " x, y, w, h",
    )  # fmt: skip
    parser.add_argument(
        "--range", type=terminal.cosine, nargs=2, metavar=("FROM", "TO"), dest="thresholds",
        help="the lowest and the highest threshold (default: some to either side of the default)",
    )  # fmt: skip
    parser.add_argument(
        "--steps", type=terminal.positive, default=STEPS, metavar="N", help="how many thresholds (%(default)s)"
    )
    parser.add_argument(
        "-dest", "--destination", type=terminal.place, metavar="FILE",
        help="also draw it: a new file, PNG or SVG by its ending",
    )  # fmt: skip
    parser.add_argument(
        "-itr", "--iterations", type=terminal.positive, default=ITERATIONS, metavar="N",
        help="rounds of Chinese Whispers at most (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=terminal.natural, default=0, metavar="N",
        help="of the random order in which faces are visited (%(default)s)",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    if options.labels and not options.folder:
        parser.error("--labels wants DIR before it, the folder from which the paths in the table go on")
    if options.thresholds and options.thresholds[0] >= options.thresholds[1]:
        parser.error("--range: FROM must be below TO")
    with terminal.comparing() as compared, terminal.counting("grouping", "thresholds") as show:
        outcome = tune(
            library=options.library,
            thresholds=tuple(options.thresholds) if options.thresholds else None,
            steps=options.steps,
            iterations=options.iterations,
            seed=options.seed,
            who=WhoIsWho(options.folder, options.labels) if options.folder else None,
            destination=options.destination,
            compared=compared,
            progress=show,
        )
    _report(outcome)
    if options.destination:
        print(f"figure: {options.destination}")


def _report(outcome: TuneOutcome) -> None:
    for path, reason in outcome.left_out:
        print(f"{path}: {reason}", file=sys.stderr)
    decimals = max(len(f"{outlook.threshold:g}".partition(".")[2]) for outlook in outcome.outlooks)
    rows = [[f"{outlook.threshold:.{decimals}f}", *_cells(outlook)] for outlook in outcome.outlooks]
    heads = ["threshold", "people", "seen once", f"photos of the {LARGEST} in most", "alike in one photo"]
    if len(rows[0]) > len(heads):
        heads += ["pairwise F", "BCubed F"]
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    print(f"{outcome.faces:,} faces; the default threshold is {outcome.default:g}\n")
    print("  ".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    for outlook, row in zip(outcome.outlooks, rows, strict=True):
        mark = "  <- default" if outlook.threshold == outcome.default else ""
        print("  ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)) + mark)
    print(
        "\npeople: in several photos. alike in one photo: pairs of faces that are two people for certain, and only kept"
        "\napart for that. Once chosen: python sort_images.py -t THRESHOLD"
    )


def _cells(outlook: Outlook) -> list[str]:
    largest = " ".join(f"{photos:,}" for photos in outlook.largest(LARGEST))
    cells = [f"{outlook.people:,}", f"{outlook.seen_once:,}", largest, f"{outlook.swept.kept_apart:,}"]
    if outlook.judgement and outlook.judgement.bcubed:
        cells += [f"{outlook.judgement.pairwise.f:.4f}", f"{outlook.judgement.bcubed.f:.4f}"]
    return cells
