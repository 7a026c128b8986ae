"""What FaceNet wants of a weights file, and what every form of file has to give."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Arrays: TypeAlias = dict[str, npt.NDArray[np.float32]]
"""By name: `<layer>_<variable>`."""


@dataclass(frozen=True)
class Layer:
    """A layer that has weights."""

    name: str
    kind: str
    """Its class in Keras: Conv2D, BatchNormalization, Dense."""

    shapes: dict[str, tuple[int, ...]]
    """Of its variables (kernel, bias, beta, moving_mean, moving_variance), in Keras' order."""


@dataclass(frozen=True, eq=False)
class Stored:
    """An array in a file: its shape is known before its numbers are read."""

    shape: tuple[int, ...]
    read: Callable[[], npt.NDArray[Any]]


class WrongShape(ValueError):
    """An array is there, but of another shape."""

    def __init__(self, name: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> None:
        super().__init__(f"{name} is {shape} instead of {wanted}")
        self.name = name
        self.shape = shape


def gather(layers: Sequence[Layer], find: Callable[[Layer, str], Stored | None]) -> Arrays:
    """All arrays that the layers want.

    find: layer, variable -> where it is stored, None if it is not. Only what has the right shape is read, so that a
    file cannot ask for more memory than the network needs.
    Raises ValueError for an array that is missing or holds anything but finite numbers; WrongShape.
    """
    arrays = {}
    for layer in layers:
        for variable, shape in layer.shapes.items():
            name = f"{layer.name}_{variable}"
            stored = find(layer, variable)
            if stored is None:
                raise ValueError(f"{name} is missing")
            if stored.shape != shape:
                raise WrongShape(name, stored.shape, shape)
            arrays[name] = _numbers(name, stored.read())
    return arrays


def _numbers(name: str, values: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    if values.dtype.kind != "f":
        raise ValueError(f"{name} holds {values.dtype} instead of numbers with a fraction")
    with np.errstate(over="ignore"):
        numbers = values.astype(np.float32)
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} holds values that are not numbers")
    return numbers
