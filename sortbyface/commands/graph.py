"""python -m sortbyface graph: the similarity graph as GraphML."""

from collections.abc import Sequence
from pathlib import Path

from sortbyface.commands import terminal
from sortbyface.jobs.graph import write_graph


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Write which faces are alike as a graph, to be seen with Gephi and its like.")
    parser.add_argument(
        "-dest", "--destination", type=terminal.place, default=Path("faces.graphml"), metavar="FILE",
        help="a new file (%(default)s)",
    )  # fmt: skip
    terminal.add_grouping_options(parser)
    options = parser.parse_args(arguments)
    grouping = terminal.grouping(parser, options)
    with terminal.comparing() as compared:
        outcome = write_graph(options.destination, library=options.library, **grouping, compared=compared)
    print(
        f"{options.destination}: {outcome.faces:,} faces, {outcome.edges:,} edges above {outcome.threshold:g}, "
        f"{outcome.people:,} people"
    )
