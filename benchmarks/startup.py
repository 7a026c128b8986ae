"""How long until something happens: from the command to the first photo in the library, and to find a person.

python -m benchmarks.startup PHOTOS [PHOTOS ...] [--model FACENET_WEIGHTS] [--runs 5] [--library FILE --selfie FILE]
"""

import argparse
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import NamedTuple

import psutil

from benchmarks.measuring import CHECKOUT, cpu_of_children, different_photos, embedder, link, spread, started_in
from benchmarks.tables import print_head, print_row
from sortbyface.exchange.embeddings_pickle import read_embeddings
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.models import choose_recipe

_POLL_SECONDS = 0.01
_PHOTOS = 32


class Start(NamedTuple):
    """Of one command, in seconds."""

    wall: float
    cpu: float
    """Of all its processes, until then."""


def until_first_photo(command: list[str], folder: Path) -> Start:
    """Run embedder.py in an empty folder, to its end; gives how long it took until the library held a photo."""
    started = monotonic()
    process = started_in(folder, command)
    root = psutil.Process(process.pid)
    first: Start | None = None
    while first is None and process.poll() is None:
        if _holds_photo(folder / LIBRARY):
            first = Start(monotonic() - started, _cpu(root))
        else:
            sleep(_POLL_SECONDS)
    _, said = process.communicate()
    if process.returncode or first is None:
        raise SystemExit(f"embedder.py failed, or was done too soon to be watched:\n{said}")
    return first


def until_found(selfie: Path, folder: Path) -> Start:
    """Run get_individual.py in a folder with a library, which remembers what was copied."""
    started, cpu = monotonic(), cpu_of_children()
    found = folder / "found"
    process = started_in(folder, [str(CHECKOUT / "get_individual.py"), "-src", str(selfie), "-dest", str(found)])
    _, said = process.communicate()
    if process.returncode:
        raise SystemExit(f"get_individual.py failed:\n{said}")
    return Start(monotonic() - started, cpu_of_children() - cpu)


def _holds_photo(library: Path) -> bool:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{library.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT 1 FROM photos LIMIT 1").fetchone() is not None
    return False


def _cpu(root: psutil.Process) -> float:
    """User and system seconds so far, also of those below it that have ended."""
    total = 0.0
    for process in [root, *root.children(recursive=True)]:
        with suppress(psutil.Error):
            total += sum(process.cpu_times()[:4])
    return total


def _first_photo(photos: Path, processes: int, name: str, weights: Path | None) -> Start:
    with tempfile.TemporaryDirectory() as folder:
        return until_first_photo(embedder(photos, processes, name, weights), Path(folder).resolve())


def _person(library: Path, selfie: Path) -> Start:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(library, Path(folder, LIBRARY))
        return until_found(selfie, Path(folder))


def small_library(photos: Path, name: str, weights: Path | None, folder: Path) -> tuple[Path, Path]:
    """Look at some photos; gives their library, and one of them that shows one face."""
    until_first_photo(embedder(photos, 1, name, weights), folder)
    faces = Counter(read_embeddings(folder / EMBEDDINGS).paths)
    selfie = next((Path(path) for path, count in faces.items() if count == 1), None)
    if selfie is None:
        raise SystemExit("none of the photos shows one face; give others")
    return folder / LIBRARY, selfie


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what is waited for.")
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTOS", help="folders with photos")
    parser.add_argument("--model", type=Path, metavar="FILE", help="FaceNet's weights, to measure it, too")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="medians are shown (%(default)s)")
    parser.add_argument("--library", type=Path, metavar="FILE", help="find the person in a copy of this one")
    parser.add_argument("--selfie", type=Path, metavar="FILE", help="the person to find there")
    options = parser.parse_args()
    if bool(options.library) != bool(options.selfie):
        parser.error("--library and --selfie go together")
    weights: dict[str, Path | None] = {"dlib": None}
    if options.model:
        weights["facenet"] = options.model.resolve()
    for name, file in weights.items():
        choose_recipe(name, file)  # a warm cache
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        photos = link(spread(different_photos(options.photos), _PHOTOS), folder / "photos")
        waits: dict[str, Callable[[], Start]] = {}
        for name, file in weights.items():
            for processes in (1, 2):
                label = f"first photos in the library, {name}, processes: {processes}"
                waits[label] = partial(_first_photo, photos, processes, name, file)
        if options.library:
            waits["get_individual.py"] = partial(_person, options.library, options.selfie.resolve())
        else:
            for name, file in weights.items():
                (folder / name).mkdir()
                waits[f"get_individual.py, {name}"] = partial(
                    _person, *small_library(photos, name, file, folder / name)
                )
        print_head(["until", "wall s", "CPU s"])
        for label, wait in waits.items():
            starts = [wait() for _ in range(options.runs)]
            wall, cpu = median(start.wall for start in starts), median(start.cpu for start in starts)
            print_row([label, f"{wall:.2f}", f"{cpu:.2f}"])


if __name__ == "__main__":
    main()
