"""The HOG detector, against dlib's own."""

from pathlib import Path

import cv2
import dlib
import numpy as np
import pytest
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.faces.detectors import hog
from sortbyface.faces.detectors.hog import HogDetector
from tests.conftest import Album


def photo(album: Album, name: str) -> RGBImage:
    with Image.open(album.folder / name) as image:
        return np.asarray(image.convert("RGB"))


def found_by_dlib(rgb: RGBImage, doublings: int) -> list[tuple[float, ...]]:
    """left, top, right, bottom, score; the best first."""
    gray = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    rectangles, scores, _ = dlib.get_frontal_face_detector().run(gray, doublings)
    found = [(r.left(), r.top(), r.right() + 1, r.bottom() + 1, s) for r, s in zip(rectangles, scores, strict=True)]
    return sorted(found, key=lambda face: -face[4])


def found(rgb: RGBImage) -> list[tuple[float, ...]]:
    return [(*detection.box, detection.score) for detection in HogDetector().detect(rgb)]


@pytest.mark.parametrize("name", ["portraits/C/closer.png", "portraits/H/original.jpg", "together/meeting.jpg"])
def test_clear_faces_are_those_of_dlib(album: Album, name: str) -> None:
    rgb = photo(album, name)

    assert found(rgb) == [face for face in found_by_dlib(rgb, 0) if face[4] >= 0.15] != []


def test_a_face_too_small_for_the_first_look_is_found_by_a_closer_one(album: Album) -> None:
    rgb = photo(album, "portraits/C/original.jpg")
    small = cv2.resize(rgb, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    assert not [face for face in found_by_dlib(small, 0) if face[4] >= 0.15]

    (face,) = HogDetector().detect(small)

    (expected,) = (detection.box for detection in HogDetector().detect(rgb))
    assert face.box.overlap(expected.scaled(0.5)) > 0.7


def test_a_doubtful_face_counts_where_nothing_is_clearer(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    rgb = photo(album, "portraits/H/original.jpg")
    clear = found(rgb)

    monkeypatch.setattr(hog, "_CLEAR", 100.0)

    assert found(rgb) == found_by_dlib(rgb, 0)
    assert set(clear) <= set(found(rgb))


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (800, 600)])
def test_where_there_is_nothing_to_see(shape: tuple[int, int]) -> None:
    assert HogDetector().detect(np.full((*shape, 3), 128, dtype=np.uint8)) == []


def test_scenery_shows_nobody(album: Album) -> None:
    assert found(photo(album, "scenery/temple.jpg")) == []
    assert found(photo(album, "scenery/flower.jpg")) == []


@pytest.mark.parametrize("kept", [None, b"", b"not a detector"])
def test_a_cache_that_is_missing_or_damaged_is_made_again(
    album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bytes | None
) -> None:
    rgb = photo(album, "portraits/H/original.jpg")
    expected = found(rgb)
    file = tmp_path / f"hog-dlib-{dlib.__version__}.svm"
    if kept is not None:
        file.write_bytes(kept)
    monkeypatch.setattr(hog, "cache_folder", lambda: tmp_path)

    for _ in range(2):
        hog._dlib_detector.cache_clear()
        assert found(rgb) == expected
        assert [path.name for path in tmp_path.iterdir()] == [file.name]
    hog._dlib_detector.cache_clear()
