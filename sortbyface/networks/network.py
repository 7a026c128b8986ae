"""What every network here has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class Network:
    """A trained network: defined in Keras, filled with published weights."""

    name: str
    version: int
    """Raised whenever the same weights could give other numbers."""

    example: tuple[int, int, int, int]
    """Shape of a batch to try it on: images, rows, columns, 3. Pixels are red first, 0 to 255; the network
    standardises them itself."""

    build: "Callable[[Path], keras.Model]"
    """A weights file -> the network. Raises ModelUnusable when the file is not of this network."""
