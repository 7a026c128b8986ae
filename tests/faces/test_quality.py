"""What is told of a face's quality is what was done to it."""

import cv2
import numpy as np
import pytest
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.faces.quality import Quality
from sortbyface.models import Models, choose_recipe, load_models
from sortbyface.photos.picture import Picture
from sortbyface.pipeline.looking import find_chips
from tests.conftest import Album


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models(choose_recipe("dlib"))


@pytest.fixture(scope="module")
def hopper(album: Album) -> RGBImage:
    with Image.open(album.folder / "portraits" / "H" / "original.jpg") as image:
        return np.asarray(image.convert("RGB"))


def quality(rgb: RGBImage, models: Models) -> Quality:
    (sight,) = find_chips(Picture(rgb, rgb, rgb.shape[1], rgb.shape[0], 1, None), models)
    return sight.quality


def test_pixels_are_those_that_the_chip_is_made_of(hopper: RGBImage, models: Models) -> None:
    small = cv2.resize(hopper, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    height, width = hopper.shape[:2]
    (worked_small,) = find_chips(Picture(small, hopper, width, height, 1, None), models)

    whole = quality(hopper, models).pixels
    assert quality(small, models).pixels == pytest.approx(whole / 2, rel=0.06)
    assert worked_small.quality.pixels == pytest.approx(whole, rel=0.06)


def test_the_blurred_are_less_sharp(hopper: RGBImage, models: Models) -> None:
    sharpness = [quality(cv2.GaussianBlur(hopper, (0, 0), sigma), models).sharpness for sigma in (0.3, 1, 2, 4, 8)]
    assert sharpness == sorted(sharpness, reverse=True)
    assert sharpness[0] > 3 * sharpness[-1]


def test_brightness_does_not_count_as_sharpness(hopper: RGBImage, models: Models) -> None:
    dark = (hopper * 0.5).astype(np.uint8)
    assert quality(dark, models).sharpness == pytest.approx(quality(hopper, models).sharpness, rel=0.1)


def test_a_mirrored_face_looks_the_other_way(hopper: RGBImage, models: Models) -> None:
    here, there = quality(hopper, models), quality(np.ascontiguousarray(hopper[:, ::-1]), models)
    assert here.yaw == pytest.approx(-there.yaw, abs=0.03)
    assert abs(here.yaw) < 0.4
