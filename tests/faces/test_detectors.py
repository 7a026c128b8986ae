"""What all detectors have in common, and the one that looks for nothing."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sortbyface.faces.detectors import DETECTORS
from sortbyface.faces.detectors.hog import HogDetector
from sortbyface.faces.detectors.whole import WholeDetector
from sortbyface.faces.smallest import SmallestFace
from sortbyface.finder import Finder
from sortbyface.models import choose_recipe, load_models
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline.looking import find_faces
from tests.conftest import Album

FINDERS = [
    *(Finder(make()) for make in DETECTORS.values()),
    Finder(HogDetector(0)),
    Finder(HogDetector(2)),
    Finder(smallest=SmallestFace(50)),
    Finder(WholeDetector(), SmallestFace(1.5, is_share=True)),
]


@pytest.mark.parametrize("finder", FINDERS, ids=lambda finder: finder.recipe)
def test_a_finder_is_known_by_its_recipe(finder: Finder) -> None:
    assert Finder.of(finder.recipe) == finder


@pytest.mark.parametrize(
    "recipe",
    [
        "@",
        "hog",
        "hog-0",
        "hog-2",
        "hog-1-x",
        "hog-1-2-3",
        "eyes-1",
        "whole-1-5",
        "mtcnn-1",
        "mtcnn-2-5",
        "mtcnn-2@",
        "mtcnn-2@x",
        "mtcnn-2@0",
        "mtcnn-2@nan",
        "mtcnn-2@101%",
    ],
)
def test_a_recipe_of_another_program_is_not_guessed_at(recipe: str) -> None:
    assert Finder.of(recipe) is None


def test_hog_doubles_the_picture_as_often_as_it_is_told(album: Album) -> None:
    """The second doubling finds a face that is too small for the first."""
    with Image.open(album.folder / "portraits" / "C" / "original.jpg") as image:
        rgb = np.asarray(image.convert("RGB"))
    tiny = cv2.resize(rgb, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)

    assert [len(HogDetector(doublings).detect(tiny)) for doublings in (0, 2)] == [0, 1]
    assert HogDetector(2).detect(tiny)[0].box == HogDetector().detect(tiny)[0].box


def test_a_cut_out_face_is_known_without_looking_for_it(album: Album, tmp_path: Path) -> None:
    """Faces cut out of photos, as a collection of faces has them, are closest to the faces of the same person."""
    hog, whole = (
        load_models(choose_recipe("dlib", finder=Finder(found))) for found in (HogDetector(), WholeDetector())
    )
    uncut, cut = [], []
    for name in ("portraits/C/original.jpg", "portraits/H/original.jpg"):
        picture = read_photo(album.folder / name)
        (face,) = find_faces(picture, hog)
        left, top, right, bottom = (round(side) for side in face.box)
        margin = (right - left) // 6
        crop = picture.rgb[top - margin : bottom + margin, left - margin : right + margin]
        Image.fromarray(crop).save(tmp_path / "face.png")
        (known,) = find_faces(read_photo(tmp_path / "face.png"), whole)
        uncut.append(face.vector)
        cut.append(known.vector)

    similarities = np.array(cut) @ np.array(uncut).T
    assert similarities.diagonal().min() > 0.97
    assert similarities.argmax(axis=1).tolist() == [0, 1]
