"""Chips: faces upright, centred, and of one size."""

import cv2
import dlib
import numpy as np
import pytest
from PIL import Image

from sortbyface.arrays import Points, RGBImage
from sortbyface.embedders import EMBEDDERS
from sortbyface.faces.alignment import LandmarkTemplate, OutlineTemplate, Placed, Template, cut_chips
from sortbyface.faces.detectors.mtcnn import MtcnnDetector
from sortbyface.faces.landmarks import landmarks_of, roll
from tests.conftest import Album

TEMPLATES = sorted({embedder.template for embedder in EMBEDDERS.values()}, key=str)


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    MtcnnDetector().prepare()


def hopper(album: Album) -> RGBImage:
    with Image.open(album.folder / "portraits" / "H" / "original.jpg") as image:
        return np.asarray(image.convert("RGB"))


def turned(rgb: RGBImage, degrees: float) -> RGBImage:
    height, width = rgb.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(rgb, turn, (width, height)), dtype=np.uint8)


def placed(rgb: RGBImage) -> Placed:
    (face,) = MtcnnDetector().detect(rgb)
    assert face.frame is not None
    return Placed(landmarks_of(rgb, face.frame), face.box)


def eyes_and_nose(landmarks: Points) -> tuple[Points, Points, Points]:
    return landmarks[:2].mean(axis=0), landmarks[2:4].mean(axis=0), landmarks[4]


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
@pytest.mark.parametrize("degrees", [0, -12, 12])
def test_the_eyes_are_level_and_in_one_place(album: Album, template: Template, degrees: float) -> None:
    """The landmarks found anew in the chip lie where they do in the chip of the upright face."""
    places = []
    for rgb in (hopper(album), turned(hopper(album), degrees)):
        (chip,) = cut_chips(rgb, [placed(rgb)], template)
        assert chip.shape == (template.size, template.size, 3)
        places.append(placed(cv2.resize(chip, (300, 300))).landmarks)
    assert np.abs(places[0] - places[1]).max() < 12
    right_eye, left_eye, nose = eyes_and_nose(places[1])
    assert abs(right_eye[1] - left_eye[1]) < 10
    assert left_eye[0] < nose[0] < right_eye[0]
    assert nose[1] > right_eye[1]


@pytest.mark.parametrize("size", [900, 300, 150])
def test_landmark_chips_are_those_of_dlib(album: Album, size: int) -> None:
    """Of faces larger and smaller than the chip; dlib is given the same landmarks, which it wants as whole numbers."""
    rgb = hopper(album)
    rgb = cv2.resize(rgb, None, fx=size / rgb.shape[1], fy=size / rgb.shape[1], interpolation=cv2.INTER_AREA)
    face = placed(rgb)
    landmarks = np.round(face.landmarks)
    parts = dlib.full_object_detection(dlib.rectangle(0, 0, 9, 9), [dlib.point(*map(int, p)) for p in landmarks])
    expected = dlib.get_face_chip(rgb, parts, 150, 0.25)

    (chip,) = cut_chips(rgb, [face._replace(landmarks=landmarks)], LandmarkTemplate(150, 0.25))

    inner = (slice(20, 130), slice(20, 130))
    assert np.abs(chip.astype(int) - expected)[inner].mean() < 4


def test_an_outline_fills_the_chip_but_for_the_margin(album: Album) -> None:
    rgb = hopper(album)
    face = placed(rgb)
    left, top, right, bottom = face.outline
    level = face._replace(landmarks=np.array([[3, 1], [2, 1], [0, 1], [1, 1], [1.5, 2]], dtype=np.float32))

    (chip,) = cut_chips(rgb, [level], OutlineTemplate(160, 0.1))

    margin = 0.1 * face.outline.side
    area = [round(side) for side in (left - margin, top - margin, right + margin, bottom + margin)]
    expected = Image.fromarray(rgb).crop(tuple(area)).resize((160, 160), Image.Resampling.BILINEAR)
    assert np.abs(chip.astype(int) - np.asarray(expected)).mean() < 6


def test_a_mirrored_face_has_mirrored_landmarks(album: Album) -> None:
    rgb = hopper(album)
    (face,) = MtcnnDetector().detect(rgb)
    assert face.frame is not None
    width = rgb.shape[1]
    frame = face.frame._replace(left=width - face.frame.right, right=width - face.frame.left)

    there = landmarks_of(rgb, face.frame)
    here = landmarks_of(np.ascontiguousarray(rgb[:, ::-1]), frame)[[2, 3, 0, 1, 4]]
    here[:, 0] = width - 1 - here[:, 0]

    np.testing.assert_allclose(here, there, rtol=0, atol=1.5)


@pytest.mark.parametrize("degrees", [-20, 0, 20])
def test_roll_is_how_far_a_face_is_tilted(album: Album, degrees: float) -> None:
    upright, tilted = (placed(rgb).landmarks for rgb in (hopper(album), turned(hopper(album), degrees)))
    assert np.degrees(roll(tilted) - roll(upright)) == pytest.approx(-degrees, abs=3)


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_a_face_that_leaves_the_picture_is_black_beyond_it(album: Album, template: Template) -> None:
    rgb = hopper(album)
    face = placed(rgb)
    left = int(face.outline.left + 40)
    cut = np.ascontiguousarray(rgb[:, left:])
    here = Placed(face.landmarks - np.array([left, 0], dtype=np.float32), face.outline.shifted(-left, 0))

    (chip,) = cut_chips(cut, [here], template)

    assert not chip[:, 0].any()
    assert chip[:, -1].any()


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_no_face_no_chip(album: Album, template: Template) -> None:
    rgb = hopper(album)
    assert cut_chips(rgb, [], template).shape == (0, template.size, template.size, 3)
    far = Placed(placed(rgb).landmarks + np.float32(10_000), placed(rgb).outline.shifted(10_000, 10_000))
    assert not cut_chips(rgb, [far], template).any()
