"""Run a command and kill it at the k-th moment: `killer.py K COUNTER sort …`.

A moment is every SQL statement and every change to the file system, so that a kill at each of them in turn
would show every state that a power cut could leave. K = 0 kills never; the number of moments goes to COUNTER.
"""

import os
import signal
import sqlite3
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

_CHANGES = {"os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.utime", "os.chmod"}
_moments = 0


def _moment() -> None:
    global _moments
    _moments += 1
    if _moments == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)


def _on_event(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CHANGES or (event == "open" and isinstance(arguments[1], str) and arguments[1][0] in "wxa"):
        _moment()


def _connect_counting(*arguments: Any, **options: Any) -> sqlite3.Connection:
    connection = _connect(*arguments, **options)
    connection.set_trace_callback(lambda _: _moment())
    return connection


if __name__ == "__main__":
    _connect = sqlite3.connect
    sqlite3.connect = _connect_counting
    sys.addaudithook(_on_event)
    _, _, counter, command, *rest = sys.argv
    import_module(f"sortbyface.commands.{command}").main(rest)
    Path(counter).write_text(str(_moments))
