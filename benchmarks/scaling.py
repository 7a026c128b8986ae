"""Whether a photo takes as long among many as among few, and how much sooner two processes are done than one.

python -m benchmarks.scaling PHOTOS [PHOTOS ...] [--numbers 100 1000 10000] [--processes 1 2] [--embedder dlib]
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks.measuring import Measured, different_photos, embedder, link, measure, spread
from benchmarks.tables import print_head, print_row
from sortbyface.models import choose_recipe

_COLUMNS = ["processes", "photos", "faces", "wall s", "wall ms a photo", "CPU ms a photo"]
_MORE_COLUMNS = ["CPU ms for each more", "largest worker, MB", "parent, MB"]


def each_more(fewer: Measured | None, more: Measured) -> str:
    """CPU milliseconds for each photo beyond a smaller run's: the start of the processes costs them nothing."""
    if fewer is None:
        return ""
    return f"{1000 * (more.cpu - fewer.cpu) / (more.photos - fewer.photos):.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how the looking at photos scales.")
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTOS", help="folders with photos")
    parser.add_argument("--numbers", type=int, nargs="+", default=[100, 1000, 10_000], metavar="N")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--embedder", choices=("dlib", "facenet"), default="dlib")
    parser.add_argument("--model", type=Path, metavar="FILE", help="FaceNet's weights")
    options = parser.parse_args()
    model = options.model.resolve() if options.model else None
    choose_recipe(options.embedder, model if options.embedder == "facenet" else None)
    photos = different_photos(options.photos)
    print_head([*_COLUMNS, *_MORE_COLUMNS], words=0)
    with tempfile.TemporaryDirectory() as folder:
        for processes in options.processes:
            before: Measured | None = None
            for number in sorted({min(number, len(photos)) for number in options.numbers}):
                some = Path(folder, str(number))
                if not some.is_dir():
                    link(spread(photos, number), some)
                now = measure(embedder(some, processes, options.embedder, model), number)
                cells = [f"{processes}", f"{number:,}", f"{now.faces:,}", f"{now.wall:.1f}", f"{now.wall_ms:.1f}"]
                cells += [f"{now.cpu_ms:.1f}", each_more(before, now)]
                print_row([*cells, f"{now.worker / 1e6:.0f}", f"{now.parent / 1e6:.0f}"])
                before = now


if __name__ == "__main__":
    main()
