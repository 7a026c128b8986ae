"""A real file system that is full to the brim."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sortbyface.errors import DestinationUnusable
from sortbyface.sorting import deed
from tests.conftest import untouched
from tests.sorting.crowd import Crowd, files

PHOTOS = 50


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Two megabytes in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a file system is not allowed here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_disk_that_is_full_to_the_brim(small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = Crowd(tmp_path)
    for number in range(PHOTOS):
        crowd.photo(f"IMG_{number}.jpg", 1, content=os.urandom(60_000))
    crowd.look()
    crowd.sorted = small_disk / "Sorted"
    originals = untouched(crowd.photos)
    with pytest.raises(DestinationUnusable, match="nothing was copied"):
        crowd.sort()
    assert not crowd.sorted.exists()
    monkeypatch.setattr(deed, "_check_room", lambda *_: None)  # somebody else fills the disk after that

    with pytest.raises(DestinationUnusable, match=r"IMG_\d+.jpg: No space left on device.*make room"):
        crowd.sort()

    whole = {path.name: path.read_bytes() for path in crowd.photos.iterdir()}
    arrived = {path.name for path in crowd.sorted.rglob("*.jpg")}
    assert 20 < len(arrived) < PHOTOS
    assert all(content == whole[os.path.basename(path)] for path, content in files(crowd.sorted).items())
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    crowd.sort()
    assert {os.path.basename(path): content for path, content in files(crowd.sorted).items()} == whole
    assert untouched(crowd.photos) == originals
