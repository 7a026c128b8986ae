"""A sidecar is replaced whole or not at all, and never when it is not one."""

import os
import stat
from pathlib import Path

import pytest

from sortbyface.errors import DestinationUnusable, SidecarUnreadable
from sortbyface.exchange.sidecars import read_sidecar, write_sidecar
from tests.exchange.sidecars.samples import ADA, EVERY_PROGRAM, LAYOUT, sidecar


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return tmp_path / "photo.jpg"


@pytest.fixture
def path(photo: Path) -> Path:
    return photo.with_name("photo.jpg.xmp")


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, b"<x:xmpmeta", b"<html/>", EVERY_PROGRAM["digikam"].encode()[:900]]
)
def test_what_cannot_be_parsed_is_never_touched(content: bytes, photo: Path, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(SidecarUnreadable, match=r"photo.jpg.xmp is not a readable XMP sidecar \(.+mend it, or move it"):
        write_sidecar(photo, [ADA])
    assert path.read_bytes() == content
    assert os.listdir(path.parent) == [path.name]


def test_permissions_stay_and_a_link_stays_one(photo: Path, path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "real.xmp"
    real.write_text(sidecar(), encoding="utf-8")
    real.chmod(0o640)
    path.symlink_to(real)
    write_sidecar(photo, [ADA])
    assert path.is_symlink()
    assert [face.name for face in read_sidecar(real, LAYOUT)] == ["Ada"]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize("failing", ["fsync", "replace", "link"])
def test_a_full_disk_leaves_what_was_there(
    failing: str, photo: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if failing == "link":  # how a new file gets its name; where links fail, it is renamed
        monkeypatch.setattr(os, "rename", full)
    else:
        path.write_text(sidecar(), encoding="utf-8")
    before = path.read_bytes() if path.exists() else None
    monkeypatch.setattr(os, failing, full)
    with pytest.raises(DestinationUnusable, match=r"photo.jpg.xmp cannot be written: No space left on device; "):
        write_sidecar(photo, [ADA])
    assert (path.read_bytes() if path.exists() else None) == before
    assert os.listdir(path.parent) == ([] if before is None else [path.name])


def test_what_another_program_writes_meanwhile_is_not_lost(
    photo: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(sidecar(), encoding="utf-8")
    flush = os.fsync

    def somebody_else_writes(file: int) -> None:
        flush(file)
        path.write_text(EVERY_PROGRAM["digikam"], encoding="utf-8")

    monkeypatch.setattr(os, "fsync", somebody_else_writes)
    with pytest.raises(DestinationUnusable, match="another program changed it meanwhile; run this again"):
        write_sidecar(photo, [ADA])
    assert path.read_text(encoding="utf-8") == EVERY_PROGRAM["digikam"]
