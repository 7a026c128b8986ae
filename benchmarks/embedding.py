"""What it costs to look at photos, beside the original Sort-By-Face and two well-known packages, on the same photos.

python -m benchmarks.embedding PHOTOS [PHOTOS ...] --model FILE [--processes 2] [--limit N] [--runs 1] [--only NAME …]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.measuring import CHECKOUT, Measured, different_photos, embedder, link, measure, middle, spread
from benchmarks.others import OTHERS
from benchmarks.tables import print_head, print_row
from sortbyface.models import choose_recipe

CONTENDERS = ("original", *OTHERS, "facenet", "dlib")

_COMPARED_WITH = {"original": 35, "face_recognition-hog": 5}
"""Beside whom, and the aim: so many times less CPU a photo."""

_SLOW = "face_recognition-cnn"


def command(contender: str, photos: Path, weights: Path, processes: int) -> list[str]:
    """What a contender's users would type."""
    if contender == "original":
        script = str(CHECKOUT / "benchmarks" / "original_pipeline.py")
        return [script, str(photos), "--model", str(weights), "--processes", str(processes)]
    if contender in OTHERS:
        return ["-m", "benchmarks.others_pipeline", contender, str(photos), "--processes", str(processes)]
    return embedder(photos, processes, contender, weights)


def print_table(measured: dict[str, Measured]) -> None:
    """A column for each contender."""
    all_of_them = list(measured.values())
    rows = {
        "photos": [f"{m.photos}" for m in all_of_them],
        "photos with a face": [f"{m.photos_with_face}" for m in all_of_them],
        "faces": [f"{m.faces}" for m in all_of_them],
        "wall s": [f"{m.wall:.1f}" for m in all_of_them],
        "CPU s": [f"{m.cpu:.1f}" for m in all_of_them],
        "CPU ms a photo": [f"{m.cpu_ms:.0f}" for m in all_of_them],
        "photos a second": [f"{1000 / m.wall_ms:.2f}" for m in all_of_them],
        "largest worker, MB": [f"{m.worker / 1e6:.0f}" for m in all_of_them],
        "of it not shared, MB": [f"{m.worker_alone / 1e6:.0f}" for m in all_of_them],
        "parent, MB": [f"{m.parent / 1e6:.0f}" for m in all_of_them],
    }
    for name, aim in _COMPARED_WITH.items():
        if name in measured:
            beside = measured[name]
            cpu = f"**times less CPU a photo than {name}** (aim: {aim})"
            rows[cpu] = [f"{beside.cpu_ms / m.cpu_ms:.1f}" for m in all_of_them]
            rows[f"times faster than {name}"] = [f"{beside.wall_ms / m.wall_ms:.1f}" for m in all_of_them]
            rows[f"times less memory a worker than {name}"] = [f"{beside.worker / m.worker:.1f}" for m in all_of_them]
    print_head(["", *measured])
    for label, cells in rows.items():
        print_row([label, *cells])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the looking at photos, beside others.")
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTOS", help="folders with photos")
    parser.add_argument("--model", type=Path, required=True, metavar="FILE", help="FaceNet's weights")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="workers of each (%(default)s)")
    parser.add_argument("--limit", type=int, metavar="N", help="take N photos only, spread over all")
    parser.add_argument(
        "--slow-limit", type=int, default=8, metavar="N", help=f"and for {_SLOW}, 10 s each, N (%(default)s)"
    )
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="rounds; medians are shown (%(default)s)")
    parser.add_argument(
        "--only", nargs="+", choices=CONTENDERS, default=CONTENDERS, metavar="NAME", help="of: %(choices)s"
    )
    options = parser.parse_args()
    model = options.model.resolve()
    choose_recipe("facenet", model)  # exports are made once on a machine: not a part of looking at photos
    choose_recipe("dlib")
    photos = spread(different_photos(options.photos), options.limit)
    few = spread(photos, options.slow_limit)
    with tempfile.TemporaryDirectory() as folder:
        usual, slow = link(photos, Path(folder, "photos")), link(few, Path(folder, "few"))
        runs: dict[str, list[Measured]] = {name: [] for name in CONTENDERS if name in options.only}
        for number in range(options.runs):
            for name in runs:
                where, count = (slow, len(few)) if name == _SLOW else (usual, len(photos))
                runs[name].append(measure(command(name, where, model, options.processes), count))
                print(f"run {number + 1}, {name}: {runs[name][-1]}", file=sys.stderr, flush=True)
    print_table({name: middle(measured) for name, measured in runs.items()})


if __name__ == "__main__":
    main()
