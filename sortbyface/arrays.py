"""The arrays that travel between rooms, named."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

RGBImage: TypeAlias = npt.NDArray[np.uint8]
"""(height, width, 3) uint8, red first."""

Chips: TypeAlias = npt.NDArray[np.uint8]
"""(n, size, size, 3) uint8: n aligned faces, red first."""

Points: TypeAlias = npt.NDArray[np.float32]
"""(n, 2) float32: x to the right, y down, in pixels."""

FloatMatrix: TypeAlias = npt.NDArray[np.float32]
"""(n, d) float32; where faces are meant, one unit vector a row."""

Labels: TypeAlias = npt.NDArray[np.int64]
"""(n,) int64: the group of each face."""

UNGROUPED = -2
"""The label of a face that no grouping has met yet."""
