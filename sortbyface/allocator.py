"""What the C library does with freed memory: glibc is told, others' have no such functions, nor need them."""

import ctypes
from contextlib import suppress

_M_MMAP_THRESHOLD = -3
_LARGE = 4_000_000
"""Bytes: pictures and what networks make of them, no two alike in size."""


def return_freed_memory() -> None:
    """To the system, now: glibc holds on to it, for later."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def return_large_blocks() -> None:
    """To the system, from now on, whenever one is freed: on glibc's heap they would leave holes that fit no other."""
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
