"""Reading one photo: every format, pixel kind, name and size gives the picture that a person would see."""

import shutil
import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import ExifTags, Image
from skimage.data import astronaut

from sortbyface.errors import PhotoOutOfReach
from sortbyface.photos.reading import read_photo

ASTRONAUT = Image.fromarray(astronaut()).crop((0, 0, 512, 400))


def unlike(seen: npt.NDArray[np.uint8], expected: Image.Image) -> float:
    """How many levels of 255 two pictures are apart, on average."""
    return float(np.abs(seen.astype(int) - np.asarray(expected.convert("RGB"))).mean())


@pytest.mark.parametrize(
    ("format_", "options", "apart"),
    [
        ("PNG", {}, 0),
        ("TIFF", {}, 0),
        ("TIFF", {"compression": "tiff_lzw"}, 0),
        ("BMP", {}, 0),
        ("WEBP", {"lossless": True}, 0),
        ("WEBP", {"quality": 90}, 4),
        ("JPEG", {"quality": 90}, 4),
        ("JPEG", {"quality": 90, "progressive": True}, 4),
        ("TIFF", {"compression": "jpeg"}, 6),
        ("AVIF", {"quality": 90}, 4),
        ("GIF", {}, 12),
    ],
)
def test_every_format_gives_its_pixels(tmp_path: Path, format_: str, options: dict[str, Any], apart: float) -> None:
    photo = tmp_path / "photo"
    ASTRONAUT.save(photo, format_, **options)
    picture = read_photo(photo)
    assert unlike(picture.rgb, ASTRONAUT) <= apart
    assert (picture.rgb.dtype, picture.rgb.flags.c_contiguous) == (np.uint8, True)
    assert (picture.width, picture.height, picture.orientation, picture.scale) == (512, 400, 1, 1.0)


@pytest.mark.parametrize(
    ("heif", "original"),
    [
        *((f"{mode}_8", f"{mode}_8") for mode in ("L", "LA", "RGB", "RGBA")),
        *((f"{mode}_{bits}", f"{mode}_16") for mode in ("RGB", "RGBA") for bits in (10, 12)),
        *((f"L_{bits}", "L_8") for bits in (10, 12)),
    ],
)
def test_heif_gives_the_pixels_that_were_put_in(shared: Path, heif: str, original: str) -> None:
    """The same pattern, as others encoded it; of 10 and 12 bits, too."""
    images = shared / "data" / "odd-files" / "heif" / "tests" / "images"
    with Image.open(images / "non_heif" / f"{original}__128x128.png") as image:
        expected = Image.new("RGBA", image.size, "white")
        expected.alpha_composite(image.convert("RGBA"))
    assert unlike(read_photo(images / "heif" / f"{heif}__128x128.heif").rgb, expected) < 2


@pytest.mark.parametrize(
    ("format_", "name"),
    [("PNG", "a.jpg"), ("JPEG", "a.heic"), ("JPEG", "a.cr2"), ("WEBP", "a.png"), ("GIF", "a.tif"), ("AVIF", "a.jpg")],
)
def test_what_a_photo_is_called_does_not_matter(tmp_path: Path, format_: str, name: str) -> None:
    ASTRONAUT.save(tmp_path / name, format_)
    assert unlike(read_photo(tmp_path / name).rgb, ASTRONAUT) < 12


def test_a_heic_called_jpg_is_read(shared: Path, tmp_path: Path) -> None:
    """As messengers and cloud drives leave them."""
    heic = shared / "data" / "odd-files" / "heif" / "tests" / "images" / "heif" / "zPug_3.heic"
    shutil.copy(heic, tmp_path / "photo.jpg")
    photo = read_photo(tmp_path / "photo.jpg")
    assert np.array_equal(photo.rgb, read_photo(heic).rgb)
    assert photo.rgb.std() > 20


RAMP = np.linspace(0, 1, 256, dtype=np.float32)[np.newaxis].repeat(16, 0)
"""From black to white in 256 steps."""


@pytest.mark.parametrize(
    "values",
    [
        pytest.param((RAMP * 255).astype(np.uint8), id="L"),
        pytest.param((RAMP * 65535).astype(np.uint16), id="I;16"),
        pytest.param((RAMP * 65535).astype(np.int32), id="I, 16 bits"),
        pytest.param((RAMP * 0.999 * 2**31).astype(np.int32), id="I, 31 bits"),
        pytest.param(RAMP, id="F to 1"),
        pytest.param(RAMP * 1.02, id="F a little over 1, as resampling leaves it"),
        pytest.param(RAMP * 255, id="F to 255"),
        pytest.param(np.where(RAMP > 0, RAMP, np.nan), id="F, not a number"),
    ],
)
def test_a_deep_gray_image_keeps_its_shades(tmp_path: Path, values: npt.NDArray[Any]) -> None:
    Image.fromarray(values).save(tmp_path / "scan.tif")
    seen = read_photo(tmp_path / "scan.tif").rgb.astype(int)
    assert np.abs(seen - np.arange(256)[np.newaxis, :, np.newaxis]).max() <= 6


def test_a_16_bit_png_keeps_its_shades(tmp_path: Path) -> None:
    Image.fromarray((RAMP * 65535).astype(np.uint16)).save(tmp_path / "scan.png")
    assert np.abs(read_photo(tmp_path / "scan.png").rgb[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def halves(mode: str, left: Any, right: Any, size: tuple[int, int]) -> Image.Image:
    image = Image.new(mode, size, left)
    image.paste(right, (size[0] // 2, 0, *size))
    return image


def see_through_palette(size: tuple[int, int]) -> Image.Image:
    image = halves("P", 0, 1, size)
    image.putpalette([0, 0, 0, 200, 40, 40])
    image.info["transparency"] = 0
    return image


WHITE, BLACK, GRAY, RED = (255,) * 3, (0,) * 3, (99,) * 3, (200, 40, 40)


@pytest.mark.parametrize("size", [(64, 16), (6000, 40)], ids=["small", "large"])
@pytest.mark.parametrize(
    ("make", "format_", "left", "right"),
    [
        pytest.param(lambda size: halves("1", 0, 1, size), "PNG", BLACK, WHITE, id="1"),
        pytest.param(lambda size: halves("L", 0, 99, size), "PNG", BLACK, GRAY, id="L"),
        pytest.param(lambda size: halves("LA", (0, 0), (99, 255), size), "PNG", WHITE, GRAY, id="LA"),
        pytest.param(lambda size: halves("RGBA", (9, 9, 9, 0), (*RED, 255), size), "PNG", WHITE, RED, id="RGBA"),
        pytest.param(lambda size: halves("RGBA", (0, 0, 0, 128), RED, size), "TIFF", (127,) * 3, RED, id="half clear"),
        pytest.param(see_through_palette, "PNG", WHITE, RED, id="P, see-through"),
        pytest.param(see_through_palette, "GIF", WHITE, RED, id="GIF, see-through"),
        pytest.param(lambda size: halves("CMYK", (0,) * 4, (55, 215, 215, 0), size), "TIFF", WHITE, RED, id="CMYK"),
        pytest.param(
            lambda size: halves("CMYK", (0,) * 4, (55, 215, 215, 0), size), "JPEG", WHITE, RED, id="CMYK JPEG"
        ),
        pytest.param(lambda size: halves("I;16", 0, 25443, size), "PNG", BLACK, GRAY, id="I;16"),
    ],
)
def test_every_kind_of_pixel_comes_as_rgb(
    tmp_path: Path, make: Any, format_: str, left: tuple[int, ...], right: tuple[int, ...], size: tuple[int, int]
) -> None:
    """What is see-through becomes white. Large images take another way, being averaged down first."""
    make(size).save(tmp_path / "photo", format_)
    rgb = read_photo(tmp_path / "photo").rgb.astype(int)
    middle, width = rgb.shape[0] // 2, rgb.shape[1]
    assert np.abs(rgb[middle, width // 4] - left).max() <= 4
    assert np.abs(rgb[middle, width * 3 // 4] - right).max() <= 4


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG", "TIFF", "MPO"])
def test_the_first_of_several_frames_is_read(tmp_path: Path, format_: str) -> None:
    first, *rest = (Image.new("RGB", (64, 48), colour) for colour in ("red", "lime", "blue"))
    first.save(tmp_path / "moving", format_, save_all=True, append_images=rest)
    with Image.open(tmp_path / "moving") as moving:
        assert getattr(moving, "n_frames", 1) == 3
    assert unlike(read_photo(tmp_path / "moving").rgb, first) < 2


@pytest.mark.parametrize("format_", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(4000, 3125), (3000, 3840), (1281, 1001), (5500, 4297)], ids=str)
def test_a_large_photo_comes_at_the_working_scale(tmp_path: Path, size: tuple[int, int], format_: str) -> None:
    photo = ASTRONAUT.resize(size)
    photo.save(tmp_path / "photo", format_, quality=90, compress_level=1)
    picture = read_photo(tmp_path / "photo")
    height, width = picture.rgb.shape[:2]
    assert max(width, height) == 1280
    assert (picture.width, picture.height, picture.scale) == (*size, pytest.approx(max(size) / 1280))
    assert (width * picture.scale, height * picture.scale) == pytest.approx(size, abs=picture.scale)
    assert unlike(picture.rgb, photo.resize((width, height), Image.Resampling.BOX)) < 3


@pytest.mark.parametrize(("size", "expected"), [((1280, 800), (800, 1280)), ((20000, 1), (1, 1280)), ((1, 1), (1, 1))])
def test_extreme_shapes_are_pictures_too(tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]) -> None:
    Image.new("RGB", size, "red").save(tmp_path / "photo.png")
    picture = read_photo(tmp_path / "photo.png")
    assert picture.rgb.shape == (*expected, 3)
    assert (picture.width, picture.height) == size


def test_the_working_scale_can_be_chosen(tmp_path: Path) -> None:
    ASTRONAUT.save(tmp_path / "photo.jpg")
    picture = read_photo(tmp_path / "photo.jpg", lambda _longer_side: 100)
    assert (picture.rgb.shape, picture.width, picture.scale) == ((78, 100, 3), 512, 5.12)


def jpeg_with(tmp_path: Path, exif: bytes | Image.Exif) -> Path:
    ASTRONAUT.save(tmp_path / "photo.jpg", exif=exif)
    return tmp_path / "photo.jpg"


@pytest.mark.parametrize(
    ("told", "taken_at"),
    [
        ("2019:07:14 18:03:22", "2019-07-14T18:03:22"),
        ("2019:07:14 18:03:22\0\0", "2019-07-14T18:03:22"),
        ("    :  :     :  :  ", None),
        ("0000:00:00 00:00:00", None),  # a camera whose clock was never set
        ("2019:13:45 99:99:99", None),
        ("yesterday", None),
        (20190714, None),
    ],
)
def test_when_the_photo_was_taken(tmp_path: Path, told: str | int, taken_at: str | None) -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = told
    assert read_photo(jpeg_with(tmp_path, exif)).taken_at == taken_at


def test_when_a_photo_was_changed_is_not_when_it_was_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.DateTime] = "2024:01:01 00:00:00"
    assert read_photo(jpeg_with(tmp_path, exif)).taken_at is None


EXIF_START = b"Exif\0\0II*\0\x08\0\0\0"
BROKEN_EXIF = {
    "junk": b"Exif\0\0" + b"\x07" * 40,
    "no directory": b"Exif\0\0II*\0",
    "points beyond its end": b"Exif\0\0II*\0\xff\xff\xff\x7f",
    "counts more than there is": EXIF_START + b"\x0f\x27",
    "an enormous text": EXIF_START + struct.pack("<HHHIII", 1, ExifTags.Base.ImageDescription, 2, 2**31 - 1, 8, 0),
    "a loop": EXIF_START + struct.pack("<HHHIII", 1, ExifTags.IFD.Exif, 4, 1, 8, 0),
}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF", "ignore:Tag data larger")
@pytest.mark.parametrize("exif", BROKEN_EXIF.values(), ids=BROKEN_EXIF)
def test_broken_exif_does_not_lose_the_photo(tmp_path: Path, exif: bytes) -> None:
    picture = read_photo(jpeg_with(tmp_path, exif))
    assert (picture.orientation, picture.taken_at) == (1, None)
    assert unlike(picture.rgb, ASTRONAUT) < 4


def test_broken_exif_makes_no_noise(tmp_path: Path) -> None:
    """Pillow's warnings name no file and show a line of its code: nothing for a user's terminal."""
    photo = jpeg_with(tmp_path, BROKEN_EXIF["points beyond its end"])
    with warnings.catch_warnings(record=True) as noise:
        warnings.simplefilter("always")
        read_photo(photo)
    assert [str(warning.message) for warning in noise] == []


def test_a_photo_that_cannot_be_opened_is_out_of_reach(tmp_path: Path) -> None:
    (tmp_path / "folder.jpg").mkdir()
    for name in ("missing.jpg", "folder.jpg", "missing/a.jpg"):
        with pytest.raises(PhotoOutOfReach, match=r"^[^\n]+$"):
            read_photo(tmp_path / name)


def test_reading_changes_nothing(tmp_path: Path) -> None:
    photo = jpeg_with(tmp_path, b"")
    before = photo.read_bytes(), photo.stat().st_mtime_ns
    read_photo(photo)
    assert (photo.read_bytes(), photo.stat().st_mtime_ns) == before


def test_a_picture_can_be_had_sharper(tmp_path: Path) -> None:
    """A JPEG is decoded at half its size for a start; the photo itself is the limit."""
    ASTRONAUT.resize((4000, 3125)).save(tmp_path / "photo.jpg", quality=90)
    picture = read_photo(tmp_path / "photo.jpg")
    assert picture.sharp.shape == (1563, 2000, 3)

    assert picture.sharpened(1).sharp is picture.sharp
    for factor in (1.2, 2, 100):
        sharpened = picture.sharpened(factor)
        assert sharpened.sharp.shape == (3125, 4000, 3)
        assert (sharpened.scale, sharpened.zoom) == (picture.scale, 3.125)
        assert sharpened.rgb is picture.rgb


def test_a_photo_that_is_gone_cannot_be_had_sharper(tmp_path: Path) -> None:
    ASTRONAUT.resize((4000, 3125)).save(tmp_path / "photo.jpg", quality=90)
    picture = read_photo(tmp_path / "photo.jpg")
    (tmp_path / "photo.jpg").unlink()

    with pytest.raises(PhotoOutOfReach):
        picture.sharpened(2)
