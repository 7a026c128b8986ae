"""One copy of one file, whole or not at all."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import IO

from sortbyface.errors import PhotoOutOfReach
from sortbyface.naming import give_name

_CHUNK = 1 << 20


def copy_whole(source: Path, target: Path, sha256: bytes) -> None:
    """Copy a file, with its times and permissions, to a name that is free.

    It is written under another name, brought to disk, compared with the hash, and only then given its
    name. Raises PhotoOutOfReach when the source cannot be read or holds something else by now,
    FileExistsError when the name is taken, OSError when the target cannot be written.
    """
    part = unfinished_copy(target)
    digest = hashlib.sha256()
    try:
        reading = source.open("rb")
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error
    try:
        with reading, part.open("wb") as writing:
            while chunk := _read(reading):
                digest.update(chunk)
                writing.write(chunk)
            writing.flush()
            os.fsync(writing.fileno())
        if digest.digest() != sha256:
            raise PhotoOutOfReach("it has changed since it was looked at; run embedder.py again")
        shutil.copystat(source, part)
        give_name(part, target)
    finally:
        part.unlink(missing_ok=True)


def unfinished_copy(target: Path) -> Path:
    """Where a copy is written before it is given its name: hidden, so that nobody takes it for a photo."""
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f".{name}.sort-by-face.part")


def _read(file: IO[bytes]) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error
