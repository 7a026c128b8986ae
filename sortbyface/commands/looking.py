"""What the commands that look at photos share: who looks, and how far it is."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sortbyface.commands import terminal
from sortbyface.embedders import EMBEDDERS
from sortbyface.faces.detectors import DETECTORS
from sortbyface.faces.detectors.hog import HogDetector
from sortbyface.faces.smallest import SmallestFace
from sortbyface.finder import Finder
from sortbyface.pipeline.run import Progress


def add_options(to: argparse.ArgumentParser) -> None:
    """--processes, --embedder, --model, --detector, --min-face and --upsample."""
    to.add_argument(
        "--processes",
        type=terminal.positive,
        metavar="N",
        help="worker processes (default: the cores, fewer if memory is short)",
    )
    to.add_argument(
        "--embedder",
        choices=list(EMBEDDERS),
        help="the network that tells people apart (default: the first that is at hand)",
    )
    to.add_argument("--model", type=terminal.place, metavar="FILE", help="its weights, where they are not in Models/")
    to.add_argument(
        "--detector", choices=list(DETECTORS), default=next(iter(DETECTORS)), help="what finds faces (%(default)s)"
    )
    to.add_argument(
        "--min-face",
        type=SmallestFace.parse,
        metavar="SIZE",
        help="the smallest face wanted: pixels of the photo, or a share of its longer side, as 50 or 1.5%%; the"
        " smaller, the longer it takes (default: what is found at 1280 pixels)",
    )
    to.add_argument(
        "--upsample",
        type=int,
        choices=range(4),
        metavar="N",
        help="with hog: always double the picture so often; the original did twice (default: where nothing is found)",
    )


def add_library_to_keep(to: argparse.ArgumentParser) -> None:
    """--library, for commands that need none to be kept."""
    to.add_argument(
        "--library",
        type=terminal.place,
        metavar="FILE",
        help="keep here what the looks brought, and go on from there next time (default: keep nothing)",
    )


def chosen_finder(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Finder:
    """The one that the options ask for. Ends the process as wrong usage where they contradict each other."""
    if options.upsample is None:
        return Finder(DETECTORS[options.detector](), options.min_face)
    if options.detector != "hog" or options.min_face:
        parser.error("--upsample goes with --detector hog, and not with --min-face, which says it in another way")
    return Finder(HogDetector(options.upsample))


@contextmanager
def bar() -> Iterator[Callable[[Progress], None]]:
    """A progress bar; gives what is to be called with each progress."""
    with terminal.bar("looking") as shown:

        def show(progress: Progress) -> None:
            shown.total = progress.photos
            shown.set_postfix(faces=progress.faces, refresh=False)
            shown.update(progress.done - shown.n)

        yield show
