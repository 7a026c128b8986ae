"""Which way up: the eight EXIF orientations of one photo are one photo, to the pixel, the box and the vector."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps
from skimage.data import astronaut

from sortbyface.exchange.sidecars import Layout
from sortbyface.faces.face import Face
from sortbyface.models import Models, choose_recipe, load_models
from sortbyface.photos.picture import Picture
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline.looking import find_faces

UPRIGHT = Image.fromarray(astronaut()).crop((0, 0, 512, 400))
ORIENTATIONS = range(1, 9)

_STORE = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
LOSSLESS: dict[str, tuple[str, dict[str, Any]]] = {
    "PNG": ("PNG", {}),
    "TIFF": ("TIFF", {}),
    "TIFF, compressed": ("TIFF", {"compression": "tiff_lzw"}),
    "WebP": ("WEBP", {"lossless": True}),
}


def stored(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels as a camera held that way writes them."""
    turn = _STORE[orientation]
    return upright if turn is None else upright.transpose(turn)


def save(path: Path, orientation: int, format_: str, upright: Image.Image = UPRIGHT, **options: Any) -> Path:
    """A photo of the upright scene; Pillow's own exif_transpose agrees on what is up."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    stored(upright, orientation).save(path, format_, exif=exif, **options)
    with Image.open(path) as image:
        difference = np.asarray(ImageOps.exif_transpose(image), int) - np.asarray(upright)
    assert np.abs(difference).mean() < 4
    return path


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", LOSSLESS)
def test_every_orientation_gives_the_same_pixels(tmp_path: Path, kind: str, orientation: int) -> None:
    format_, options = LOSSLESS[kind]
    picture = read_photo(save(tmp_path / "photo", orientation, format_, **options))
    assert np.array_equal(picture.rgb, np.asarray(UPRIGHT))
    assert (picture.width, picture.height, picture.orientation) == (512, 400, orientation)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("format_", ["JPEG", "AVIF"])
def test_every_orientation_looks_the_same_in_lossy_formats(tmp_path: Path, format_: str, orientation: int) -> None:
    picture = read_photo(save(tmp_path / "photo", orientation, format_, quality=90))
    assert np.abs(picture.rgb.astype(int) - np.asarray(UPRIGHT)).mean() < 4


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("format_", ["JPEG", "TIFF"])
def test_every_orientation_of_a_large_photo_tells_its_upright_size(
    tmp_path: Path, format_: str, orientation: int
) -> None:
    large = UPRIGHT.resize((3072, 2400))
    picture = read_photo(save(tmp_path / "photo", orientation, format_, large))
    assert (picture.width, picture.height, picture.rgb.shape) == (3072, 2400, (1000, 1280, 3))
    small = large.resize((1280, 1000), Image.Resampling.BOX)
    assert np.abs(picture.rgb.astype(int) - np.asarray(small)).mean() < 3


@pytest.fixture(scope="module")
def models() -> Models:
    """MTCNN and dlib's network, with the weights that are always at hand."""
    return load_models(choose_recipe("dlib"))


@pytest.fixture(scope="module")
def upright_faces(models: Models) -> tuple[Face, ...]:
    """Found in pixels that no reader has touched."""
    return find_faces(Picture(np.array(UPRIGHT), np.array(UPRIGHT), 512, 400, 1, None), models)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_every_orientation_gives_the_same_faces(
    tmp_path: Path, models: Models, upright_faces: tuple[Face, ...], kind: str, orientation: int
) -> None:
    faces = find_faces(read_photo(save(tmp_path / "photo", orientation, kind)), models)
    assert len(faces) == len(upright_faces) == 1
    for face, expected in zip(faces, upright_faces, strict=True):
        assert (face.box, face.score) == (expected.box, expected.score)
        assert face.landmarks.tobytes() == expected.landmarks.tobytes()
        assert face.vector.tobytes() == expected.vector.tobytes()


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_that_does_not_exist_is_upright(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    UPRIGHT.save(tmp_path / "photo.png", exif=exif)
    picture = read_photo(tmp_path / "photo.png")
    assert picture.orientation == 1
    assert np.array_equal(picture.rgb, np.asarray(UPRIGHT))


def test_an_orientation_told_by_xmp_alone_counts(tmp_path: Path) -> None:
    """As photo editors write it, and as Pillow understands it."""
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    stored(UPRIGHT, 6).save(tmp_path / "photo.jpg", xmp=xmp, quality=95)
    picture = read_photo(tmp_path / "photo.jpg")
    assert picture.orientation == 6
    assert np.abs(picture.rgb.astype(int) - np.asarray(UPRIGHT)).mean() < 4


@pytest.fixture(scope="module")
def landscape(shared: Path) -> Callable[[int], Picture]:
    """One view, stored in each orientation by cameras' and editors' own means."""
    folder = shared / "data" / "odd-files" / "exif-orientation"
    return lambda orientation: read_photo(folder / f"Landscape_{orientation}.jpg")


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_real_view_looks_the_same_in_every_orientation(landscape: Callable[[int], Picture], orientation: int) -> None:
    """Encoded one by one, and each with its number painted into it: alike, not equal."""
    first, this = landscape(1), landscape(orientation)
    assert this.orientation == orientation
    assert (this.width, this.height) == (first.width, first.height) == (1800, 1200)
    views = [np.asarray(Image.fromarray(picture.rgb).resize((150, 100)), int) for picture in (first, this)]
    assert np.abs(views[0] - views[1]).mean() < 2
    assert np.abs(views[0] - views[1][:, ::-1]).mean() > 20  # what a mistaken turn would look like


def test_a_heic_that_lies_on_its_side_is_turned_once_and_says_so(shared: Path, tmp_path: Path) -> None:
    """As phones write it: turned by the format's own `irot`, with the EXIF orientation of the stored picture beside it.

    A real HEIC whose EXIF says upright is changed to that: `irot` takes the place of a property of no consequence.
    """
    heic = (shared / "data/odd-files/heif/tests/images/heif_other/empty_icc.heic").read_bytes()
    (tmp_path / "stored.heic").write_bytes(heic)
    as_stored, sideways = b"\x01\x12\0\x03\0\0\0\x01\0\x01", b"\x01\x12\0\x03\0\0\0\x01\0\x06"
    if as_stored not in heic:  # little-endian
        as_stored, sideways = b"\x12\x01\x03\0\x01\0\0\0\x01\0", b"\x12\x01\x03\0\x01\0\0\0\x06\0"
    quarter_right = b"irot\x03"
    turned = heic.replace(as_stored, sideways).replace(b"pixi\0", quarter_right, 1)
    assert sideways in turned
    (tmp_path / "sideways.heic").write_bytes(turned)

    upright, picture = read_photo(tmp_path / "stored.heic"), read_photo(tmp_path / "sideways.heic")

    assert (upright.width, upright.height, upright.orientation) == (1025, 900, 1)
    assert (picture.width, picture.height, picture.orientation) == (900, 1025, 6)
    assert np.array_equal(picture.rgb, np.rot90(upright.rgb, -1))
    assert Layout(picture.width, picture.height, picture.orientation).stored_size == (1025, 900)
