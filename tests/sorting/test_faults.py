"""What a sort does when the destination fails it."""

import errno
import os
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sortbyface.errors import DestinationUnusable
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import SortOutcome, sort_photos
from sortbyface.sorting import copying
from tests.conftest import folders, look_again, tree, untouched


def sort(home: Path, **options: Any) -> SortOutcome:
    return sort_photos(home / "Sorted-pictures", library=home / LIBRARY, **options)


def test_a_disk_that_fills_up_loses_nothing_and_the_next_run_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    originals = untouched(home / "Album")
    room = iter(range(7))

    def bring_to_disk(_: int) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(copying.os, "fsync", bring_to_disk)
        with pytest.raises(
            DestinationUnusable, match=r"jpg: No space left on device; 7 photos .*make room and run this again"
        ):
            sort(home)
    assert len(tree(home / "Sorted-pictures")) == 7
    assert not list((home / "Sorted-pictures").rglob("*.part"))

    outcome = sort(home)

    assert outcome.done is not None
    assert (outcome.done.made, outcome.plan.in_place) == (13, 7)
    assert untouched(home / "Album") == originals


def test_room_is_checked_before_the_first_byte(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        total: int = 10**9
        used: int = 10**9
        free: int = 1000

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage())

    with pytest.raises(DestinationUnusable, match="nothing was copied"):
        sort(home)

    assert not (home / "Sorted-pictures").exists()


def test_a_destination_that_may_not_be_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mkdir = Path.mkdir

    def refuse(path: Path, *arguments: Any, **options: Any) -> None:
        if "Sorted-pictures" in path.parts:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        mkdir(path, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", refuse)

    with pytest.raises(DestinationUnusable, match=r"Sorted-pictures: Permission denied.*choose another -dest"):
        sort(home)


def test_a_photo_that_changes_while_it_is_copied_is_left_out_and_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file keeps its size and its time, and holds other bytes: only its hash gives it away."""
    victim = home / "Album" / "portraits" / "H" / "closer.png"
    status = victim.stat()
    content = bytearray(victim.read_bytes())
    content[-1] ^= 1
    victim.write_bytes(content)
    os.utime(victim, ns=(status.st_atime_ns, status.st_mtime_ns))

    outcome = sort(home)

    assert outcome.done is not None
    assert [(path, reason[:14]) for path, reason in outcome.done.failed] == [(victim, "it has changed")]
    assert sorted(map(len, folders(home / "Sorted-pictures").values())) == [9, 10]


def test_a_file_system_without_links(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """exFAT, as most memory cards have it."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(copying.os, "link", refuse)

    sort(home)

    assert sorted(map(len, folders(home / "Sorted-pictures").values())) == [10, 10]
    assert not list((home / "Sorted-pictures").rglob("*.part"))


@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_is_taken_at_the_last_moment_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    source, target = tmp_path / "photo.jpg", tmp_path / "copy.jpg"
    source.write_bytes(b"a photo")
    target.write_bytes(b"somebody was faster")
    if not links:
        monkeypatch.setattr(
            copying.os, "link", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EPERM, "no links"))
        )

    with pytest.raises(FileExistsError):
        copying.copy_whole(source, target, copying.hashlib.sha256(b"a photo").digest())

    assert tree(tmp_path) == {"photo.jpg": b"a photo", "copy.jpg": b"somebody was faster"}
    assert sorted(os.listdir(tmp_path)) == ["copy.jpg", "photo.jpg"]


def test_names_as_long_as_a_name_may_be(home: Path) -> None:
    name = "ü" * 125 + ".jpg"
    for person in "CH":
        (home / "Album" / "portraits" / person / "original.jpg").rename(home / "Album" / "portraits" / person / name)
    look_again(home)

    sort(home, threshold=-1)

    long_names = sorted(path.name for path in (home / "Sorted-pictures").rglob("ü*"))
    assert len(long_names) == 2
    assert all(len(os.fsencode(long_name)) <= 255 for long_name in long_names)


def test_folders_of_ours_are_marked_and_those_of_the_user_are_not(home: Path) -> None:
    mine = home / "Sorted-pictures"
    mine.mkdir()
    (mine / "diary.txt").write_text("mine")

    sort(home)

    marked = {path.parent.name for path in mine.rglob(".sort-by-face")}
    assert marked == {"Person 1", "Person 2"}
