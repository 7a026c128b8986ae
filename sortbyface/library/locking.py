"""One program at a time on one library; a second one is told who is there.

Several threads of one program may have it open at once, each with a connection of its own: the window shows people
while photos are looked at. SQLite keeps their changes apart.
"""

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import filelock
import psutil

from sortbyface.errors import LibraryBusy, LibraryUnusable

_guard = threading.Lock()
"""Of those who take a lock and leave it."""


@contextmanager
def held(library: Path) -> Iterator[None]:
    """No other program works on the library within the `with` block.

    The lock is the system's own, on a file that is never read: it ends with the process, however that ends. Who holds
    it stands in a note of its own, since a locked file cannot be read on Windows. Raises LibraryBusy when another run
    holds it, LibraryUnusable when nothing can be written beside the library.
    """
    lock = filelock.FileLock(f"{library}.lock", is_singleton=True, thread_local=False)
    try:
        with _guard:
            lock.acquire(blocking=False)
            _leave_note(library)
    except filelock.Timeout:
        raise LibraryBusy(
            f"{library} is in use by {_holder(library)}; wait for it to end, or give another --library"
        ) from None
    except OSError as error:
        raise LibraryUnusable(f"{library} cannot be written: {error.strerror}; give another --library") from error
    try:
        yield
    finally:
        with _guard:
            if lock.lock_counter == 1:
                with suppress(OSError):
                    _note(library).unlink()
            lock.release()


def _note(library: Path) -> Path:
    return Path(f"{library}.in-use")


def _leave_note(library: Path) -> None:
    """A courtesy: where it cannot be written, the next run is told less."""
    process = psutil.Process()
    about = {
        "program": os.path.basename(sys.argv[0]),
        "process": process.pid,
        "host": socket.gethostname(),
        "started": process.create_time(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    with suppress(OSError):
        _note(library).write_text(json.dumps(about))


def _holder(library: Path) -> str:
    """Who holds the library, as far as can be told: a note that a killed run has left behind tells nothing."""
    try:
        about = json.loads(_note(library).read_text())
        pid, host, since = int(about["process"]), str(about["host"]), datetime.fromisoformat(about["since"])
        if host == socket.gethostname() and psutil.Process(pid).create_time() != about["started"]:
            return "another run"
        return f"`{about['program']}` (process {pid} on {host}, since {_when(since.astimezone())})"
    except (OSError, ValueError, TypeError, LookupError, OverflowError, psutil.Error):
        return "another run"


def _when(moment: datetime) -> str:
    today = moment.date() == datetime.now().date()
    return f"{moment:%H:%M}" if today else f"{moment:%Y-%m-%d %H:%M}"
