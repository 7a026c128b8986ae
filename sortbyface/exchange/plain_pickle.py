"""Pickles read as data: nothing that a file says is run, imported, or believed.

The pickle module's own reader in pure Python does the reading (the one in C trusts the file with how much
memory it sets aside). Arrays are collected as their parts and put together afterwards, from bytes that
were counted: NumPy's own way of unpickling follows addresses and offsets that come from the file.
"""

import io
import math
import pickle
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

_NUMBER_KINDS = "biuf"
_LONGEST_CODE = 8


class NotPlain(ValueError):
    """The pickle holds more than numbers, text, lists, dicts and arrays of numbers."""


def read_plain(data: bytes) -> Any:
    """What the pickle holds, with arrays as `PlainArray`; a scalar of NumPy is one without dimensions.

    Raises NotPlain, and for damaged data whatever the pickle module raises.
    """
    return _PlainUnpickler(io.BytesIO(data)).load()


class PlainArray:
    """The parts of an array, as a file gave them."""

    def __init__(
        self, dtype: "_Dtype | None" = None, data: Any = b"", shape: Any = (), column_major: Any = False
    ) -> None:
        self._parts = (shape, dtype, column_major, data)

    def __setstate__(self, state: Any) -> None:
        _, *parts = state
        self._parts = tuple(parts)

    def to_numpy(self) -> npt.NDArray[Any]:
        """The array. Raises NotPlain when the parts do not make one."""
        shape, dtype, column_major, data = self._parts
        if not isinstance(dtype, _Dtype) or not isinstance(data, bytes | bytearray | pickle.PickleBuffer):
            raise NotPlain("an array of something else than numbers")
        kind = dtype.to_numpy()
        content = bytes(data)
        if not all(isinstance(side, int) and side >= 0 for side in shape) or math.prod(shape) * kind.itemsize != len(
            content
        ):
            raise NotPlain("an array of another size than its data")
        return np.frombuffer(content, kind).reshape(shape, order="F" if column_major else "C")


class _Dtype:
    """A number type, as far as the file says so."""

    def __init__(self, code: Any, *_: Any) -> None:
        self._dtype = np.dtype(code) if isinstance(code, str) and len(code) <= _LONGEST_CODE else np.dtype(object)
        if self._dtype.kind not in _NUMBER_KINDS or self._dtype.shape:
            raise NotPlain("an array of something else than numbers")

    def __setstate__(self, state: Any) -> None:
        order = state[1]
        if order in ("<", ">"):
            self._dtype = self._dtype.newbyteorder(order)

    def to_numpy(self) -> np.dtype[Any]:
        return self._dtype


class _NoCall:
    """Stands for a name that is a part of an array's pickle, and is not to be called."""


class _PlainUnpickler(pickle._Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        known = _KNOWN_NAMES.get((module.replace("numpy._core", "numpy.core"), name))
        if known is None:
            raise NotPlain(f"calls {module}.{name}")
        return known

    def persistent_load(self, pid: Any) -> NoReturn:
        raise NotPlain("points outside itself")

    def get_extension(self, code: int) -> NoReturn:
        raise NotPlain("names an extension")


def _array(kind: Any, shape: Any, typecode: Any) -> PlainArray:
    """NumPy's `_reconstruct`: the content follows by `__setstate__`."""
    if kind is not _NoCall:
        raise NotPlain("an array of an unknown kind")
    return PlainArray()


def _array_from_buffer(data: Any, dtype: Any, shape: Any, order: Any) -> PlainArray:
    return PlainArray(dtype, data, shape, order == "F")


def _bytes(text: str, encoding: str) -> bytes:
    """How pickles of protocol 2 and below spell bytes."""
    if encoding != "latin1":
        raise NotPlain("bytes in an unknown spelling")
    return text.encode("latin1")


_KNOWN_NAMES: dict[tuple[str, str], Callable[..., Any] | type] = {
    ("numpy", "ndarray"): _NoCall,
    ("numpy", "dtype"): _Dtype,
    ("numpy.core.multiarray", "_reconstruct"): _array,
    ("numpy.core.multiarray", "scalar"): PlainArray,
    ("numpy.core.numeric", "_frombuffer"): _array_from_buffer,
    ("_codecs", "encode"): _bytes,
}
