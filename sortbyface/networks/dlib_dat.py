"""Reader of dlib's serialised networks (.dat).

The stream is the network's C++ template type, written layer by layer: a layer's version, then the
layer beneath it, then the layer's own numbers. So the numbers come in forward order, the input first.
After dlib's serialisation as its sources describe it (dlib/serialize.h, dlib/dnn).
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from sortbyface.errors import ModelUnusable

_TENSOR_VERSION: Final = 2
_ALIAS_VERSION: Final = 1
_WITHOUT_DETAILS: Final = ("tag", "skip")

_Arrays: TypeAlias = dict[str, npt.NDArray[np.floating[Any]]]


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer's kind, and its numbers if it has any that matter outside of training."""

    kind: str
    """con, affine, bn_con, relu, max_pool, avg_pool, add_prev, fc, tag, skip, input, loss_metric or loss_mmod."""

    arrays: _Arrays = field(default_factory=dict)
    """con: kernel (out, in, rows, columns), bias; affine and bn_con: scale, shift; fc: kernel (in, out);
    input: mean (3,); loss_mmod: window (2,), width and height, and overlap (2,), the most that two detections
    may have in common: of their union's bounding box, of the smaller of them."""


def read_layers(
    data: bytes, stack: list[str], source: str = "input_rgb_image_sized", loss: str = "loss_metric"
) -> list[Layer]:
    """The layers of a network, input first, loss last.

    stack: the kinds of all layers above the input and below the loss, in forward order, as the C++ type has them.
    source, loss: the input's full name, and the loss's kind.
    Raises ModelUnusable when the data is cut short, goes on after the end, or is another network.
    """
    reader = _Reader(data)
    try:
        reader.expect(reader.integer() == 1)
        last = _details(reader, loss)
        layers = [*_network(reader, source, stack), last]
        reader.expect(reader.position == len(data))
    except (IndexError, ValueError, struct.error, UnicodeDecodeError, OverflowError) as error:
        raise ModelUnusable("the weights file is damaged, or of another network; get it again") from error
    return layers


def _network(reader: "_Reader", source: str, stack: list[str]) -> Iterator[Layer]:
    lowest, *upper = stack
    versions = [_layer_version(reader, kind) for kind in reversed(upper)][::-1]
    lowest_version = reader.integer()  # the layer on the input is serialised in a way of its own
    reader.expect(lowest_version in (2, 3))
    yield _input(reader, source)
    yield _details(reader, lowest)
    _skip_training_state(reader, tensors=3)
    if lowest_version == 3:
        reader.integer()
    for kind, version in zip(upper, versions, strict=True):
        if kind in _WITHOUT_DETAILS:
            yield Layer(kind)
            continue
        yield _details(reader, kind)
        _skip_training_state(reader, tensors=2 if version == 1 else 3)


def _layer_version(reader: "_Reader", kind: str) -> int:
    version = reader.integer()
    reader.expect(version == 1 or (version == 2 and kind not in _WITHOUT_DETAILS))
    return version


def _skip_training_state(reader: "_Reader", tensors: int) -> None:
    for _ in range(3):
        reader.boolean()
    for _ in range(tensors):
        reader.tensor()


def _input(reader: "_Reader", source: str) -> Layer:
    reader.expect(reader.text() == source)
    mean = np.array([reader.number() for _ in range(3)], dtype=np.float32)
    if source == "input_rgb_image_sized":
        reader.integer(), reader.integer()  # rows and columns, which the network's definition knows
    return Layer("input", {"mean": mean})


def _details(reader: "_Reader", kind: str) -> Layer:
    written = reader.text()
    reader.expect(written.startswith(kind))
    return Layer(kind, _DETAILS[kind](reader, written) if kind in _DETAILS else {})


def _loss_metric(reader: "_Reader", written: str) -> _Arrays:
    reader.number(), reader.number()  # margin and threshold, of use in training only
    return {}


def _loss_mmod(reader: "_Reader", written: str) -> _Arrays:
    reader.expect(reader.integer() == 1)  # later versions have several windows
    window = np.array([reader.integer(), reader.integer()], dtype=np.float64)
    for _ in range(3):  # losses of an error, and what counts as one
        reader.number()
    overlap = np.array([reader.number(), reader.number()])
    reader.number(), reader.number()  # the same for what training ignores
    return {"window": window, "overlap": overlap}


def _convolution(reader: "_Reader", written: str) -> _Arrays:
    numbers = reader.tensor().ravel()
    filters, rows, columns = reader.integer(), reader.integer(), reader.integer()
    for _ in range(4):  # stride, padding
        reader.integer()
    shape = reader.alias()
    reader.expect((filters, rows, columns) == (shape[0], *shape[2:]))
    reader.alias()
    for _ in range(4):  # learning rates
        reader.number()
    for _ in range({"con_5": 1, "con_6": 2}.get(written, 0)):
        reader.boolean()
    size = math.prod(shape)
    return {"kernel": numbers[:size].reshape(shape), "bias": numbers[size : size + filters]}


def _affine(reader: "_Reader", written: str) -> _Arrays:
    numbers = reader.tensor().ravel()
    size = math.prod(reader.alias())
    reader.alias()
    reader.integer()
    if written == "affine_2":
        reader.boolean()
    return {"scale": numbers[:size], "shift": numbers[size : 2 * size]}


def _batch_norm(reader: "_Reader", written: str) -> _Arrays:
    """As an affine layer: scaled and shifted by what training saw."""
    numbers = reader.tensor().ravel()
    size = math.prod(reader.alias())
    reader.alias()
    reader.tensor(), reader.tensor()  # of the last batch
    mean, variance = reader.tensor().ravel(), reader.tensor().ravel()
    reader.integer(), reader.integer()  # how many batches were seen
    for _ in range(4):  # learning rates
        reader.number()
    scale = numbers[:size] / np.sqrt(variance + reader.number())
    return {"scale": scale, "shift": numbers[size : 2 * size] - scale * mean}


def _relu(reader: "_Reader", written: str) -> _Arrays:
    if written == "relu_2":
        reader.boolean()
    return {}


def _pooling(reader: "_Reader", written: str) -> _Arrays:
    for _ in range(6):  # window, stride, padding
        reader.integer()
    return {}


def _fully_connected(reader: "_Reader", written: str) -> _Arrays:
    outputs, inputs = reader.integer(), reader.integer()
    numbers = reader.tensor().ravel()
    size = math.prod(reader.alias())
    reader.alias()
    reader.integer()
    for _ in range(4):  # learning rates
        reader.number()
    if written == "fc_3":
        reader.boolean()
    return {"kernel": numbers[:size].reshape(inputs, outputs)}


_DETAILS = {
    "con": _convolution,
    "affine": _affine,
    "bn_con": _batch_norm,
    "relu": _relu,
    "max_pool": _pooling,
    "avg_pool": _pooling,
    "fc": _fully_connected,
    "loss_metric": _loss_metric,
    "loss_mmod": _loss_mmod,
}


class _Reader:
    """dlib's portable encoding of numbers, text and tensors."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def expect(self, condition: bool) -> None:
        if not condition:
            raise ValueError(f"not as expected at byte {self.position}")

    def integer(self) -> int:
        """A byte with the sign and the count of the bytes that follow, then these."""
        head = self._data[self.position]
        digits = self._take(1 + (head & 0x0F))[1:]
        value = int.from_bytes(digits, "little")
        return -value if head & 0x80 else value

    def number(self) -> float:
        """Mantissa and exponent, so that every machine reads the same."""
        mantissa, exponent = self.integer(), self.integer()
        return math.ldexp(mantissa, exponent)

    def boolean(self) -> bool:
        digit = self._take(1)
        self.expect(digit in (b"0", b"1"))
        return digit == b"1"

    def text(self) -> str:
        return self._take(self.integer()).decode("ascii")

    def tensor(self) -> npt.NDArray[np.float32]:
        self.expect(self.integer() == _TENSOR_VERSION)
        shape = tuple(self.integer() for _ in range(4))
        values = np.frombuffer(self._take(4 * math.prod(shape)), dtype="<f4")
        return values.reshape(shape).astype(np.float32)

    def alias(self) -> tuple[int, ...]:
        """The shape of a tensor that lives inside another one."""
        self.expect(self.integer() == _ALIAS_VERSION)
        return tuple(self.integer() for _ in range(4))

    def _take(self, count: int) -> bytes:
        end = self.position + count
        self.expect(count >= 0 and end <= len(self._data))
        taken = self._data[self.position : end]
        self.position = end
        return taken
