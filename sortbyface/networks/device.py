"""A network on a device that may be full, or fail, at any moment: smaller batches, then the processor."""

import logging
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from sortbyface.arrays import Chips, FloatMatrix

_log = logging.getLogger(__name__)

CHIPS_AT_A_TIME = 256
"""A power of two, so that halves are, too."""

Run: TypeAlias = Callable[[Chips], FloatMatrix]
"""A network on some engine: (n, size, size, 3) uint8 -> (n, d) float32."""


class DeviceFailed(Exception):
    """A device cannot run a network; another one may. The message is the reason, as the beginning of a line."""


class DeviceFull(DeviceFailed):
    """Its memory is too short for so many chips at a time."""


class FallibleDevice:
    """Runs all chips that it is given, on a device for as long as that works, in batches as large as it can take."""

    def __init__(self, device: Run, processor: Run) -> None:
        """device: may raise DeviceFailed. processor: who runs what the device cannot."""
        self._device: Run | None = device
        self._processor = processor
        self._at_a_time = CHIPS_AT_A_TIME

    def run(self, chips: Chips) -> FloatMatrix:
        """(n, size, size, 3) uint8 -> (n, d) float32. What the device has done before it fails is not done again."""
        parts: list[FloatMatrix] = []
        done = 0
        while self._device and done < len(chips):
            part = chips[done : done + self._at_a_time]
            try:
                parts.append(self._device(part))
                done += len(part)
            except DeviceFull as trouble:
                self._take_fewer_than(len(part), trouble)
            except DeviceFailed as trouble:
                self._give_up(str(trouble))
        if done < len(chips) or not parts:
            parts.append(self._processor(chips[done:]))
        return np.concatenate(parts)

    def _take_fewer_than(self, count: int, trouble: DeviceFull) -> None:
        self._at_a_time = count // 2
        if self._at_a_time:
            _log.warning("%s for %d faces at a time; going on with %d", trouble, count, self._at_a_time)
        else:
            self._give_up(f"{trouble} for a single face")

    def _give_up(self, why: str) -> None:
        self._device = None
        _log.warning("%s; going on with the processor", why)
