"""Faces from the XMP inside a picture, of which no pixel is decoded."""

from pathlib import Path

import pytest
from PIL import ImageFile

from sortbyface.errors import SidecarUnreadable
from sortbyface.exchange.sidecars import read_embedded
from tests.exchange.sidecars.pictures import EVERY_KIND, extended_jpeg, jpeg, packed_png
from tests.exchange.sidecars.samples import BOB, DIGIKAM, LAYOUT, region, sidecar


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_faces_inside_a_picture(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = tmp_path / f"photo.{kind}"
    photo.write_bytes(EVERY_KIND[kind](DIGIKAM))
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decodes pixels"))
    [bob] = read_embedded(photo, LAYOUT)
    assert (bob.name, bob.box) == ("Bob", pytest.approx(BOB.box, abs=0.01))


def test_heic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pi-heif cannot write, so what libheif would give stands in for a file: its padding included."""
    photo = tmp_path / "photo.heic"
    photo.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    given = type("HeifFile", (), {"info": {"xmp": DIGIKAM.encode() + b"\n\0\0"}})()
    monkeypatch.setattr("pi_heif.open_heif", lambda file: given)
    assert [face.name for face in read_embedded(photo, LAYOUT)] == ["Bob"]


def test_a_real_heic(tmp_path: Path, shared: Path) -> None:
    """Its own packet, of which nothing is about faces, is written over by one of the same length."""
    heic = (shared / "data/odd-files/heif/tests/images/heif/L_xmp.heif").read_bytes()
    start, end = heic.index(b"<?xpacket begin"), heic.index(b'<?xpacket end="w"?>')
    photo = tmp_path / "photo.heic"
    photo.write_bytes(heic)
    assert read_embedded(photo, LAYOUT) == []
    photo.write_bytes(heic[:start] + DIGIKAM.split("<?xpacket end")[0].encode().ljust(end - start) + heic[end:])
    assert [face.name for face in read_embedded(photo, LAYOUT)] == ["Bob"]


@pytest.mark.parametrize("content", [b"", b"no picture", jpeg("<a/>"), jpeg("<broken")])
def test_a_file_without_regions(content: bytes, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(content)
    assert read_embedded(photo, LAYOUT) == []


def test_extended_xmp_whose_parts_do_not_match_is_passed_over(tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(extended_jpeg(DIGIKAM).replace(b'"Bob"', b'"Eve"'))
    assert read_embedded(photo, LAYOUT) == []


@pytest.mark.parametrize("content", [jpeg(DIGIKAM[:-200]), packed_png(DIGIKAM).replace(b"\x78\x9c", b"\x78\x00")])
def test_damaged_regions(content: bytes, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(content)
    with pytest.raises(SidecarUnreadable, match=r"photo.jpg: the face regions inside it cannot be read \("):
        read_embedded(photo, LAYOUT)


def test_a_picture_of_two_hundred_megapixels(tmp_path: Path) -> None:
    """Pillow's own `open` refuses it; here only its head is read, so only that is made up."""
    whole = jpeg(sidecar(region(0.325, 0.25, 0.15, 0.1)))
    at = whole.index(b"\xff\xc0") + 5
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(whole[:at] + (12_240).to_bytes(2, "big") + (16_320).to_bytes(2, "big") + whole[at + 4 :])
    assert [face.name for face in read_embedded(photo, LAYOUT)] == ["Bob"]
