"""The convolutional detector, against dlib's own."""

from functools import cache
from pathlib import Path

import cv2
import dlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import RGBImage
from sortbyface.faces.detectors import cnn
from sortbyface.faces.detectors.cnn import CnnDetector
from sortbyface.faces.face import Box, Detection
from sortbyface.networks.weights import packaged_dlib_file
from sortbyface.photos.reading import read_photo
from tests.conftest import Album

PIXELS, SCORE = 1, 0.005
"""By how much a side and a score may differ from dlib's: where a side lies halfway, rounding decides."""

SHARED_PHOTOS = [
    "few-people/examples/obama-480p.jpg",
    "few-people/examples/two_people.jpg",
    "few-people/tests/test_images/obama_partial_face2.jpg",
    "dlib-faces/examples/faces/2008_001009.jpg",
    "dlib-faces/examples/faces/2008_002506.jpg",
]


def small(photo: Path, longest: int) -> RGBImage:
    rgb = read_photo(photo).rgb
    scale = min(1, longest / max(rgb.shape[:2]))
    shrunk = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, dtype=np.uint8)


@cache
def dlib_network() -> dlib.cnn_face_detection_model_v1:
    return dlib.cnn_face_detection_model_v1(str(packaged_dlib_file("mmod_human_face_detector.dat")))


def found_by_dlib(rgb: RGBImage, upsample: int) -> np.ndarray:
    """(n, 5): left, top, right, bottom, score; the best first."""
    faces = dlib_network()(rgb, upsample)
    rows = [(r.left(), r.top(), r.right() + 1, r.bottom() + 1, f.confidence) for f in faces for r in [f.rect]]
    return np.array(rows).reshape(-1, 5)


def found(rgb: RGBImage, upsample: int = 0) -> np.ndarray:
    return np.array([(*f.box, f.score) for f in CnnDetector().detect(rgb, 80 / 2**upsample)]).reshape(-1, 5)


def assert_same(ours: np.ndarray, theirs: np.ndarray) -> None:
    """The same faces; in the same order, but for those whose scores are alike."""
    assert ours.shape == theirs.shape
    assert (np.diff(ours[:, 4]) <= 0).all()
    left = list(theirs)
    for face in ours:
        distances = [np.abs(face[:4] - other[:4]).max() for other in left]
        nearest = left.pop(int(np.argmin(distances)))
        assert min(distances) <= PIXELS
        assert abs(face[4] - nearest[4]) <= SCORE


def test_faces_in_the_album_are_those_of_dlib(album: Album) -> None:
    count = 0
    for path in sorted(path for path in album.folder.rglob("*") if path.is_file()):
        rgb = small(path, 360)
        theirs = found_by_dlib(rgb, 0)
        assert_same(found(rgb), theirs)
        count += len(theirs)
    assert count >= 12


@pytest.mark.parametrize("upsample", [1, 2])
def test_faces_in_an_enlarged_picture_are_those_of_dlib(upsample: int, album: Album) -> None:
    """They are too small for the detector without that."""
    rgb = small(album.folder / "together" / "meeting.jpg", 640 >> upsample)
    theirs = found_by_dlib(rgb, upsample)
    assert len(theirs) > len(found(rgb, upsample - 1))
    assert_same(found(rgb, upsample), theirs)


@pytest.mark.parametrize("upsample", [0, 1])
@pytest.mark.parametrize("name", SHARED_PHOTOS)
def test_faces_in_other_photos_are_those_of_dlib(name: str, upsample: int, shared: Path) -> None:
    rgb = small(shared / "data" / name, 500 >> upsample)
    theirs = found_by_dlib(rgb, upsample)
    assert len(theirs) > 0
    assert_same(found(rgb, upsample), theirs)


def test_a_crowd_is_found_as_by_dlib(shared: Path) -> None:
    """Men side by side, whose windows overlap."""
    rgb = small(shared / "data" / "dlib-faces/examples/faces/bald_guys.jpg", 800)
    theirs = found_by_dlib(rgb, 0)
    assert len(theirs) > 15
    assert_same(found(rgb), theirs)


@pytest.mark.parametrize(
    ("right", "down", "faces"), [(49, 0, 1), (51, 0, 2), (0, 49, 1), (0, 51, 2), (26, 26, 1), (28, 28, 2)]
)
def test_two_faces_may_overlap_by_a_third_of_what_is_around_both(right: int, down: int, faces: int) -> None:
    """dlib's measure: the smallest box around both, where intersection over union has the union of both."""
    _, options = cnn._network()
    two = [Detection(Box(0, 0, 100, 100), 1.0), Detection(Box(right, down, right + 100, down + 100), 0.5)]
    assert cnn._without_overlaps(two, options) == two[:faces]


@pytest.mark.parametrize("cells", [150, 700, 2500])
def test_bands_leave_no_seam(cells: int, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large picture is shown to the network in parts, for the sake of memory."""
    rgb = small(album.folder / "together" / "meeting.jpg", 400)
    at_once = found(rgb)
    monkeypatch.setattr(cnn, "_CELLS_AT_A_TIME", cells)
    assert len(at_once) > 0
    np.testing.assert_allclose(found(rgb), at_once, rtol=0, atol=1e-4)


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (3, 500), (500, 3), (5, 7), (40, 30)])
@pytest.mark.parametrize("upsample", [0, 1])
def test_where_there_is_nothing_to_see(shape: tuple[int, int], upsample: int) -> None:
    """dlib itself fails, or crashes, on some of these."""
    assert CnnDetector().detect(np.full((*shape, 3), 128, dtype=np.uint8), 80 / 2**upsample) == []


def test_scenery_shows_nobody(album: Album) -> None:
    assert CnnDetector().detect(read_photo(album.folder / "scenery" / "temple.jpg").rgb) == []
    assert CnnDetector().detect(read_photo(album.folder / "scenery" / "flower.jpg").rgb) == []


def test_the_picture_is_left_as_it_is(album: Album) -> None:
    rgb = small(album.folder / "portraits" / "C" / "closer.png", 300)
    rgb.setflags(write=False)
    assert len(found(rgb)) == len(found(rgb[:, ::-1])) == 1


@pytest.mark.parametrize("size", [(101, 37), (97, 300), (200, 301), (2, 1), (1, 5)])
def test_pictures_are_scaled_as_by_dlib(size: tuple[int, int]) -> None:
    gray = np.random.default_rng(3).uniform(0, 255, (120, 150)).astype(np.float32)
    ours = np.empty((*size, 1), dtype=np.float32)
    cnn._resize(gray[..., np.newaxis], ours)
    theirs = np.asarray(dlib.resize_image(gray, *size))
    np.testing.assert_allclose(ours[..., 0], theirs, rtol=0, atol=0.1)


@settings(max_examples=200, deadline=None)
@given(height=st.integers(20, 3000), width=st.integers(20, 3000))
def test_copies_do_not_touch(height: int, width: int) -> None:
    """Nor do they reach into the margin; what is left out is too small to show a face."""
    tiles = cnn._tiles(height, width)
    assert tiles[0] == (11, 11, height, width)
    assert tiles[-1].height < 80 or tiles[-1].width < 80
    for number, one in enumerate(tiles):
        assert one.left >= 11
        assert one.left + one.width <= 11 + width
        assert one.top >= 11
        for other in tiles[:number]:
            beside = max(one.left - other.left - other.width, other.left - one.left - one.width)
            above = max(one.top - other.top - other.height, other.top - one.top - one.height)
            assert max(beside, above) >= 0
