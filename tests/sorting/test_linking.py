"""Copies, links and clones: whole or not at all, in nobody's place, and known again later."""

import ctypes
import errno
import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sortbyface.errors import DestinationUnusable, PhotoOutOfReach
from sortbyface.library import FileState
from sortbyface.sorting import linking
from sortbyface.sorting.linking import Made, Mode, is_ours, make
from tests.conftest import untouched

CONTENT = b"a photo" * 1000
EVERY_MODE = list(Mode)
LINKS = [Mode.HARDLINK, Mode.SYMLINK]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A photo in an album: read-only, with a time of its own."""
    photo = tmp_path / "Album" / "IMG 1.jpg"
    photo.parent.mkdir()
    photo.write_bytes(CONTENT)
    photo.chmod(0o440)
    os.utime(photo, ns=(1_500_000_000_000_000_000, 1_400_000_000_123_456_700))
    return photo


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "Anna").mkdir()
    return tmp_path / "Anna" / "IMG 1.jpg"


@pytest.fixture
def clones(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that clones, whatever the one below can do."""
    monkeypatch.setattr(linking, "clone", lambda source, part: shutil.copyfile(source, part))


def put(mode: Mode, source: Path, target: Path, sha256: bytes | None = hashlib.sha256(CONTENT).digest()) -> Made:
    return make(mode, source, target, sha256, FileState.of(source))


def fail(monkeypatch: pytest.MonkeyPatch, call: str, number: int, winerror: int | None = None) -> None:
    """Let a call of the system fail from now on."""

    def refuse(source: object, target: object, **_: object) -> None:
        error = OSError(number, os.strerror(number), str(source), None, str(target))
        if winerror is not None:
            error.winerror = winerror  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(os, call, refuse)


@pytest.mark.parametrize("sha256", [hashlib.sha256(CONTENT).digest(), None])
@pytest.mark.parametrize("mode", EVERY_MODE)
def test_a_photo_gets_to_its_place(mode: Mode, sha256: bytes | None, source: Path, target: Path) -> None:
    original = untouched(source.parent)

    made = put(mode, source, target, sha256)

    assert target.read_bytes() == CONTENT
    assert os.listdir(target.parent) == [target.name]
    assert FileState.of(target) == made.state == FileState.of(source)
    assert target.stat().st_mode == source.stat().st_mode
    assert is_ours(target, made.mode, source, made.state)
    assert untouched(source.parent) == original


def test_every_mode_makes_what_it_says(source: Path, target: Path, clones: None) -> None:
    for mode in EVERY_MODE:
        assert put(mode, source, target.with_name(mode.value)).mode is mode
    assert os.path.samefile(source, target.with_name("hardlink"))
    assert not target.with_name("hardlink").is_symlink()
    assert os.readlink(target.with_name("symlink")) == str(source)
    for mode in (Mode.COPY, Mode.REFLINK):
        assert not os.path.samefile(source, target.with_name(mode.value))
        assert not target.with_name(mode.value).is_symlink()


@pytest.mark.parametrize("mode", EVERY_MODE)
@pytest.mark.parametrize("taken_by", ["file", "folder", "dangling link"])
def test_nothing_is_ever_replaced(mode: Mode, taken_by: str, source: Path, target: Path, clones: None) -> None:
    if taken_by == "file":
        target.write_bytes(b"somebody's")
    elif taken_by == "folder":
        target.mkdir()
    else:
        target.symlink_to("nowhere")
    before = os.lstat(target)

    with pytest.raises(FileExistsError):
        put(mode, source, target)

    assert os.lstat(target) == before
    assert os.listdir(target.parent) == [target.name]


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_a_photo_that_is_gone(mode: Mode, source: Path, target: Path, clones: None) -> None:
    state = FileState.of(source)
    source.unlink()

    with pytest.raises(PhotoOutOfReach, match="No such file"):
        make(mode, source, target, hashlib.sha256(CONTENT).digest(), state)

    assert os.listdir(target.parent) == []


@pytest.mark.parametrize("sha256", [hashlib.sha256(CONTENT).digest(), None])
@pytest.mark.parametrize("mode", EVERY_MODE)
def test_a_photo_that_has_changed(mode: Mode, sha256: bytes | None, source: Path, target: Path, clones: None) -> None:
    state = FileState.of(source)
    source.chmod(0o640)
    source.write_bytes(CONTENT[::-1])

    with pytest.raises(PhotoOutOfReach, match=r"has changed.*run embedder\.py again"):
        make(mode, source, target, sha256, state)

    assert os.listdir(target.parent) == []


def test_a_photo_that_changes_while_it_is_cloned(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def clone(original: Path, part: Path) -> None:
        shutil.copyfile(original, part)
        os.utime(original)

    monkeypatch.setattr(linking, "clone", clone)

    with pytest.raises(PhotoOutOfReach, match="has changed"):
        put(Mode.REFLINK, source, target)

    assert os.listdir(target.parent) == []


def test_links_go_to_the_photo_itself_where_the_album_holds_a_link(source: Path, target: Path) -> None:
    link = source.with_name("link.jpg")
    link.symlink_to(source.name)

    made = put(Mode.HARDLINK, link, target)

    assert not target.is_symlink()
    assert os.path.samefile(target, source)
    assert is_ours(target, Mode.HARDLINK, link, made.state)


# --- what cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "call", "number", "winerror", "words"),
    [
        (Mode.HARDLINK, "link", errno.EXDEV, None, "IMG 1.jpg and .*Anna are on different drives"),
        (Mode.HARDLINK, "link", errno.EMLINK, None, "IMG 1.jpg has as many hard links"),
        (Mode.HARDLINK, "link", errno.EPERM, None, "Anna: no hard links here"),
        (Mode.HARDLINK, "link", errno.ENOTSUP, None, "Anna: no hard links here"),
        (Mode.HARDLINK, "link", errno.EINVAL, 1, "Anna: no hard links here"),
        (Mode.SYMLINK, "symlink", errno.EPERM, None, "Anna: its drive has no symbolic links"),
        (Mode.SYMLINK, "symlink", errno.ENOSYS, None, "Anna: its drive has no symbolic links"),
        (Mode.SYMLINK, "symlink", errno.EINVAL, 1314, "Anna: .*Developer Mode"),
    ],
)
def test_where_there_are_no_such_links(
    mode: Mode, call: str, number: int, winerror: int | None, words: str,
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with monkeypatch.context() as patch:
        fail(patch, call, number, winerror)
        with pytest.raises(DestinationUnusable, match=rf"{words}.*use --mode copy$") as complaint:
            put(mode, source, target)

    assert "\n" not in str(complaint.value)
    assert os.listdir(target.parent) == []
    assert put(mode, source, target).mode is mode


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT])
@pytest.mark.parametrize(("mode", "call"), [(Mode.HARDLINK, "link"), (Mode.SYMLINK, "symlink")])
def test_trouble_with_the_destination_is_told_as_it_is(
    mode: Mode, call: str, number: int, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, call, number)
    with pytest.raises(OSError, match=os.strerror(number)) as raised:
        put(mode, source, target)
    assert raised.value.filename2 == str(target)


@pytest.fixture
def other_drive(tmp_path: Path) -> Iterator[Path]:
    shm = Path("/dev/shm")
    if not os.access(shm, os.W_OK) or shm.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second file system at /dev/shm")
    folder = Path(tempfile.mkdtemp(dir=shm))
    yield folder
    shutil.rmtree(folder)


def test_another_drive(source: Path, other_drive: Path) -> None:
    with pytest.raises(DestinationUnusable, match="on different drives"):
        put(Mode.HARDLINK, source, other_drive / "IMG 1.jpg")
    assert os.listdir(other_drive) == []
    assert put(Mode.SYMLINK, source, other_drive / "link.jpg").mode is Mode.SYMLINK
    assert put(Mode.REFLINK, source, other_drive / "clone.jpg").mode is Mode.COPY
    assert (other_drive / "link.jpg").read_bytes() == (other_drive / "clone.jpg").read_bytes() == CONTENT


# --- clones -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.EOPNOTSUPP, errno.EXDEV, errno.EINVAL, errno.ENOTTY, errno.EBADF])
def test_a_drive_that_clones_nothing_gets_a_copy_and_says_so(
    number: int, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "ioctl", refuse)

    made = put(Mode.REFLINK, source, target)

    assert made.mode is Mode.COPY
    assert target.read_bytes() == CONTENT
    assert os.listdir(target.parent) == [target.name]


def test_a_clone_that_fails_half_way_leaves_nothing(
    source: Path, target: Path, clones: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        put(Mode.REFLINK, source, target)
    assert os.listdir(target.parent) == []


def test_what_a_killed_run_left_is_no_hindrance(source: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def clone(original: Path, part: Path) -> None:
        with part.open("xb") as new:
            new.write(original.read_bytes())

    monkeypatch.setattr(linking, "clone", clone)
    linking.unfinished_copy(target).write_bytes(b"half")
    assert put(Mode.REFLINK, source, target).mode is Mode.REFLINK
    assert os.listdir(target.parent) == [target.name]


@pytest.mark.skipif(sys.platform != "linux", reason="the call of Linux")
def test_linux_is_asked_to_clone_one_file_into_the_other(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ficlone(new: Any, request: int, original: int) -> None:
        assert request == 0x40049409
        os.sendfile(new.fileno(), original, 0, len(CONTENT))

    monkeypatch.setattr(fcntl, "ioctl", ficlone)
    made = put(Mode.REFLINK, source, target)
    assert made == Made(Mode.REFLINK, FileState.of(source))
    assert target.read_bytes() == CONTENT


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac has its own")
@pytest.mark.parametrize(("number", "mode"), [(0, Mode.REFLINK), (errno.ENOTSUP, Mode.COPY)])
def test_a_mac_is_asked_with_the_names_of_both(
    number: int, mode: Mode, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class System:
        class clonefile:  # noqa: N801
            def __new__(cls, original: bytes, new: bytes, flags: int) -> Any:
                assert flags == 0
                ctypes.set_errno(number)
                if number == 0:
                    shutil.copyfile(original, new)
                return -1 if number else 0

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda _name, use_errno: System)
    assert put(mode=Mode.REFLINK, source=source, target=target).mode is mode
    assert target.read_bytes() == CONTENT


# --- ours, or the user's ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_what_is_gone_or_has_become_a_folder_is_not_ours(mode: Mode, source: Path, target: Path, clones: None) -> None:
    made = put(mode, source, target)
    target.unlink()
    assert not is_ours(target, mode, source, made.state)
    target.mkdir()
    assert not is_ours(target, mode, source, made.state)


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_what_the_user_put_in_its_place_is_not_ours(mode: Mode, source: Path, target: Path, clones: None) -> None:
    made = put(mode, source, target)
    target.unlink()
    target.write_bytes(b"another")
    assert not is_ours(target, mode, source, made.state)


@pytest.mark.parametrize("mode", [Mode.COPY, Mode.REFLINK, Mode.HARDLINK])
def test_a_link_in_the_place_of_a_file_is_not_ours(mode: Mode, source: Path, target: Path, clones: None) -> None:
    made = put(mode, source, target)
    target.unlink()
    target.symlink_to(source)
    assert not is_ours(target, mode, source, made.state)


def test_a_link_to_another_photo_is_not_ours(source: Path, target: Path) -> None:
    made = put(Mode.SYMLINK, source, target)
    target.unlink()
    target.symlink_to(source.with_name("IMG 2.jpg"))
    assert not is_ours(target, Mode.SYMLINK, source, made.state)


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_ours_it_stays_when_the_original_is_gone(mode: Mode, source: Path, target: Path, clones: None) -> None:
    made = put(mode, source, target)
    source.unlink()
    assert is_ours(target, mode, source, made.state)


def test_a_hard_link_stays_ours_when_the_photo_is_edited_in_place(source: Path, target: Path) -> None:
    made = put(Mode.HARDLINK, source, target)
    source.chmod(0o640)
    with source.open("r+b") as file:
        file.write(b"edited")
    os.utime(source)
    assert is_ours(target, Mode.HARDLINK, source, made.state)


def test_a_copy_that_was_edited_is_the_users(source: Path, target: Path) -> None:
    made = put(Mode.COPY, source, target)
    os.utime(target)
    assert not is_ours(target, Mode.COPY, source, made.state)
