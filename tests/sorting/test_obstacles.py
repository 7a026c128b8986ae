"""What is in the way, before and after."""

import errno
import os
from pathlib import Path

import pytest

from sortbyface.errors import DestinationUnusable
from sortbyface.sorting import Mode
from sortbyface.sorting.obstacles import Obstacle, obstacle_at, obstacle_behind


def test_a_folder_that_is_to_be_made_anywhere_below_one_that_is_there(tmp_path: Path) -> None:
    assert obstacle_at(tmp_path / "new/and/deep", []) is None


def test_the_folder_of_the_photos_also_by_another_name(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (tmp_path / "link").symlink_to(photos)

    assert obstacle_at(photos, [photos]) is Obstacle.HOLDS_THE_PHOTOS
    assert obstacle_at(tmp_path / "link", [photos]) is Obstacle.HOLDS_THE_PHOTOS
    assert obstacle_at(photos / "Sorted", [photos]) is None


def test_a_file_and_a_place_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert obstacle_at(tmp_path / "file", []) is Obstacle.IS_A_FILE
    assert obstacle_at(tmp_path / "file" / "below", []) is Obstacle.IS_A_FILE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    assert obstacle_at(tmp_path / "new", []) is Obstacle.NOT_WRITABLE
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    ("number", "mode", "obstacle"),
    [
        (errno.ENOSPC, Mode.COPY, Obstacle.NO_ROOM),
        (errno.EROFS, Mode.COPY, Obstacle.NOT_WRITABLE),
        (errno.EPERM, Mode.COPY, Obstacle.NOT_WRITABLE),
        (errno.EPERM, Mode.HARDLINK, Obstacle.NO_LINKS),
        (errno.EXDEV, Mode.HARDLINK, Obstacle.NO_LINKS),
        (errno.EIO, Mode.COPY, Obstacle.GONE),
        (errno.ELOOP, Mode.COPY, None),
    ],
)
def test_what_has_ended_a_sort(number: int, mode: Mode, obstacle: Obstacle | None) -> None:
    error = DestinationUnusable("as it is told on the command line")
    error.__cause__ = OSError(number, os.strerror(number))

    assert obstacle_behind(error, mode) is obstacle


def test_an_error_of_which_nothing_more_is_known() -> None:
    assert obstacle_behind(DestinationUnusable("for another reason"), Mode.COPY) is None
