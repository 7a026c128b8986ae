"""One new file where the user asked for it: whole or not at all, and never in place of another."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sortbyface.errors import DestinationUnusable
from sortbyface.naming import give_name
from sortbyface.sorting.copying import unfinished_copy


def check_destination(path: Path, endings: Collection[str]) -> None:
    """Before any work is done for it. endings: those that can be written, as ".png".

    Raises DestinationUnusable for another ending, a name that is taken, and a folder that is not there.
    """
    if path.suffix.lower() not in endings:
        raise DestinationUnusable(f"{path}: the name must end with {' or '.join(endings)}")
    if os.path.lexists(path):
        raise _taken(path)
    if not path.parent.is_dir():
        raise DestinationUnusable(f"{path}: there is no folder {path.parent}; make it, or choose another")


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """A place to write the file; it gets its name at the end of the `with` block, if all went well.

    Raises DestinationUnusable when it cannot be written, or the name has been taken meanwhile.
    """
    part = unfinished_copy(path)
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        give_name(part, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise DestinationUnusable(f"{path} cannot be written: {reason}; choose another place") from error
    finally:
        with suppress(OSError):
            part.unlink()


def _taken(path: Path) -> DestinationUnusable:
    return DestinationUnusable(f"{path} exists and is not replaced; choose another name, or remove it")
