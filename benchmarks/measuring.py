"""What the benchmarks of whole commands share: CPU, time and memory of a command and of all that it starts."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

import psutil

from sortbyface.exchange.embeddings_pickle import read_embeddings
from sortbyface.networks.checksum import sha256_of
from sortbyface.photos.finding import find_photos

CHECKOUT = Path(__file__).resolve().parents[1]

_SAMPLE_SECONDS = 0.05
_SAMPLES_PER_USS = 5
"""The memory that is a process's alone takes the kernel a walk through all its pages: asked for less often."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Measured:
    """One run of one command, all its processes together unless said."""

    photos: int
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

    @property
    def wall_ms(self) -> float:
        """A photo."""
        return 1000 * self.wall / self.photos

    @property
    def cpu_ms(self) -> float:
        """A photo."""
        return 1000 * self.cpu / self.photos


def measure(command: Sequence[str], photos: int) -> Measured:
    """Run a command that writes embeddings.pickle of so many photos, in an empty folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        cpu, started = cpu_of_children(), monotonic()
        process = started_in(Path(folder), command)
        with _watched(process.pid) as peaks:
            _, said = process.communicate()
        wall, cpu = monotonic() - started, cpu_of_children() - cpu
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} failed:\n{said}")
        found = read_embeddings(Path(folder, "embeddings.pickle")).paths
    parent = peaks.resident.pop(process.pid, 0)
    peaks.alone.pop(process.pid, 0)
    workers = max(peaks.resident.values(), default=0), max(peaks.alone.values(), default=0)
    return Measured(photos, len(set(found)), len(found), wall, cpu, *workers, parent)


def middle(runs: Sequence[Measured]) -> Measured:
    """The median of each figure by itself."""
    return Measured(
        runs[0].photos,
        round(median(run.photos_with_face for run in runs)),
        round(median(run.faces for run in runs)),
        median(run.wall for run in runs),
        median(run.cpu for run in runs),
        round(median(run.worker for run in runs)),
        round(median(run.worker_alone for run in runs)),
        round(median(run.parent for run in runs)),
    )


def started_in(folder: Path, command: Sequence[str]) -> "subprocess.Popen[str]":
    """Python with these arguments, at work in a folder; the checkout's modules are at hand, its words are kept."""
    path = os.pathsep.join([str(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def embedder(photos: Path, processes: int, embedder: str, weights: Path | None = None) -> list[str]:
    """The command that looks at photos. weights: FaceNet's."""
    options = ["--model", str(weights)] if weights and embedder == "facenet" else []
    script = str(CHECKOUT / "embedder.py")
    return [script, "-src", str(photos), "--processes", str(processes), "--embedder", embedder, *options]


def cpu_of_children() -> float:
    """User and system seconds of all processes that have ended below this one."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def different_photos(folders: Sequence[Path]) -> list[Path]:
    """The photos of some folders, in their order, each content once: the program would look at it once, too."""
    unlisted: list[OSError] = []
    paths = [folder.resolve() / path for folder in folders for path in find_photos(folder, unlisted.append)]
    once = {sha256_of(path): path for path in reversed(paths)}  # the first of equals stays
    return list(reversed(once.values()))


def spread(items: Sequence[Item], number: int | None) -> list[Item]:
    """So many items from beginning to end, at equal distances; all of them if there are no more, or for None."""
    if number is None or number >= len(items):
        return list(items)
    return [items[place * len(items) // number] for place in range(number)]


def link(photos: Sequence[Path], into: Path) -> Path:
    """Make a folder of links to the photos; gives it back."""
    into.mkdir()
    for number, path in enumerate(photos):
        Path(into, f"{number:05}{path.suffix}").symlink_to(path)
    return into


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
