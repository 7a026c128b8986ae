"""Commands in forks of one process that has imported everything: each costs milliseconds, not the second of a start.

The process has one thread, as has each fork of it: libraries are told to start no others.
"""

import json
import os
import subprocess
import sys
import traceback
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import NoReturn

from tests.commands.killer import Moments
from tests.conftest import CHECKOUT
from tests.promises.inline import INLINE

COMMANDS = ("embed", "sort", "undo", "people", "check")
CRASHED = 3
"""No command ends like this."""

_ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}


@dataclass(frozen=True)
class Ended:
    """A command that has ended, or was ended."""

    code: int
    """As of `subprocess`: below zero for a signal."""

    words: str
    """All that it said; of one that was killed, nothing is known."""

    moments: int


class Forks:
    """Runs commands, one after the other. To be used in a `with` block."""

    def __enter__(self) -> "Forks":
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.promises.forks"],
            cwd=CHECKOUT,
            env={**os.environ, **_ONE_THREAD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.communicate()

    def run(self, home: Path, *arguments: str, kill_at: int = 0) -> Ended:
        """A command in a user's folder, killed at its k-th moment."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps([str(home), kill_at, *arguments]), file=self._process.stdin, flush=True)
        return Ended(*json.loads(self._process.stdout.readline()))


def _prepare() -> None:
    """Import, load and compile all that a command would, but touch no library."""
    import numpy as np

    from sortbyface.faces.detectors.whole import WholeDetector
    from sortbyface.finder import Finder
    from sortbyface.grouping import Faces, Knobs, group_faces
    from sortbyface.models import choose_recipe, load_models
    from sortbyface.pipeline import run
    from sortbyface.pipeline.pool import settle_in

    for command in COMMANDS:
        import_module(f"sortbyface.commands.{command}")
    run.pool_crew = lambda _: INLINE
    settle_in()
    _ = load_models(choose_recipe("dlib", finder=Finder(WholeDetector()))).engine
    group_faces(Faces(np.eye(9, dtype=np.float32), np.arange(9), np.arange(9) == 0), Knobs(0.5, 9))
    if os.path.isdir("/proc/self/task"):
        assert len(os.listdir("/proc/self/task")) == 1, "a fork would lack the other threads"


def _obey(home: str, kill_at: int, command: str, *arguments: str) -> NoReturn:
    from sortbyface.commands.terminal import run

    code, moments = CRASHED, Moments(kill_at)
    try:
        os.chdir(home)
        run(import_module(f"sortbyface.commands.{command}").main, arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        traceback.print_exc()
    print(f"\n{moments.count}")
    sys.stdout.flush()
    os._exit(code)


def _serve() -> None:
    _prepare()
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            sys.stdout = sys.stderr = open(writing, "w")  # noqa: SIM115  # until the process ends
            _obey(*json.loads(line))
        os.close(writing)
        with open(reading) as pipe:
            words, _, moments = pipe.read().rstrip().rpartition("\n")
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps([code, words, int(moments) if moments.isdigit() else 0]), flush=True)


if __name__ == "__main__":
    _serve()
