"""Long functions run beside the window, and their outcome comes back to it."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from sortbyface.errors import SortByFaceError

T = TypeVar("T")


class Work(QObject):
    """Runs functions in threads. What they come to is handed over in the window's own thread.

    A SortByFaceError goes to whoever asked, as its message; any other exception is a bug, and goes to `broken`.
    """

    broken = Signal(object)
    """The exception."""

    _done = Signal(object, object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._done.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._running = 0
        self._over = False

    @property
    def busy(self) -> bool:
        """Whether anything runs, or waits to run, or its outcome has yet to be handed over."""
        return self._running > 0

    def run(
        self, function: Callable[[], T], then: Callable[[T], Any], otherwise: Callable[[str], Any] = lambda _: None
    ) -> None:
        """Call the function in a thread, and then one of the others, in the window's, with its result or its error."""
        self._running += 1
        self._pool.start(_Task(function, lambda outcome, call: self._done.emit(outcome, call), then, otherwise))

    def wait(self) -> None:
        """Until all that was asked for has run; what it came to is not handed over any more."""
        self._over = True
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(object, object)
    def _hand_over(self, outcome: object, call: Callable[[object], Any] | None) -> None:
        self._running -= 1
        if self._over:
            return
        if call is None:
            self.broken.emit(outcome)
        else:
            call(outcome)


class _Task(QRunnable):
    def __init__(
        self,
        function: Callable[[], Any],
        hand_over: Callable[[object, Callable[[Any], Any] | None], None],
        then: Callable[[Any], Any],
        otherwise: Callable[[str], Any],
    ) -> None:
        super().__init__()
        self._function, self._hand_over, self._then, self._otherwise = function, hand_over, then, otherwise

    def run(self) -> None:
        try:
            outcome = self._function()
        except SortByFaceError as error:
            self._hand_over(str(error), self._otherwise)
        except Exception as error:  # whatever it is, the window must hear of it
            self._hand_over(error, None)
        else:
            self._hand_over(outcome, self._then)
