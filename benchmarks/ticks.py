"""How long a window neither hears nor draws: the time between two turns of its event loop."""

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

EVERY = 5
"""Milliseconds."""


class Ticks(QObject):
    """Ticks from now on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        """Seconds from each tick to the next."""

        self._last = perf_counter()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = perf_counter()
        self.gaps.append(now - self._last)
        self._last = now
