"""A library on a network drive: the user is warned, and it works all the same."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from sortbyface.library import Library
from sortbyface.library.network_folder import network_file_system

Mount = Callable[..., None]


@pytest.fixture
def mount(monkeypatch: pytest.MonkeyPatch) -> Mount:
    """mount((folder, kind), …): these, on a disk of this computer."""

    def pretend(*mounts: tuple[Path | str, str]) -> None:
        listed = [("/", "ext4"), *mounts]
        partitions = [SimpleNamespace(mountpoint=str(place), fstype=kind, opts="rw") for place, kind in listed]
        monkeypatch.setattr(psutil, "disk_partitions", lambda all=False: partitions if all else partitions[:1])

    return pretend


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "SMBFS", "afpfs", "webdav", "fuse.sshfs", "fuse.rclone", "9p"]
)
def test_network_drives_are_told(mount: Mount, tmp_path: Path, kind: str) -> None:
    mount((tmp_path, kind), (tmp_path / "local", "ext4"))

    assert network_file_system(tmp_path / "library.sqlite") is not None
    assert network_file_system(tmp_path / "not yet" / "library.sqlite") is not None
    assert network_file_system(tmp_path / "local" / "library.sqlite") is None
    assert network_file_system(tmp_path.parent / "library.sqlite") is None
    assert network_file_system(tmp_path.parent / f"{tmp_path.name}2" / "library.sqlite") is None


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "apfs", "ntfs", "exfat", "overlay", "tmpfs", "fuseblk", "zfs", ""])
def test_disks_of_this_computer_are_not(mount: Mount, tmp_path: Path, kind: str) -> None:
    mount((tmp_path, kind))
    assert network_file_system(tmp_path / "library.sqlite") is None


def test_of_two_mounts_on_one_folder_the_last_one_shows(mount: Mount, tmp_path: Path) -> None:
    mount((tmp_path, "autofs"), (tmp_path, "nfs4"))
    assert network_file_system(tmp_path / "library.sqlite") == "nfs4"


def test_a_link_is_followed(mount: Mount, tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    mount((tmp_path / "share", "cifs"))
    assert network_file_system(tmp_path / "link" / "library.sqlite") == "cifs"


def test_where_mounts_cannot_be_listed_nothing_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(psutil, "disk_partitions", lambda all=False: [])
    assert network_file_system(tmp_path) is None


def test_one_line_and_no_shared_memory(mount: Mount, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A library that was last open on a disk of this computer, write-ahead log and all, works there too."""
    file = tmp_path / "library.sqlite"
    with Library.opened(file, create=True) as library:
        library.photos.root_of(tmp_path)
    mount((tmp_path, "nfs4"))

    with Library.opened(file) as library:
        assert library.photos.roots() == {tmp_path}
        library.photos.root_of(tmp_path.parent)
        assert not {path.name for path in tmp_path.iterdir()} & {"library.sqlite-wal", "library.sqlite-shm"}
    (words,) = caplog.messages
    assert words.startswith(f"{file} is on a network drive (nfs4)")
    assert "--library" in words
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"

    caplog.clear()
    mount()
    with Library.opened(file), closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert not caplog.messages
