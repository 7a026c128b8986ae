"""Faces from Picasa's hidden file."""

from pathlib import Path

import pytest

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars import Layout, PicasaFolder, read_picasa

LAYOUT = Layout(65535, 65535)
INI = """[Picasa]
name=Holidays
[IMG_0001.JPG]
rotate=rotate(1)
faces=rect64(10002000300040ff),8e62398ebda8c1a5;rect64(9000a000b000c000),ffffffffffffffff
backuphash=31337
[img_0002.jpg]
faces=rect64(20003000400),a1b2c3d4
[Contacts2]
8e62398ebda8c1a5=Zoë  Łukasik;;
a1b2c3d4=Ada;ada@example.org;
"""


def read(folder: Path, content: str | bytes) -> PicasaFolder:
    path = folder / ".picasa.ini"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_picasa(path)


def test_faces_and_names(tmp_path: Path) -> None:
    folder = read(tmp_path, INI)
    zoe, nobody = folder.faces_of("IMG_0001.JPG", LAYOUT)
    assert (zoe.name, zoe.box) == ("Zoë Łukasik", pytest.approx((0x1000, 0x2000, 0x3000, 0x40FF)))
    assert (nobody.name, nobody.box) == ("", pytest.approx((0x9000, 0xA000, 0xB000, 0xC000)))


def test_leading_zeros_are_dropped_and_case_of_file_names_too(tmp_path: Path) -> None:
    [ada] = read(tmp_path, INI).faces_of("IMG_0002.JPG", LAYOUT)
    assert (ada.name, ada.box) == ("Ada", pytest.approx((0, 0x200, 0x300, 0x400), abs=1e-6))


def test_rectangles_are_of_the_stored_picture_but_for_raw_files(tmp_path: Path) -> None:
    folder = read(tmp_path, INI.replace("img_0002.jpg", "IMG_0003.NEF").replace("20003000400", "0000000080004000"))
    sideways = Layout(400, 600, 6)
    [raw] = folder.faces_of("IMG_0003.NEF", sideways)
    assert raw.box == pytest.approx((0, 0, 200, 150), abs=0.02)
    [jpeg] = read(tmp_path, INI.replace("20003000400", "0000000080004000")).faces_of("img_0002.jpg", sideways)
    assert jpeg.box == pytest.approx((300, 0, 400, 300), abs=0.02)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    assert read(tmp_path, INI.encode(encoding)).names["8e62398ebda8c1a5"] == "Zoë Łukasik"


def test_older_files_are_as_windows_was_set(tmp_path: Path) -> None:
    content = INI.replace("Łukasik", "Lukasik").encode("cp1252").replace(b"\n", b"\r\n")
    assert read(tmp_path, content).names["8e62398ebda8c1a5"] == "Zoë Lukasik"


def test_accounts_of_the_older_contacts_are_no_names(tmp_path: Path) -> None:
    folder = read(tmp_path, "[Contacts]\nab=joedoe_lh,4bd750800fb6a6b8\ncd=Ada Lovelace\n")
    assert dict(folder.names) == {"00000000000000cd": "Ada Lovelace"}


def test_a_photo_that_is_listed_twice_has_the_faces_of_both(tmp_path: Path) -> None:
    first, second = "rect64(10002000300040ff),1", "rect64(9000a000b000c000),2"
    content = f"[a.jpg]\nfaces={first}\n[b.jpg]\n[a.jpg]\nfaces={first};{second}\n"
    assert len(read(tmp_path, content).faces_of("a.jpg", LAYOUT)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "faces",
        "faces=",
        "faces=rect64(),1;rect64(xyz),2;rect64(12345678901234567),3",
        "faces=rect64(4000200010003000),1",
        "faces=rect64(1000200010004000),1",
        "[faces=rect64(10002000300040ff),1",
        "=\0\x1b[",
        "\ufeff;;;;",
    ],
)
def test_lines_that_make_no_sense(line: str, tmp_path: Path) -> None:
    folder = read(tmp_path, f"[a.jpg]\n{line}\nfaces=rect64(9000a000b000c000),2\n")
    assert len(folder.faces_of("a.jpg", LAYOUT)) == 1


def test_no_file_knows_nobody(tmp_path: Path) -> None:
    assert read_picasa(tmp_path / ".picasa.ini").faces_of("a.jpg", LAYOUT) == []


def test_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / ".picasa.ini").mkdir()
    with pytest.raises(SidecarUnreadable, match=r"\.picasa\.ini is not Picasa's \(not a regular file\)"):
        read_picasa(tmp_path / ".picasa.ini")
