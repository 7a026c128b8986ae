"""How long a sort takes beside `cp -r`: python -m benchmarks.sorting [--photos N] [--size BYTES] [--links N]

Photos of random bytes, 100 to a person, in a library that has looked at them. What is timed are real commands, all with
`sync` at their ends: a sort by hard link, and sorts by copy in turn with `cp -r`. Of a sort by copy, the time of one
that has nothing left to do is taken off, as that is for grouping faces and not for copying. All files are in the page
cache, for the program and for `cp`.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import monotonic

import numpy as np

from benchmarks.measuring import CHECKOUT, started_in
from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.library import FileState, Library, PhotoResult
from sortbyface.recipe import Recipe

_RECIPE = Recipe("whole", "landmarks-1", "dlib-1", "0" * 16)
_PHOTOS_OF_EACH = 100
_LIBRARY = "library.sqlite"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=2000, help="to copy (%(default)s)")
    parser.add_argument("--size", type=int, default=300_000, help="of each, in bytes (%(default)s)")
    parser.add_argument("--links", type=int, default=10_000, help="photos to link (%(default)s)")
    parser.add_argument("--runs", type=int, default=3, help="of each copy, of which the median counts (%(default)s)")
    parser.add_argument("--in", dest="where", type=Path, help="a folder on the disk to measure (the current one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.where or Path.cwd()) as folder:
        home = Path(folder)
        make_photos(home, options.links, 2000)
        print(f"hard links, {options.links:,} photos: {timed(lambda: sort(home, 'hardlink')):.1f} s")
    with tempfile.TemporaryDirectory(dir=options.where or Path.cwd()) as folder:
        home = Path(folder)
        make_photos(home, options.photos, options.size)
        _compare(home, options.photos * options.size, options.runs)


def make_photos(home: Path, photos: int, size: int) -> None:
    """A library of them, at home."""
    folder = home / "Photos"
    folder.mkdir()
    random = np.random.default_rng(0)
    people = random.standard_normal((photos // _PHOTOS_OF_EACH + 1, 128)).astype(np.float32)
    results = []
    for number in range(photos):
        path = folder / f"{number:05}.jpg"
        path.write_bytes(content := random.bytes(size))
        vector = people[number // _PHOTOS_OF_EACH]
        face = Face(
            Box(0, 0, 90, 90), 1.0, np.zeros((5, 2), np.float32), Quality(200, 0.5, 0), vector / np.linalg.norm(vector)
        )
        sha256 = hashlib.sha256(content).digest()
        results.append(PhotoResult(path.name, FileState.of(path), sha256, None, 90, 90, 1, None, (face,)))
    with Library.opened(home / _LIBRARY, create=True) as library:
        library.recipe = _RECIPE
        root, _ = library.photos.root_of(folder)
        library.photos.record(root, results, _RECIPE)
    os.sync()


def sort(home: Path, mode: str) -> None:
    """sort_images.py, as a user runs it."""
    command = [str(CHECKOUT / "sort_images.py"), "--library", _LIBRARY, "-t", "0.9", "--mode", mode]
    process = started_in(home, command)
    _, said = process.communicate()
    if process.returncode:
        raise SystemExit(said)


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes until it is on the disk."""
    os.sync()
    started = monotonic()
    work()
    subprocess.run(["sync"], check=True)
    return monotonic() - started


def _compare(home: Path, total: int, runs: int) -> None:
    copying, sorting, waiting = [], [], []
    for _ in range(runs):
        copying.append(timed(lambda: subprocess.run(["cp", "-r", "Photos", "Copied"], cwd=home, check=True)))
        sorting.append(timed(lambda: sort(home, "copy")))
        waiting.append(timed(lambda: sort(home, "copy")))
        shutil.rmtree(home / "Copied")
        shutil.rmtree(home / "Sorted-pictures")
    cp, whole, idle = median(copying), median(sorting), median(waiting)
    print(f"copies, {total / 1e6:,.0f} MB: cp -r {cp:.2f} s ({total / 1e6 / cp:,.0f} MB/s)")
    print(f"  sort_images.py {whole:.2f} s, of which {idle:.2f} s are not for copying")
    print(f"  copying {whole - idle:.2f} s: {cp / (whole - idle):.0%} of the throughput of cp -r")


if __name__ == "__main__":
    main()
