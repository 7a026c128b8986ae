"""embedder.py: look at photos."""

import sys
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.embedders import EMBEDDERS
from sortbyface.faces.detectors import DETECTORS
from sortbyface.faces.detectors.hog import HogDetector
from sortbyface.jobs import EMBEDDINGS
from sortbyface.jobs.look import look_at_photos
from sortbyface.pipeline.run import LookSummary, Progress


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Find the faces in all photos of a folder and below it, and remember them.")
    parser.add_argument(
        "-src", "--source", type=terminal.place, required=True, metavar="PHOTOS", help="the folder with the photos"
    )
    parser.add_argument(
        "--processes",
        type=terminal.positive,
        metavar="N",
        help="worker processes (default: the cores, fewer if memory is short)",
    )
    parser.add_argument(
        "--embedder",
        choices=list(EMBEDDERS),
        help="the network that tells people apart (default: the first that is at hand)",
    )
    parser.add_argument(
        "--model", type=terminal.place, metavar="FILE", help="its weights, where they are not in Models/"
    )
    parser.add_argument("--detector", choices=list(DETECTORS), default="hog", help="what finds faces (%(default)s)")
    parser.add_argument(
        "--upsample",
        type=int,
        choices=range(4),
        metavar="N",
        help="with hog: always double the picture so often; the original did twice (default: where nothing is found)",
    )
    options = parser.parse_args(arguments)
    if options.upsample is not None and options.detector != "hog":
        parser.error("--upsample goes with --detector hog")
    with terminal.bar("looking") as bar:

        def show(progress: Progress) -> None:
            bar.total = progress.photos
            bar.set_postfix(faces=progress.faces, refresh=False)
            bar.update(progress.done - bar.n)

        summary = look_at_photos(
            options.source,
            library=options.library,
            embedder=options.embedder,
            weights=options.model,
            detector=HogDetector(options.upsample) if options.detector == "hog" else DETECTORS[options.detector](),
            processes=options.processes,
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
