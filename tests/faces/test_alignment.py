"""Chips: faces upright, centred, and of one size."""

import cv2
import numpy as np
import pytest
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.embedders import EMBEDDERS
from sortbyface.faces.alignment import ChipTemplate, as_points, cut_chips, landmarks_of
from sortbyface.faces.detectors.hog import HogDetector
from tests.conftest import Album


def hopper(album: Album) -> RGBImage:
    with Image.open(album.folder / "portraits" / "H" / "original.jpg") as image:
        return np.asarray(image.convert("RGB"))


def turned(rgb: RGBImage, degrees: float) -> RGBImage:
    height, width = rgb.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(rgb, turn, (width, height)), dtype=np.uint8)


@pytest.mark.parametrize("template", [embedder.template for embedder in EMBEDDERS.values()])
@pytest.mark.parametrize("degrees", [0, -12, 12])
def test_the_eyes_are_level_and_in_one_place(album: Album, template: ChipTemplate, degrees: float) -> None:
    """The landmarks found anew in the chip lie where they do in the chip of the upright face."""
    places = []
    for rgb in (hopper(album), turned(hopper(album), degrees)):
        (face,) = HogDetector().detect(rgb)
        (chip,) = cut_chips(rgb, [landmarks_of(rgb, face.box)], template)
        assert chip.shape == (template.size, template.size, 3)
        (again,) = HogDetector().detect(cv2.resize(chip, (300, 300)))
        places.append(as_points(landmarks_of(cv2.resize(chip, (300, 300)), again.box)))
    assert np.abs(places[0] - places[1]).max() < 12
    right_eye, left_eye, nose = places[1][:2].mean(0), places[1][2:4].mean(0), places[1][4]
    assert abs(right_eye[1] - left_eye[1]) < 10
    assert left_eye[0] < nose[0] < right_eye[0]
    assert nose[1] > right_eye[1]


def test_a_face_that_leaves_the_picture_is_black_beyond_it(album: Album) -> None:
    rgb = hopper(album)
    (face,) = HogDetector().detect(rgb)
    left = int(face.box.left + 40)
    cut = np.ascontiguousarray(rgb[:, left:])

    (chip,) = cut_chips(cut, [landmarks_of(cut, face.box._replace(left=face.box.left - left))], ChipTemplate(150, 0.25))

    assert not chip[:, 0].any()
    assert chip[:, -1].any()


def test_no_face_no_chip(album: Album) -> None:
    assert cut_chips(hopper(album), [], ChipTemplate(150, 0.25)).shape == (0, 150, 150, 3)
