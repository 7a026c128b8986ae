"""The MTCNN detector, against the package `mtcnn` whose weights it runs on."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from mtcnn.mtcnn import MTCNN
from mtcnn.stages import stage_pnet
from mtcnn.utils import bboxes
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.errors import ModelUnusable
from sortbyface.faces.detectors import mtcnn
from sortbyface.faces.detectors.mtcnn import MtcnnDetector
from sortbyface.faces.face import Detection
from sortbyface.networks import engine
from sortbyface.networks.mtcnn import ONET, PNET, RNET, packaged_mtcnn_weights
from sortbyface.networks.network import Network
from tests.conftest import Album

TOLERANCE = 0.05
"""Pixels. One would do; what is more than rounding is another algorithm."""

FROM_SHARED = [
    "few-people/examples/two_people.jpg",
    "few-people/examples/obama-720p.jpg",
    "few-people/examples/obama2.jpg",
    "few-people/examples/knn_examples/test/obama_and_biden.jpg",
    "dlib-faces/examples/faces/bald_guys.jpg",
    "dlib-faces/examples/faces/2007_007763.jpg",
    "dlib-faces/examples/faces/2008_002079.jpg",
    "lfw-group-photos/images/2002_07_25_big_img_1029.jpg",
    "lfw-group-photos/images/2002_11_01_big_img_851.jpg",  # nearly a face; a face within a face
    "lfw-group-photos/images/2003_03_20_big_img_560.jpg",
    "lfw-group-photos/images/2003_05_22_big_img_226.jpg",
    "lfw-group-photos/images/2003_05_23_big_img_249.jpg",  # a face at the edge
]


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    MtcnnDetector().prepare()


@pytest.fixture(scope="module")
def package() -> Iterator[MTCNN]:
    """The package, without two of its faults.

    Where the smallest face is larger than 20 pixels, its pyramid ends in pictures that are smaller than a window,
    whereupon it finds nothing at all. And which of several likelihoods of exactly 1 comes first is up to the sorting
    that NumPy uses on this processor.
    """

    def without_tiny(width: int, height: int, **settings: float) -> npt.NDArray[np.float64]:
        scales: npt.NDArray[np.float64] = build(width, height, **settings)
        return scales[(min(width, height) * scales).astype(int) >= 12]

    def stable(tensor: npt.NDArray[np.float64], scores: npt.NDArray[np.float64], ascending: bool = True) -> object:
        return tensor[np.argsort(scores, kind="stable")[:: 1 if ascending else -1]]

    build = stage_pnet.build_scale_pyramid
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage_pnet, "build_scale_pyramid", without_tiny)
        patch.setattr(bboxes, "sort_by_scores", stable)
        yield MTCNN()


def photo(path: Path) -> RGBImage:
    with Image.open(path) as image:
        image.thumbnail((1280, 1280))
        return np.asarray(image.convert("RGB"))


def numbers(faces: list[Detection]) -> npt.NDArray[np.float64]:
    """Left, top, right, bottom, five x, five y of each."""
    return np.array([[*f.box, *f.landmarks.T.ravel()] for f in faces if f.landmarks is not None]).reshape(-1, 14)


def assert_like_the_package(package: MTCNN, rgb: RGBImage, smallest_face: int) -> int:
    """Gives the number of faces."""
    expected = package.detect_faces(rgb, min_face_size=smallest_face, output_type="numpy", box_format="xyxy")
    faces = MtcnnDetector().detect(rgb, smallest_face)
    if len(expected) == 0:  # it has fewer columns then
        assert faces == []
        return 0
    np.testing.assert_allclose(numbers(faces), expected[:, [*range(1, 5), *range(6, 16)]], rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose([face.score for face in faces], expected[:, 5], rtol=0, atol=1e-3)
    assert [face.score for face in faces] == sorted((face.score for face in faces), reverse=True)
    return len(faces)


@pytest.mark.parametrize("smallest_face", [20, 40])
def test_faces_are_those_of_the_package(package: MTCNN, album: Album, smallest_face: int) -> None:
    photos = sorted(path for path in album.folder.rglob("*") if path.is_file())

    faces = [assert_like_the_package(package, photo(path), smallest_face) for path in photos]

    assert sum(faces) >= 14, "portraits and a meeting: their faces are there to be compared"


@pytest.mark.parametrize("name", FROM_SHARED)
def test_faces_are_those_of_the_package_in_more_photos(package: MTCNN, shared: Path, name: str) -> None:
    rgb = photo(shared / "data" / name)

    assert sum(assert_like_the_package(package, rgb, smallest_face) for smallest_face in (20, 40)) > 0


@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_a_face_that_the_edge_cuts(package: MTCNN, album: Album, side: str) -> None:
    rgb = photo(album.folder / "portraits/H/original.jpg")
    (face,) = MtcnnDetector().detect(rgb)
    left, top, right, bottom = (round(number) for number in face.box)
    tenth = (right - left) // 10
    cut = {
        "left": rgb[:, left + tenth :],
        "top": rgb[top + tenth :],
        "right": rgb[:, : right - tenth],
        "bottom": rgb[: bottom - tenth],
    }

    assert assert_like_the_package(package, cut[side], 40) == 1

    (face,) = MtcnnDetector().detect(cut[side])
    height, width = cut[side].shape[:2]
    edge = {"left": 0, "top": 0, "right": width - 1, "bottom": height - 1}
    assert getattr(face.box, side) == pytest.approx(edge[side], abs=tenth / 2)


def test_what_is_nearly_a_face(package: MTCNN, album: Album) -> None:
    """The last network gives this one 0.7 to 0.8."""
    rgb = photo(album.folder / "portraits/C/upside down.jpg")
    small = np.asarray(cv2.resize(rgb, None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA), dtype=np.uint8)

    assert assert_like_the_package(package, small, 20) == 0


def test_landmarks_are_where_they_should_be(album: Album) -> None:
    (face,) = MtcnnDetector().detect(photo(album.folder / "portraits/H/original.jpg"))

    assert face.landmarks is not None
    assert face.landmarks.shape == (5, 2)
    assert face.landmarks.dtype == np.float32
    eye, other_eye, nose, mouth, other_mouth = face.landmarks
    assert eye[0] < nose[0] < other_eye[0]
    assert mouth[0] < other_mouth[0]
    assert max(eye[1], other_eye[1]) < nose[1] < min(mouth[1], other_mouth[1])
    left, top, right, bottom = face.box
    assert ((face.landmarks > (left, top)) & (face.landmarks < (right, bottom))).all()


def test_a_small_face_is_found_by_who_looks_for_small_ones(album: Album) -> None:
    rgb = photo(album.folder / "portraits/H/original.jpg")
    (face,) = MtcnnDetector().detect(rgb)
    scale = 16 / (face.box.bottom - face.box.top)
    small = cv2.copyMakeBorder(
        cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), *[150] * 4, cv2.BORDER_REPLICATE
    )

    assert MtcnnDetector().detect(small, 40) == []
    (found,) = MtcnnDetector().detect(small, 20)
    shift = np.array([150.0] * 4)
    np.testing.assert_allclose(found.box, np.array(face.box.scaled(scale)) + shift, rtol=0, atol=2)


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (11, 500), (12, 12), (13, 300), (30, 30), (800, 600)])
@pytest.mark.parametrize("smallest_face", [20, 40])
def test_where_there_is_nothing_to_see(shape: tuple[int, int], smallest_face: int) -> None:
    assert MtcnnDetector().detect(np.full((*shape, 3), 128, dtype=np.uint8), smallest_face) == []


def test_a_result_depends_on_nothing_but_the_picture(album: Album) -> None:
    rgb, another = (photo(album.folder / name) for name in ("together/meeting.jpg", "portraits/C/closer.png"))
    first = numbers(MtcnnDetector().detect(rgb))
    MtcnnDetector().detect(another)

    assert np.array_equal(numbers(MtcnnDetector().detect(rgb.copy())), first)
    assert np.array_equal(numbers(MtcnnDetector().detect(np.asfortranarray(rgb))), first)


def test_few_patches_at_a_time_change_nothing(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = photo(album.folder / "together/meeting.jpg")
    expected = numbers(MtcnnDetector().detect(rgb))
    assert len(expected) > 1

    monkeypatch.setattr(mtcnn, "_PATCHES_AT_A_TIME", 1)

    np.testing.assert_allclose(numbers(MtcnnDetector().detect(rgb)), expected, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("height", [12, 13, 137, 138, 139, 140, 266, 267, 268, 300, 301])
def test_strips_of_a_picture_show_what_the_whole_picture_shows(height: int) -> None:
    """A strip has 64 rows of windows, 138 rows of pixels; the next one begins 128 below it."""
    pixels = np.random.default_rng(height).integers(0, 256, (height, 40, 3)).astype(np.float32)

    sides, likely = mtcnn._windows(pixels)

    whole_sides, likelihoods = mtcnn._engine(PNET).outputs(pixels[np.newaxis])
    np.testing.assert_allclose(sides, whole_sides[0], rtol=0, atol=1e-5)
    np.testing.assert_allclose(likely, likelihoods[0, ..., 1], rtol=0, atol=1e-5)


def test_it_looks_closer_where_it_sees_none_or_small_ones_only(album: Album) -> None:
    """Alone, a face of 18 pixels is found; beside a large one it is somebody in the background."""
    large = photo(album.folder / "portraits" / "C" / "original.jpg")
    (face,) = MtcnnDetector().detect(large)
    small = cv2.resize(
        large, None, fx=18 / mtcnn._side(face.box), fy=18 / mtcnn._side(face.box), interpolation=cv2.INTER_AREA
    )
    alone = cv2.copyMakeBorder(small, *[100] * 4, cv2.BORDER_REPLICATE)
    beside = np.zeros((large.shape[0], large.shape[1] + 300, 3), dtype=np.uint8)
    beside[:, : large.shape[1]] = large
    beside[: small.shape[0], -small.shape[1] :] = small

    assert [len(MtcnnDetector().detect(alone, size)) for size in (40, 20, None)] == [0, 1, 1]
    assert [len(MtcnnDetector().detect(beside, size)) for size in (40, 20, None)] == [1, 2, 1]


def test_a_closer_look_finds_what_a_close_one_finds_from_the_start(album: Album) -> None:
    crowd = cv2.resize(
        photo(album.folder / "together/meeting.jpg"), None, fx=0.15, fy=0.15, interpolation=cv2.INTER_AREA
    )
    expected = MtcnnDetector().detect(crowd, 20)
    found = MtcnnDetector().detect(crowd)

    assert len(found) == len(expected) > len(MtcnnDetector().detect(crowd, 40))
    assert all(max(face.box.overlap(other.box) for other in found) > 0.7 for face in expected)


def test_networks_that_were_not_made_ready(tmp_path: Path, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "cache_folder", lambda: tmp_path)
    mtcnn._engine.cache_clear()
    with pytest.raises(ModelUnusable, match="run embedder"):
        MtcnnDetector().detect(photo(album.folder / "together/meeting.jpg"))


@pytest.mark.parametrize("network", [PNET, RNET, ONET], ids=lambda network: network.name)
def test_a_weights_file_that_was_not_published_is_not_read(network: Network, tmp_path: Path) -> None:
    data = bytearray(packaged_mtcnn_weights(network).read_bytes())
    data[len(data) // 2] ^= 1
    another = packaged_mtcnn_weights(PNET if network is RNET else RNET).read_bytes()
    for content in (b"", bytes(data), another):
        (tmp_path / "weights.lz4").write_bytes(content)
        with pytest.raises(ModelUnusable, match="not the published file"):
            network.build(tmp_path / "weights.lz4")


def test_without_the_package_the_user_is_told_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelUnusable, match="pip install mtcnn"):
        MtcnnDetector().prepare()
