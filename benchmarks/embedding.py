"""What it costs to look at photos, beside the original Sort-By-Face: CPU, time and memory, on the same photos.

python -m benchmarks.embedding PHOTOS [PHOTOS ...] --model FILE [--processes 2] [--limit N] [--runs 1]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import monotonic

import psutil

from sortbyface.exchange.embeddings_pickle import read_embeddings
from sortbyface.models import choose_recipe
from sortbyface.networks.checksum import sha256_of
from sortbyface.photos.finding import find_photos

_CHECKOUT = Path(__file__).resolve().parents[1]
_SAMPLE_SECONDS = 0.05
_SAMPLES_PER_USS = 5
"""The memory that is a process's alone takes the kernel a walk through all its pages: asked for less often."""


@dataclass(frozen=True)
class Measured:
    """One run of one pipeline, all its processes together unless said."""

    photos_with_face: int
    faces: int
    wall: float
    cpu: float
    worker: int
    """Bytes resident in the largest process but the first, at its peak."""

    worker_alone: int
    """Of those, bytes that it shares with no other process."""

    parent: int
    """Bytes resident in the first process, at its peak."""


@dataclass
class _Peaks:
    resident: dict[int, int] = field(default_factory=dict)
    alone: dict[int, int] = field(default_factory=dict)

    def sample(self, root: psutil.Process, *, with_alone: bool) -> None:
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.Error):
                memory = process.memory_full_info() if with_alone else process.memory_info()
                self.resident[process.pid] = max(memory.rss, self.resident.get(process.pid, 0))
                if with_alone:
                    self.alone[process.pid] = max(memory.uss, self.alone.get(process.pid, 0))


@contextmanager
def _watched(pid: int) -> Iterator[_Peaks]:
    """The memory of a process and of all below it, sampled until the end of the block."""
    peaks, ended = _Peaks(), Event()

    def watch() -> None:
        samples = 0
        with suppress(psutil.NoSuchProcess):
            root = psutil.Process(pid)
            while not ended.wait(_SAMPLE_SECONDS):
                peaks.sample(root, with_alone=samples % _SAMPLES_PER_USS == 0)
                samples += 1

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()


def measure(command: list[str]) -> Measured:
    """Run a command that writes embeddings.pickle, in an empty folder of its own."""
    path = os.pathsep.join([str(_CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])])
    with tempfile.TemporaryDirectory() as folder:
        cpu, started = _cpu_of_children(), monotonic()
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        with _watched(process.pid) as peaks:
            _, said = process.communicate()
        wall, cpu = monotonic() - started, _cpu_of_children() - cpu
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{said}")
        found = read_embeddings(Path(folder, "embeddings.pickle")).paths
    parent = peaks.resident.pop(process.pid, 0)
    peaks.alone.pop(process.pid, 0)
    workers = max(peaks.resident.values(), default=0), max(peaks.alone.values(), default=0)
    return Measured(len(set(found)), len(found), wall, cpu, *workers, parent)


def _cpu_of_children() -> float:
    """User and system seconds of all processes that have ended below this one."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def link_photos(sources: list[Path], limit: int | None, into: Path) -> int:
    """Link the photos of some folders, in their order and each content once, into a folder; gives their number."""
    unlisted: list[OSError] = []
    paths = (source.resolve() / path for source in sources for path in find_photos(source, unlisted.append))
    once = {sha256_of(path): path for path in reversed(list(paths))}  # the first of equals stays
    for number, path in enumerate(islice(reversed(once.values()), limit)):
        Path(into, f"{number:05}{path.suffix}").symlink_to(path)
    return len(list(into.iterdir()))


def contenders(photos: Path, model: Path, processes: int) -> dict[str, list[str]]:
    """Name -> command; the first is the one that the others are compared with."""
    embedder = [str(_CHECKOUT / "embedder.py"), "-src", str(photos), "--processes", str(processes)]
    original = str(_CHECKOUT / "benchmarks" / "original_pipeline.py")
    return {
        "original": [original, str(photos), "--model", str(model), "--processes", str(processes)],
        "facenet": [*embedder, "--embedder", "facenet", "--model", str(model)],
        "dlib": [*embedder, "--embedder", "dlib"],
    }


def _print_table(photos: int, runs: dict[str, list[Measured]]) -> None:
    middle = {name: _middle(measured) for name, measured in runs.items()}
    first = next(iter(middle.values()))
    rows = {
        "photos": [f"{photos}" for _ in middle],
        "photos with a face": [f"{m.photos_with_face}" for m in middle.values()],
        "faces": [f"{m.faces}" for m in middle.values()],
        "wall s": [f"{m.wall:.1f}" for m in middle.values()],
        "CPU s": [f"{m.cpu:.1f}" for m in middle.values()],
        "CPU ms a photo": [f"{1000 * m.cpu / photos:.0f}" for m in middle.values()],
        "photos a second": [f"{photos / m.wall:.2f}" for m in middle.values()],
        "largest worker, MB": [f"{m.worker / 1e6:.0f}" for m in middle.values()],
        "of it not shared, MB": [f"{m.worker_alone / 1e6:.0f}" for m in middle.values()],
        "parent, MB": [f"{m.parent / 1e6:.0f}" for m in middle.values()],
        "times less CPU": [f"{first.cpu / m.cpu:.1f}" for m in middle.values()],
        "times faster": [f"{first.wall / m.wall:.1f}" for m in middle.values()],
        "times less memory a worker": [f"{first.worker / m.worker:.1f}" for m in middle.values()],
    }
    print("|  |", " | ".join(middle), "|")
    print("| --- |", " | ".join("---:" for _ in middle), "|")
    for name, cells in rows.items():
        print(f"| {name} |", " | ".join(cells), "|")


def _middle(runs: list[Measured]) -> Measured:
    """The median of each figure by itself."""
    return Measured(
        round(median(run.photos_with_face for run in runs)),
        round(median(run.faces for run in runs)),
        median(run.wall for run in runs),
        median(run.cpu for run in runs),
        round(median(run.worker for run in runs)),
        round(median(run.worker_alone for run in runs)),
        round(median(run.parent for run in runs)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the looking at photos beside the original Sort-By-Face.")
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTOS", help="folders with photos")
    parser.add_argument("--model", type=Path, required=True, metavar="FILE", help="FaceNet's weights")
    parser.add_argument("--processes", type=int, default=2, metavar="N", help="workers of each (%(default)s)")
    parser.add_argument("--limit", type=int, metavar="N", help="take the first N photos only")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="rounds; medians are shown (%(default)s)")
    parser.add_argument("--without-original", action="store_true", help="it takes some 2.5 CPU seconds a photo")
    options = parser.parse_args()
    model = options.model.resolve()
    choose_recipe("facenet", model)  # exports are made once on a machine: not a part of looking at photos
    choose_recipe("dlib")
    with tempfile.TemporaryDirectory() as folder:
        count = link_photos(options.photos, options.limit, Path(folder))
        commands = contenders(Path(folder), model, options.processes)
        if options.without_original:
            del commands["original"]
        runs: dict[str, list[Measured]] = {name: [] for name in commands}
        for number in range(options.runs):
            for name, command in commands.items():
                runs[name].append(measure(command))
                print(f"run {number + 1}, {name}: {runs[name][-1]}", file=sys.stderr, flush=True)
    _print_table(count, runs)


if __name__ == "__main__":
    main()
