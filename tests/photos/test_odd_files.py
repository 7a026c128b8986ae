"""Files that are not what they should be: each is read, or refused with a reason, in bounded time and memory."""

import io
import json
import os
import signal
import struct
import subprocess
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from skimage.data import astronaut

import sortbyface
from sortbyface.errors import PhotoOutOfReach, PhotoUnreadable
from sortbyface.photos.reading import read_photo

ASTRONAUT = Image.fromarray(astronaut()).crop((100, 0, 356, 200))
FORMATS = ["JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF", "AVIF"]


def encoded(format_: str, **options: Any) -> bytes:
    file = io.BytesIO()
    ASTRONAUT.save(file, format_, **options)
    return file.getvalue()


def reason(photo: Path) -> str:
    """Why a photo is not readable, in one line."""
    with pytest.raises(PhotoUnreadable) as refused:
        read_photo(photo)
    assert not isinstance(refused.value, PhotoOutOfReach)
    assert str(refused.value).isprintable()
    return str(refused.value)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("format_", FORMATS)
def test_a_cut_photo_is_unreadable(tmp_path: Path, format_: str, kept: float) -> None:
    content = encoded(format_)
    (tmp_path / "photo.jpg").write_bytes(content[: int(len(content) * kept)])
    assert reason(tmp_path / "photo.jpg")


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
def test_a_cut_photo_is_called_damaged(tmp_path: Path, format_: str) -> None:
    (tmp_path / "photo.jpg").write_bytes(encoded(format_)[:-5000])
    assert reason(tmp_path / "photo.jpg").startswith("damaged: ")


@pytest.mark.parametrize("name", ["photo.jpg", "photo.heic", "photo.nef"])
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b"\0" * 5000, "not an image, whatever its name says"),
        (b"Dear diary,\nno photo today.\n" * 50, "not an image, whatever its name says"),
        (b"<html><title>404 Not Found</title></html>", "not an image, whatever its name says"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not an image, whatever its name says"),
    ],
    ids=["empty", "zeros", "text", "web page", "program"],
)
def test_what_is_no_photo_is_unreadable(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert reason(tmp_path / name) == why


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may read everything")
def test_a_photo_that_may_not_be_read_is_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(encoded("PNG"))
    (tmp_path / "photo.png").chmod(0)
    with pytest.raises(PhotoOutOfReach, match=r"^Permission denied$"):
        read_photo(tmp_path / "photo.png")


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


HUGE = 60_000
BOMBS = {
    "PNG": b"\x89PNG\r\n\x1a\n"
    + png_chunk(b"IHDR", struct.pack(">IIBBBBB", HUGE, HUGE, 8, 2, 0, 0, 0))
    + png_chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    + png_chunk(b"IEND", b""),
    "GIF": b"GIF89a" + struct.pack("<HHBBB", HUGE, HUGE, 0x80, 0, 0) + b"\0" * 6
    + b"," + struct.pack("<HHHHB", 0, 0, HUGE, HUGE, 0) + b"\x02\x02\x44\x01\0;",
    "BMP": b"BM" + struct.pack("<IIIIiiHHIIiiII", 1000, 0, 54, 40, HUGE, HUGE, 1, 24, 0, 0, 1, 1, 0, 0) + b"\0" * 946,
    "JPEG": encoded("JPEG").replace(b"\x00\x11\x08" + struct.pack(">HH", 200, 256),
                                    b"\x00\x11\x08" + struct.pack(">HH", HUGE, HUGE)),
    "TIFF": encoded("TIFF").replace(struct.pack("<HHII", 256, 4, 1, 256), struct.pack("<HHII", 256, 4, 1, HUGE))
    .replace(struct.pack("<HHII", 257, 4, 1, 200), struct.pack("<HHII", 257, 4, 1, HUGE)),
}  # fmt: skip


@pytest.mark.parametrize("format_", BOMBS)
def test_a_decompression_bomb_is_refused_with_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    """Pillow's own limit, which belongs to whoever uses Pillow besides us, is as it was, after success and failure."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 12345)
    (tmp_path / "bomb.jpg").write_bytes(BOMBS[format_])
    (tmp_path / "photo.jpg").write_bytes(encoded("JPEG"))
    assert "60,000 x 60,000 pixels" in reason(tmp_path / "bomb.jpg")
    assert Image.MAX_IMAGE_PIXELS == 12345
    assert read_photo(tmp_path / "photo.jpg").width == 256
    assert Image.MAX_IMAGE_PIXELS == 12345


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(FORMATS), st.data())
def test_whatever_the_bytes_are_a_photo_is_read_or_unreadable(
    tmp_path_factory: pytest.TempPathFactory, format_: str, data: st.DataObject
) -> None:
    photo = tmp_path_factory.getbasetemp() / "fuzzed.jpg"
    content = bytearray(encoded(format_))
    for place in data.draw(st.lists(st.integers(0, min(len(content), 2000) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    photo.write_bytes(content)
    try:
        seen = str(read_photo(photo).rgb.ndim)
    except PhotoUnreadable as error:
        seen = str(error)
    assert seen
    assert seen.isprintable()


CHILD = """
import json, resource, signal, sys, time
from pathlib import Path
from sortbyface.errors import PhotoUnreadable
from sortbyface.photos.reading import read_photo

def peak():
    return next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))

resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
for name in json.load(sys.stdin):
    signal.alarm(20)
    try:
        read_photo(Path(name))
        ended, reason = "done", ""
    except PhotoUnreadable as error:
        ended, reason = "unreadable", str(error)
    except BaseException as error:
        ended, reason = "escaped", repr(error)
    signal.alarm(0)
    print(json.dumps([name, ended, reason, peak()]), flush=True)
"""
"""Reads photos one after the other. The alarm's signal ends it, and the list of results, where one takes 20 seconds."""

LITTLE_MEMORY = 1_500_000_000


@dataclass(frozen=True)
class Reading:
    """How the reading of one file ended, in a process of its own."""

    path: Path
    ended: str
    reason: str
    peak: int
    """Bytes of memory, at most, so far in the process."""


def read_in_a_child(paths: list[Path]) -> list[Reading]:
    """In order; the child must outlive them all."""
    house = Path(sortbyface.__file__).parents[1]
    names = json.dumps(list(map(str, paths)))
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=names, capture_output=True, text=True, cwd=house, check=False
    )
    readings = [Reading(Path(name), *rest) for name, *rest in map(json.loads, done.stdout.splitlines())]
    if len(readings) < len(paths):
        why = signal.Signals(-done.returncode).name if done.returncode < 0 else done.stderr
        pytest.fail(f"{paths[len(readings)]} ended the process: {why}")
    return readings


linux = pytest.mark.skipif(sys.platform != "linux", reason="the memory's peak is read from Linux's /proc")


@pytest.fixture(scope="module")
def odd_readings(shared: Path) -> list[Reading]:
    """Every file that once broke an image reader, and every text beside them, read."""
    return read_in_a_child(sorted(path for path in (shared / "data" / "odd-files").rglob("*") if path.is_file()))


@linux
def test_every_odd_file_is_read_or_refused_in_one_line(odd_readings: list[Reading]) -> None:
    assert [reading for reading in odd_readings if reading.ended == "escaped"] == []
    refused = [reading for reading in odd_readings if reading.ended == "unreadable"]
    assert [reading for reading in refused if not reading.reason or not reading.reason.isprintable()] == []


@linux
def test_no_odd_file_takes_much_memory(odd_readings: list[Reading]) -> None:
    assert [reading for reading in odd_readings if reading.peak > LITTLE_MEMORY][:1] == []


@linux
def test_most_odd_files_are_read_and_the_good_ones_wholly(odd_readings: list[Reading]) -> None:
    ends = Counter(reading.ended for reading in odd_readings)
    assert ends["done"] >= 600
    assert ends["unreadable"] >= 40
    good = [reading for reading in odd_readings if reading.path.parent.name in ("heif", "non_heif")]
    assert len(good) >= 40
    assert {reading.path.name for reading in good if reading.ended != "done"} <= {"LICENSE.txt"}


@linux
@pytest.mark.parametrize(
    ("mode", "name", "side"),
    [
        ("P", "photo.png", 14_000),
        ("1", "photo.png", 14_000),
        ("I;16", "photo.png", 14_000),
        ("RGBA", "photo.png", 14_000),
        ("RGB", "photo.tif", 12_000),
        ("RGB", "photo.webp", 8_900),
    ],
)
def test_the_largest_photos_that_are_opened_take_little_memory(tmp_path: Path, mode: str, name: str, side: int) -> None:
    """The TIFF lies on its side, and has to be turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    options: dict[str, Any] = {".png": {"compress_level": 1}, ".tif": {"exif": exif}, ".webp": {"method": 0}}
    Image.new(mode, (side, side)).save(tmp_path / name, **options[Path(name).suffix])
    (reading,) = read_in_a_child([tmp_path / name])
    assert (reading.ended, reading.peak < LITTLE_MEMORY) == ("done", True), reading


@linux
@pytest.mark.parametrize("name", ["film.jpg", "film.cr2"])
def test_a_large_file_that_is_no_photo_takes_little_memory(tmp_path: Path, name: str) -> None:
    """Two gigabytes, of which the disk holds none."""
    with (tmp_path / name).open("wb") as file:
        file.write(b"\x1aE\xdf\xa3 a film")
        file.truncate(2 << 30)
    (reading,) = read_in_a_child([tmp_path / name])
    assert (reading.ended, reading.peak < LITTLE_MEMORY) == ("unreadable", True), reading
    assert reading.reason == "not an image, whatever its name says"
