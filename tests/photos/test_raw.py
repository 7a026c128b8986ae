"""Camera RAW files: what is read of them, and which way up. The files are DNGs, which dng.py writes."""

from pathlib import Path

import numpy as np
import pytest
import rawpy
from dng import RGB, camera_jpeg, dng
from PIL import ExifTags, Image, ImageOps

from sortbyface.errors import PhotoUnreadable
from sortbyface.photos.reading import read_photo


def quarters(width: int, height: int) -> RGB:
    """Red, green / blue, white: looks different from whichever side it is seen, and in a mirror."""
    rgb = np.full((height, width, 3), 255, np.uint8)
    rgb[: height // 2, : width // 2] = (255, 0, 0)
    rgb[: height // 2, width // 2 :] = (0, 255, 0)
    rgb[height // 2 :, : width // 2] = (0, 0, 255)
    return rgb


SENSOR, PREVIEW = quarters(480, 320), quarters(240, 160)
ORIENTATIONS = range(1, 9)


def turned(rgb: RGB, orientation: int) -> RGB:
    """Pillow's own opinion of which way is up."""
    image = Image.fromarray(rgb)
    image.getexif()[ExifTags.Base.Orientation] = orientation
    return np.asarray(ImageOps.exif_transpose(image))


def assert_alike(seen: RGB, expected: RGB) -> None:
    assert seen.shape == expected.shape
    assert np.abs(seen.astype(int) - expected).mean() < 4


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Where the test's one file goes."""
    return tmp_path / "photo.dng"


def test_libraw_sees_a_camera_file_with_its_preview(photo: Path) -> None:
    """The oracle is a true one: LibRaw finds the Bayer mosaic and hands out the very JPEG that was put in."""
    preview = camera_jpeg(PREVIEW)
    photo.write_bytes(dng(SENSOR, preview))
    with rawpy.imread(str(photo)) as raw:
        assert (raw.sizes.width, raw.sizes.height, raw.raw_type) == (480, 320, rawpy.RawType.Flat)
        assert raw.color_desc == b"RGBG"
        assert raw.extract_thumb().data == preview


def test_the_preview_is_what_is_read(photo: Path) -> None:
    face = PREVIEW[::-1]  # not what the sensor saw, so that the two cannot be confused
    photo.write_bytes(dng(SENSOR, camera_jpeg(face)))
    picture = read_photo(photo)
    assert_alike(picture.rgb, face)
    assert (picture.width, picture.height, picture.orientation) == (240, 160, 1)


def test_the_larger_of_two_previews_is_read(photo: Path) -> None:
    photo.write_bytes(dng(SENSOR, camera_jpeg(PREVIEW), thumbnail=quarters(24, 16)))
    assert_alike(read_photo(photo).rgb, PREVIEW)


def test_a_large_preview_comes_at_the_working_scale(photo: Path) -> None:
    photo.write_bytes(dng(SENSOR, camera_jpeg(quarters(3000, 2000)), orientation=6))
    picture = read_photo(photo)
    assert (picture.width, picture.height) == (2000, 3000)
    assert_alike(picture.rgb, turned(quarters(1280, 853), 6))


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_previews_own_orientation_is_honoured(photo: Path, orientation: int) -> None:
    photo.write_bytes(dng(SENSOR, camera_jpeg(PREVIEW, orientation)))
    assert_alike(read_photo(photo).rgb, turned(PREVIEW, orientation))


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_files_orientation_holds_where_the_preview_names_none(photo: Path, orientation: int) -> None:
    photo.write_bytes(dng(SENSOR, camera_jpeg(PREVIEW), orientation=orientation))
    picture = read_photo(photo)
    assert_alike(picture.rgb, turned(PREVIEW, orientation))
    assert picture.orientation == orientation


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_an_orientation_named_twice_is_honoured_once(photo: Path, orientation: int) -> None:
    photo.write_bytes(dng(SENSOR, camera_jpeg(PREVIEW, orientation), orientation=orientation))
    assert_alike(read_photo(photo).rgb, turned(PREVIEW, orientation))


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_without_a_preview_the_sensor_is_developed(photo: Path, orientation: int) -> None:
    """At half size, which is all that is needed to see faces."""
    photo.write_bytes(dng(SENSOR, orientation=orientation))
    assert_alike(read_photo(photo).rgb, turned(quarters(240, 160), orientation))


def test_a_developed_photo_tells_its_full_size(photo: Path) -> None:
    photo.write_bytes(dng(SENSOR, orientation=6))
    picture = read_photo(photo)
    assert (picture.width, picture.height) == (320, 480)
    assert picture.scale == pytest.approx(480 / max(picture.rgb.shape))


def test_a_thumbnail_is_not_taken_for_the_photo(photo: Path) -> None:
    """Phones' DNGs hold a thumbnail of at most 256 pixels and no preview: too few to find a face in."""
    photo.write_bytes(dng(SENSOR, thumbnail=quarters(24, 16)))
    assert_alike(read_photo(photo).rgb, quarters(240, 160))


def test_a_damaged_preview_is_made_up_for_by_the_sensor(photo: Path) -> None:
    preview = camera_jpeg(PREVIEW)
    photo.write_bytes(dng(SENSOR, preview[:300].ljust(len(preview), b"\0")))
    assert_alike(read_photo(photo).rgb, quarters(240, 160))


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif", "photo.nef", "photo"])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(dng(SENSOR, orientation=6), id="no preview"),
        pytest.param(dng(SENSOR, camera_jpeg(PREVIEW), orientation=6), id="preview"),
        pytest.param(dng(SENSOR, camera_jpeg(PREVIEW), quarters(24, 16), orientation=6), id="preview and thumbnail"),
    ],
)
def test_a_raw_file_by_another_name_is_read_the_same(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert_alike(read_photo(tmp_path / name).rgb, turned(PREVIEW, 6))


@pytest.mark.parametrize("extension", ["dng", "cr3", "arw"])
@pytest.mark.parametrize("format_", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_an_ordinary_photo_called_raw_is_read(tmp_path: Path, format_: str, extension: str) -> None:
    photo = tmp_path / f"photo.{extension}"
    Image.fromarray(PREVIEW).save(photo, format_)
    assert_alike(read_photo(photo).rgb, PREVIEW)


def test_a_cut_preview_is_unreadable(photo: Path) -> None:
    """LibRaw gives a preview its full length, and what the file lacks is what lay in memory: the photo before it."""
    noise = np.random.default_rng(1).integers(0, 255, (160, 240, 3), np.uint8)
    whole, cut = dng(SENSOR, camera_jpeg(PREVIEW)), dng(SENSOR, camera_jpeg(noise))
    cut = cut[: cut.index(b"\xff\xd8\xff") + len(camera_jpeg(noise)) - 10_000]
    for _ in range(20):
        photo.write_bytes(whole)
        read_photo(photo)
        photo.write_bytes(cut)
        with pytest.raises(PhotoUnreadable, match=r"^damaged"):
            read_photo(photo)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
def test_a_cut_sensor_is_unreadable(photo: Path, kept: float) -> None:
    content = dng(SENSOR)
    photo.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(PhotoUnreadable, match=r"^damaged"):  # and not "not an image": it is a DNG, as its name says
        read_photo(photo)


def test_a_cut_sensor_does_no_harm_behind_a_whole_preview(photo: Path) -> None:
    photo.write_bytes(dng(SENSOR, camera_jpeg(PREVIEW))[:-1000])
    assert_alike(read_photo(photo).rgb, PREVIEW)


@pytest.mark.parametrize("content", [dng(SENSOR), dng(SENSOR, camera_jpeg(PREVIEW))], ids=["no preview", "preview"])
def test_wherever_a_raw_file_is_cut_it_is_read_right_or_refused(photo: Path, content: bytes) -> None:
    refused = 0
    for length in range(0, len(content), len(content) // 60):
        photo.write_bytes(content[:length])
        try:
            picture = read_photo(photo)
        except PhotoUnreadable:
            refused += 1
        else:
            assert_alike(picture.rgb, PREVIEW)
    assert refused > 0


def test_a_sensor_too_large_for_memory_is_refused(photo: Path) -> None:
    """The directory is all that needs to lie: no camera has 60,000 rows of 60,000 pixels."""
    wide, high = ((tag).to_bytes(2, "little") + b"\x04\x00\x01\x00\x00\x00" for tag in (256, 257))
    huge = (60_000).to_bytes(4, "little")
    content = dng(SENSOR)
    content = content.replace(wide + (480).to_bytes(4, "little"), wide + huge)
    content = content.replace(high + (320).to_bytes(4, "little"), high + huge)
    photo.write_bytes(content)
    with pytest.raises(PhotoUnreadable, match="big"):
        read_photo(photo)
