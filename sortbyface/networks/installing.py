"""Putting weights into a `Models/` folder: whole or not at all, and never over another file."""

import errno
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import filelock

from sortbyface.errors import ModelUnusable
from sortbyface.naming import give_name
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.weights import ADDED, KnownWeights, added_weights

_HEADER = """\
# Weights that were added with `python -m sortbyface models add`, in the form of models.toml.
# Each is used for as long as its SHA-256 is the one written here.
"""


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Make the folder if need be, and hold it against other runs until the end of the `with` block.

    Raises ModelUnusable when another run holds it, or when it cannot be written.
    """
    lock = filelock.FileLock(folder / ".models.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except filelock.Timeout:
        raise ModelUnusable(f"another run is putting weights into {folder}; wait for it to end") from None
    except OSError as error:
        raise ModelUnusable(f"{folder} cannot be written ({error.strerror}); allow writing there") from error
    try:
        yield
    finally:
        lock.release()


def copy_in(files: Sequence[Path], target: Path, sha256: str) -> None:
    """Copy a file to a name that is free; or the several files of a checkpoint, into a folder of that name.

    Raises ModelUnusable when they cannot be read or written, or are no longer what they were.
    """
    part = target.with_name(f".{sha256[:16]}.part")
    try:
        _check_room(files, target.parent)
        _remove(part)  # of a run that was killed
        if len(files) == 1:
            _copy(files[0], part)
        else:
            part.mkdir()
            for file in files:
                _copy(file, part / file.name)
        if sha256_of(part) != sha256:
            raise ModelUnusable(f"{files[0]} was changed while it was copied; nothing was added. Add it again")
        name_weights(part, target)
    except OSError as error:
        where = error.filename2 or error.filename or target.parent
        remedy = "make room" if error.errno == errno.ENOSPC else "see whether it may be read and written"
        raise ModelUnusable(f"{where}: {error.strerror}; nothing was added. To add it, {remedy}") from error
    finally:
        _remove(part)


def name_weights(part: Path, target: Path) -> None:
    """Give weights their name in Models/. Raises ModelUnusable when it is taken, or cannot be given."""
    try:
        give_name(part, target)
    except OSError as error:
        raise ModelUnusable(f"{target} is in the way, or cannot be written ({error.strerror})") from error


def note_added(folder: Path, weights: KnownWeights) -> None:
    """Write down what was added to a folder. Raises ModelUnusable when that cannot be done."""
    entries = [entry for entry in added_weights(folder) if entry.file != weights.file] + [weights]
    part = folder / f".{ADDED}.part"
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write("\n".join([_HEADER, *map(_as_toml, entries)]))
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / ADDED)
    except OSError as error:
        raise ModelUnusable(f"{folder / ADDED} cannot be written: {error.strerror}") from error


def size_of(files: Sequence[Path]) -> int:
    """Bytes of all of them."""
    return sum(file.stat().st_size for file in files)


def _check_room(files: Sequence[Path], folder: Path) -> None:
    needed, free = size_of(files), shutil.disk_usage(folder).free
    if needed > free:
        words = f"room for {free / 1e6:,.0f} MB, where {needed / 1e6:,.0f} MB are needed"
        raise OSError(errno.ENOSPC, words, str(folder))


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _as_toml(weights: KnownWeights) -> str:
    """One entry. Strings are written as in JSON, whose escapes TOML has, too; only DEL wants one more."""
    fields = {key: value for key, value in asdict(weights).items() if value is not None}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()]
    return "".join(["[[weights]]\n", *lines]).replace("\x7f", "\\u007f")
