"""Faces cut out for people to look at: the right one, upright, square, and not taller than it was."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from skimage.data import astronaut

from sortbyface.errors import PhotoUnreadable
from sortbyface.faces import thumbnails
from sortbyface.faces.face import Box
from sortbyface.faces.thumbnails import read_thumbnails, thumbnail
from tests.photos.test_orientation import ORIENTATIONS, save

FACE = Box(170, 60, 280, 200)
"""Of the astronaut, whose nose is in the middle of it."""


def scene(width: int, height: int, face: Box) -> np.ndarray:
    """Grey, with a red face."""
    rgb = np.full((height, width, 3), 128, dtype=np.uint8)
    left, top, right, bottom = map(round, face)
    rgb[max(0, top) : bottom, max(0, left) : right] = (255, 0, 0)
    return rgb


def red(rgb: np.ndarray) -> np.ndarray:
    return np.asarray((rgb[..., 0] > 190) & (rgb[..., 1] < 64))


@pytest.mark.parametrize("side", [20, 60, 96, 200, 701])
def test_the_face_is_in_the_middle_with_a_margin(side: int) -> None:
    face = Box(800, 900, 800 + side, 900 + side)
    tile = thumbnail(scene(2000, 1900, face), face, 96)
    assert tile.shape == (96, 96, 3)
    rows, columns = np.nonzero(red(tile))
    for places in (rows, columns):
        before, after = places.min(), 95 - places.max()
        assert abs(before - after) <= 3
        assert 96 * 0.10 < before < 96 * 0.20


@pytest.mark.parametrize(("width", "height"), [(40, 80), (80, 40)])
def test_proportions_are_kept(width: int, height: int) -> None:
    face = Box(300, 300, 300 + width, 300 + height)
    rows, columns = np.nonzero(red(thumbnail(scene(900, 800, face), face, 96)))
    assert np.ptp(columns) / np.ptp(rows) == pytest.approx(width / height, rel=0.1)


@pytest.mark.parametrize(
    "face",
    [
        Box(0, 0, 90, 90),
        Box(410, 310, 500, 400),
        Box(-30, 200, 60, 290),
        Box(450, -40, 540, 60),
        Box(100, 340, 200, 440),
        Box(0, 0, 500, 400),
        Box(-200, -200, 700, 600),
        Box(900, 900, 950, 950),
        Box(100, 100, 100.2, 100.1),
    ],
)
def test_a_face_at_the_edge_is_cut_from_the_picture_alone(face: Box) -> None:
    """There is no black in the picture, so there is none in the tile."""
    picture = np.random.default_rng(0).integers(100, 256, (400, 500, 3), dtype=np.uint8)
    tile = thumbnail(cv2.GaussianBlur(picture, (0, 0), 3), face, 96)
    assert tile.shape == (96, 96, 3)
    assert tile.min() >= 90


def test_a_face_at_the_edge_is_whole() -> None:
    face = Box(420, 0, 500, 80)
    rows, columns = np.nonzero(red(thumbnail(scene(500, 400, face), face, 96)))
    assert (rows.min(), columns.max()) == (0, 95)
    assert np.ptp(rows) == pytest.approx(96 / 1.4, abs=2)
    assert np.ptp(columns) == pytest.approx(96 / 1.4, abs=2)


def test_fine_detail_becomes_its_mean_and_no_pattern() -> None:
    """Sampling every tenth pixel of a checkerboard would give black, white, or a pattern of both."""
    board = (np.indices((1400, 1400)).sum(axis=0) % 2 * 255).astype(np.uint8)
    tile = thumbnail(np.stack([board] * 3, axis=2), Box(200, 200, 1163, 1163), 96)
    assert np.ptp(tile) <= 16
    assert tile.mean() == pytest.approx(127.5, abs=2)


# --- from files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_faces_stand_upright_however_the_camera_was_held(tmp_path: Path, orientation: int) -> None:
    upright = Image.fromarray(astronaut()).crop((0, 0, 512, 400))
    photo = save(tmp_path / "photo.png", orientation, "PNG")
    (tile,) = read_thumbnails(photo, 512, [FACE], 96)
    assert np.array_equal(tile, thumbnail(np.asarray(upright), FACE, 96))


def test_a_large_photo_gives_what_its_pixels_would_give(tmp_path: Path) -> None:
    """Though it is decoded small: a JPEG at an eighth, others averaged down."""
    large = Image.fromarray(astronaut()).crop((0, 0, 512, 400)).resize((5120, 4000), Image.Resampling.BICUBIC)
    expected = thumbnail(np.asarray(large), FACE.scaled(10), 96).astype(int)
    for name in ("photo.jpg", "photo.bmp"):
        large.save(tmp_path / name, quality=95)
        (tile,) = read_thumbnails(tmp_path / name, 5120, [FACE.scaled(10)], 96)
        assert np.abs(tile - expected).mean() < 4, name


def test_the_smallest_face_decides_how_large_the_photo_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = thumbnails.read_photo
    monkeypatch.setattr(thumbnails, "read_photo", lambda path, side: asked.append(side(3000)) or read(path, side))
    Image.new("RGB", (3000, 2000)).save(tmp_path / "photo.jpg")
    large, small, tiny = Box(0, 0, 960, 960), Box(0, 0, 192, 192), Box(0, 0, 5, 5)
    for faces in ([large], [large, small, large], [large, tiny]):
        assert read_thumbnails(tmp_path / "photo.jpg", 3000, faces, 96).shape == (len(faces), 96, 96, 3)
    assert asked == [300, 1500, 4096], "each photo once, and none larger than fits"


def test_boxes_are_in_the_pixels_that_the_photo_was_looked_at_in(tmp_path: Path) -> None:
    """A RAW file's preview may be of another size than the photo that it stands for."""
    face = Box(300, 100, 400, 200)
    Image.fromarray(scene(800, 600, face)).save(tmp_path / "preview.png")
    (tile,) = read_thumbnails(tmp_path / "preview.png", 3200, [face.scaled(4)], 96)
    assert np.array_equal(tile, thumbnail(scene(800, 600, face), face, 96))


@pytest.mark.parametrize("content", [None, b"", b"no image"])
def test_a_photo_that_cannot_be_read(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "photo.jpg").write_bytes(content)
    with pytest.raises(PhotoUnreadable):
        read_thumbnails(tmp_path / "photo.jpg", 512, [FACE], 96)
