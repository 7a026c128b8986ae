"""What is in the way of a sort, told before it is begun; and what was, told from the error that ended it."""

import errno
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from sortbyface.sorting.deed import nearest_folder, room_needed
from sortbyface.sorting.linking import Mode
from sortbyface.sorting.plan import Plan


class Obstacle(Enum):
    """Why photos cannot be brought to a folder."""

    IS_A_FILE = auto()
    HOLDS_THE_PHOTOS = auto()
    """It is a folder that was looked through."""

    NOT_WRITABLE = auto()
    NO_ROOM = auto()
    NO_LINKS = auto()
    """Its drive has none, or is not that of the photos."""

    GONE = auto()
    """Its drive does not answer."""


@dataclass(frozen=True)
class Room:
    """On the drive of a destination, in bytes."""

    needed: int
    free: int


def obstacle_at(destination: Path, roots: Collection[Path]) -> Obstacle | None:
    """What keeps a folder from being sorted into at all. roots: the folders that were looked through."""
    destination = Path(os.path.abspath(destination))
    if os.path.realpath(destination) in {os.path.realpath(root) for root in roots}:
        return Obstacle.HOLDS_THE_PHOTOS
    try:
        nearest = nearest_folder(destination)
        if not nearest.is_dir():
            return Obstacle.IS_A_FILE
        return None if os.access(nearest, os.W_OK | os.X_OK) else Obstacle.NOT_WRITABLE
    except PermissionError:
        return Obstacle.NOT_WRITABLE
    except OSError:
        return Obstacle.GONE


def room_for(plan: Plan) -> Room:
    """What a plan needs, and what there is. Raises OSError when the drive does not answer."""
    return Room(room_needed(plan.actions), shutil.disk_usage(nearest_folder(plan.destination)).free)


def obstacle_behind(error: BaseException, mode: Mode) -> Obstacle | None:
    """What has ended a sort, where that can be told from its error, or from what caused it. mode: of the sort."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OSError):
        cause = cause.__cause__
    match cause and cause.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return Obstacle.NO_ROOM
        case errno.EXDEV | errno.EMLINK | errno.ENOTSUP | errno.ENOSYS:
            return Obstacle.NO_LINKS
        case errno.EPERM if mode in (Mode.HARDLINK, Mode.SYMLINK):
            return Obstacle.NO_LINKS
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return Obstacle.NOT_WRITABLE
        case errno.EIO | errno.ENODEV | errno.ENXIO | errno.ENOENT | errno.ENOTCONN:
            return Obstacle.GONE
    return None
