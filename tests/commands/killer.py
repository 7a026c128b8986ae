"""Run a command and kill it at the k-th moment: `killer.py K COUNTER sort …`.

A moment is every SQL statement and every change to the file system, so that a kill at each of them in turn
would show every state that a power cut could leave. K = 0 kills never; the number of moments goes to COUNTER.
What SQLite itself does between two statements is beyond Python, and safe by SQLite's own means.
"""

import builtins
import io
import os
import signal
import sqlite3
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

_HEARD = {"link", "symlink", "rename", "remove", "mkdir", "rmdir", "truncate", "utime", "chmod", "chown", "setxattr"}
"""What Python tells of before it does so. os.replace is a rename, os.unlink a remove."""

_UNHEARD = ("write", "pwrite", "fsync", "fdatasync", "copy_file_range", "sendfile")

_FICLONE = 0x40049409
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Moments:
    """Counts the moments of this process from now on, whatever thread they are in, and ends it at one of them."""

    def __init__(self, kill_at: int) -> None:
        self.count = 0
        self._kill_at = kill_at
        self._lock = threading.Lock()
        sys.addaudithook(self._on_event)
        for name in _UNHEARD:
            if hasattr(os, name):
                setattr(os, name, self._counted_before(getattr(os, name)))
        builtins.open = io.open = self._counted_after_opening(io.open)  # type: ignore[assignment]
        sqlite3.connect = self._counting_statements(sqlite3.connect)  # type: ignore[assignment]

    def _moment(self, *_: object) -> None:
        with self._lock:
            self.count += 1
            if self.count == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def _on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        room, _, what = event.partition(".")
        if (
            (room == "os" and what in _HEARD)
            or (event == "open" and arguments[2] & _WRITING)
            or (event == "fcntl.ioctl" and arguments[1] == _FICLONE)
        ):
            self._moment()

    def _counted_before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self._moment()
            return function(*arguments, **options)

        return counted

    def _counted_after_opening(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A file that is there and empty is a state, too."""

        def counted(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            opened = function(file, mode, *arguments, **options)
            if mode[0] in "wxa":
                self._moment()
            return opened

        return counted

    def _counting_statements(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            connection = function(*arguments, **options)
            connection.set_trace_callback(self._moment)
            return connection

        return counted


if __name__ == "__main__":
    _, kill_at, counter, command, *rest = sys.argv
    moments = Moments(int(kill_at))
    import_module(f"sortbyface.commands.{command}").main(rest)
    Path(counter).write_text(str(moments.count))
