"""How soon the window tells what another threshold would make of the photos, while its slider is dragged.

python -m benchmarks.window_tuning [--faces 20000] [--runs 3]

Every second face is with another one in a photo, one in ten is doubtful, one in forty is confirmed by the user, and one
person in three has a name.
"""

import argparse
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep

import numpy as np

from benchmarks.synthetic import sizes_of_people, synthetic_faces
from benchmarks.tables import print_head, print_row
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.people import group_photos
from sortbyface.jobs.tuner import Tuner
from sortbyface.library import Library
from sortbyface.recipe import Recipe

_RECIPE = Recipe("whole", "landmarks-1", "facenet-1", "0" * 16)
_ITERATIONS = (1, 5, 30)


def made_library(folder: Path, faces: int) -> Path:
    """Grouped with the threshold that suits it, with the user's word on some people. Its photos are empty files."""
    made_up, library = synthetic_faces(sizes_of_people(faces)), folder / LIBRARY
    doubtful = np.random.default_rng(0).random(faces) < 0.1
    with Library.opened(library, create=True) as opened:
        opened.recipe = _RECIPE
    photos = folder / "photos"
    photos.mkdir()
    with closing(sqlite3.connect(library)) as connection, connection as db:
        db.execute("INSERT INTO roots (id, path) VALUES (1, ?)", [str(photos)])
        for photo in range(1, (faces + 1) // 2 + 1):
            Path(photos, f"{photo}.jpg").touch()
            mtime = Path(photos, f"{photo}.jpg").stat().st_mtime_ns
            sha256 = photo.to_bytes(32, "big")
            db.execute("INSERT INTO contents (id, sha256, size, width, height) VALUES (?, ?, 0, 9, 9)", [photo, sha256])
            db.execute("INSERT INTO photos VALUES (1, ?, 0, ?, ?, NULL, 0)", [f"{photo}.jpg", mtime, photo])
        db.executemany(
            """INSERT INTO faces (content, "left", top, "right", bottom, recipe, score, pixels, sharpness, yaw,
                landmarks, vector) VALUES (?, ?, 0, ?, 80, 1, 1, ?, 0.5, 0, ?, ?)""",
            (
                (
                    face // 2 + 1,
                    100 * (face % 2),
                    100 * (face % 2) + 80,
                    9 if doubtful[face] else 200,
                    bytes(40),
                    vector,
                )
                for face, vector in enumerate(map(np.ndarray.tobytes, made_up.vectors))
            ),
        )
    group_photos(library=library)
    with closing(sqlite3.connect(library)) as connection, connection as db:
        db.execute("UPDATE placements SET confirmed = 1, similarity = NULL WHERE id % 40 = 0")
        db.execute("UPDATE people SET name = 'Name ' || id WHERE id % 3 = 0")
    return library


def longest_pause(ended: Event, pauses: list[float]) -> None:
    """How long another thread of the program, such as the window's, has to wait for its turn."""
    while not ended.is_set():
        started = perf_counter()
        sleep(0.001)
        pauses.append(perf_counter() - started - 0.001)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the tuning of a threshold.")
    parser.add_argument("--faces", type=int, default=20_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="medians are shown (%(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        path = made_library(Path(temporary).resolve(), options.faces)
        with Library.opened(path) as library:
            started = perf_counter()
            tuner = Tuner.of(library)
            print(f"{options.faces:,} faces, {tuner.people:,} people; got ready in {perf_counter() - started:.1f} s\n")
        thresholds = np.linspace(*tuner.range, 9).tolist()
        tuner.at(tuner.chosen, 1)  # compiles
        ended, pauses, every = Event(), list[float](), list[float]()
        watch = Thread(target=longest_pause, args=(ended, pauses))
        watch.start()
        print_head(["threshold", "people", "joins", "parts", *(f"s, {count} rounds" for count in _ITERATIONS)])
        for threshold in thresholds:
            cells = []
            for iterations in _ITERATIONS:
                times = []
                for _ in range(options.runs):
                    started = perf_counter()
                    prospect = tuner.at(threshold, iterations)
                    times.append(perf_counter() - started)
                every += times
                cells.append(f"{median(times):.3f}")
            joins = sum(shift.kind == "joins" for shift in prospect.shifts)
            counts = [f"{count:,}" for count in (prospect.people, joins, len(prospect.shifts) - joins)]
            print_row([f"{threshold:.3f}", *counts, *cells])
        ended.set()
        watch.join()
    slowest, late = max(every), sorted(pauses)[int(0.999 * len(pauses))]
    print(f"\nmedian {median(every):.3f} s, slowest {slowest:.3f} s;", end=" ")
    print(f"another thread waits {1000 * late:.0f} ms in one turn of a thousand, {1000 * max(pauses):.0f} ms at most")


if __name__ == "__main__":
    main()
