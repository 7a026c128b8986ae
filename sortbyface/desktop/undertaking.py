"""Something long that tells how far it is, and can be stopped between two of its steps."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Signal

from sortbyface.desktop.album import Album
from sortbyface.desktop.work import Work
from sortbyface.errors import Stopped

T = TypeVar("T")

Progress: TypeAlias = Callable[[int, int], None]
"""Called with what is done, and all that is to do."""

_AT_MOST_EVERY = 0.05
"""Seconds between two words on how far it is: more would keep the window from its other work."""


class Undertaking(QObject):
    """One function at a time, in a thread of its own. It stops when the window is closed."""

    changed = Signal()
    """`busy` is not what it was."""

    advanced = Signal(int, int)
    """Done, and to do."""

    def __init__(self, album: Album, parent: QObject) -> None:
        super().__init__(parent)
        self.busy = False
        self._stop = Event()
        self._told = 0.0
        self._work = Work(self, threads=1)
        self._work.broken.connect(self._broke)
        self._work.broken.connect(album.broken)
        album.closing.connect(self._close)

    def run(
        self,
        function: Callable[[Progress], T],
        then: Callable[[T], Any],
        otherwise: Callable[[str], Any],
        stopped: Callable[[], Any] = lambda: None,
    ) -> None:
        """Call the function with a Progress, and then one of the others, in the window's thread."""
        assert not self.busy
        self._stop.clear()
        self._set_busy(True)

        def ended(outcome: T) -> None:
            self._set_busy(False)
            then(outcome)

        def failed(message: str) -> None:
            self._set_busy(False)
            if self._stop.is_set():
                stopped()
            else:
                otherwise(message)

        self._work.run(lambda: function(self._advance), ended, failed)

    def stop(self) -> None:
        """After the step that is in hand."""
        self._stop.set()

    def _advance(self, done: int, total: int) -> None:
        """In the thread."""
        if self._stop.is_set():
            raise Stopped("stopped; what was done is kept")
        now = monotonic()
        if now - self._told > _AT_MOST_EVERY or done == total:
            self._told = now
            self.advanced.emit(done, total)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.changed.emit()

    def _broke(self) -> None:
        self._set_busy(False)

    def _close(self) -> None:
        self._stop.set()
        self._work.wait()
