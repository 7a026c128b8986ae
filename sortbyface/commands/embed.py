"""embedder.py: look at photos."""

import sys
from collections.abc import Sequence

from sortbyface.commands import looking, terminal
from sortbyface.jobs import EMBEDDINGS
from sortbyface.jobs.look import look_at_photos
from sortbyface.pipeline.run import LookSummary


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Find the faces in all photos of a folder and below it, and remember them.")
    parser.add_argument(
        "-src", "--source", type=terminal.place, required=True, metavar="PHOTOS", help="the folder with the photos"
    )
    looking.add_options(parser)
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="let the workers of a Dask cluster look: its scheduler, as tcp://HOST:8786 (docs/cluster.md)",
    )
    parser.add_argument(
        "--gpu", action="store_true", help="let a GPU tell the faces apart, which pays with FaceNet (docs/gpu.md)"
    )
    options = parser.parse_args(arguments)
    if options.cluster and options.gpu:
        parser.error("--gpu is about this machine, --cluster about others")
    if options.cluster and options.processes:
        parser.error("--processes is about this machine, --cluster about others")
    finder = looking.chosen_finder(parser, options)
    with looking.bar() as show:
        summary = look_at_photos(
            options.source,
            library=options.library,
            embedder=options.embedder,
            weights=options.model,
            finder=finder,
            processes=options.processes,
            cluster=options.cluster,
            gpu=options.gpu,
            progress=show,
        )
    _report(summary)


def _report(summary: LookSummary) -> None:
    for path, reason in summary.problems:
        print(f"{path}: {reason}", file=sys.stderr)
    rate = f", {summary.looked_at / summary.seconds:.1f} photos/s" if summary.looked_at else ""
    print(f"photos               {summary.photos:>9,}")
    print(f"  looked at now      {summary.looked_at:>9,}   in {summary.seconds:.1f} s{rate}")
    print(f"  without a face     {summary.without_face:>9,}")
    print(f"  unreadable         {len(summary.problems):>9,}")
    if summary.vanished:
        print(f"  gone since before  {summary.vanished:>9,}")
    print(f"faces                {summary.faces:>9,}   in {EMBEDDINGS}")
