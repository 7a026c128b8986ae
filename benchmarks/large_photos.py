"""What a photo of 12 megapixels costs, all in: from file to vectors, with the start of the processes and without.

python -m benchmarks.large_photos PHOTOS [PHOTOS ...] [--number 100] [--embedder dlib] [--processes 2]
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.measuring import Measured, different_photos, embedder, link, measure, spread
from benchmarks.scaling import each_more
from benchmarks.tables import print_head, print_row
from benchmarks.twelve_megapixels import HEIGHT, WIDTH, enlarged, save
from sortbyface.models import choose_recipe

_COLUMNS = ["photos", "faces", "MB each", "wall ms a photo", "CPU ms a photo (aim: 150)", "CPU ms for each more"]


def main() -> None:
    parser = argparse.ArgumentParser(description=f"Measure the looking at photos of {WIDTH} x {HEIGHT} pixels.")
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTOS", help="folders with photos to enlarge")
    parser.add_argument("--number", type=int, default=100, metavar="N", help="photos to make (%(default)s)")
    parser.add_argument("--embedder", choices=("dlib", "facenet"), default="dlib")
    parser.add_argument("--model", type=Path, metavar="FILE", help="FaceNet's weights")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="workers (%(default)s)")
    options = parser.parse_args()
    model = options.model.resolve() if options.model else None
    choose_recipe(options.embedder, model if options.embedder == "facenet" else None)
    sources = spread(different_photos(options.photos), options.number)
    random = np.random.default_rng(0)
    print_head([*_COLUMNS, "largest worker, MB"], words=0)
    with tempfile.TemporaryDirectory() as folder:
        large = [Path(folder, f"{number:05}.jpg") for number in range(len(sources))]
        for source, path in zip(sources, large, strict=True):
            save(enlarged(source), path, random)
        before: Measured | None = None
        for number in sorted({max(1, len(large) // 4), len(large)}):
            some = link(spread(large, number), Path(folder, str(number)))
            now = measure(embedder(some, options.processes, options.embedder, model), number)
            size = sum(path.stat().st_size for path in some.iterdir()) / number / 1e6
            cells = [f"{number}", f"{now.faces}", f"{size:.1f}", f"{now.wall_ms:.0f}", f"{now.cpu_ms:.0f}"]
            print_row([*cells, each_more(before, now), f"{now.worker / 1e6:.0f}"])
            before = now


if __name__ == "__main__":
    main()
