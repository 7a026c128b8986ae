"""python -m sortbyface map: all faces as points in one picture."""

import sys
from collections.abc import Sequence
from pathlib import Path

from sortbyface.commands import terminal
from sortbyface.figures.points import LAYOUTS
from sortbyface.jobs.map import write_map

_MANY = 5_000
"""Faces, for which the user waits half a minute or more."""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Draw all faces as points: those that are alike close together, the people in colours.")
    parser.add_argument(
        "-dest", "--destination", type=terminal.place, default=Path("faces.png"), metavar="FILE",
        help="a new file, PNG or SVG by its ending (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--layout", choices=LAYOUTS, default=LAYOUTS[0],
        help="how the points are placed; umap takes the package umap-learn (%(default)s)",
    )  # fmt: skip
    terminal.add_grouping_options(parser)
    options = parser.parse_args(arguments)
    grouping = terminal.grouping(parser, options)
    with terminal.comparing() as compared:
        outcome = write_map(
            options.destination,
            library=options.library,
            **grouping,
            layout=options.layout,
            compared=compared,
            begun=_say_how_long,
        )
    print(f"{options.destination}: {outcome.title}")


def _say_how_long(shown: int, faces: int) -> None:
    if shown < faces:
        print(f"of {faces:,} faces, {shown:,} are drawn, chosen at random for --seed", file=sys.stderr)
    if shown > _MANY:
        print(f"placing {shown:,} points takes a minute or more …", file=sys.stderr)
