"""One copy of one file, whole or not at all."""

import hashlib
import io
import os
import shutil
import threading
from pathlib import Path

from sortbyface.errors import PhotoOutOfReach
from sortbyface.naming import give_name

_CHUNK_BYTES = 1 << 18
"""Small enough for what is read to be hashed and written while it is in the processor's cache."""

_of_thread = threading.local()


def copy_whole(source: Path, target: Path, sha256: bytes) -> None:
    """Copy a file, with its times and permissions, to a name that is free. Several threads may, at once.

    It is written under another name, brought to disk, compared with the hash, and only then given its
    name. Raises PhotoOutOfReach when the source cannot be read or holds something else by now,
    FileExistsError when the name is taken, OSError when the target cannot be written.
    """
    part = unfinished_copy(target)
    try:
        with _to_read(source) as reading, part.open("wb", buffering=0) as writing:
            if _copy(reading, writing) != sha256:
                raise PhotoOutOfReach("it has changed since it was looked at; run embedder.py again")
            shutil.copystat(source, part)
            os.fsync(writing.fileno())
        give_name(part, target)
    finally:
        part.unlink(missing_ok=True)


def unfinished_copy(target: Path) -> Path:
    """Where a copy is written before it is given its name: hidden, so that nobody takes it for a photo."""
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f".{name}.sort-by-face.part")


def _copy(reading: io.FileIO, writing: io.FileIO) -> bytes:
    """Gives the SHA-256 of what was copied."""
    digest, buffer = hashlib.sha256(), _buffer()
    while size := _read(reading, buffer):
        digest.update(buffer[:size])
        written = 0
        while written < size:
            written += os.write(writing.fileno(), buffer[written:size])
    return digest.digest()


def _buffer() -> memoryview:
    """One for each thread: to get another for each file takes longer than to fill it."""
    if not hasattr(_of_thread, "buffer"):
        _of_thread.buffer = memoryview(bytearray(_CHUNK_BYTES))
    buffer: memoryview = _of_thread.buffer
    return buffer


def _to_read(source: Path) -> io.FileIO:
    try:
        return io.FileIO(source)
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error


def _read(file: io.FileIO, buffer: memoryview) -> int:
    try:
        return file.readinto(buffer) or 0
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error
