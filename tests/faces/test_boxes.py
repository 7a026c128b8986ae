"""Arithmetic on many boxes, against the package `mtcnn`, which does the same one step at a time."""

import numpy as np
import numpy.typing as npt
import pytest
from mtcnn.utils import bboxes as theirs
from mtcnn.utils.images import extract_patches

from sortbyface.arrays import RGBImage
from sortbyface.faces.detectors.boxes import Boxes, Floats, distinct, moved, patches, squares


def some_boxes(count: int, seed: int = 0) -> tuple[Boxes, Floats]:
    """Boxes crowded into a picture of 200 × 100 pixels and around it, and their scores, of which no two are equal."""
    random = np.random.default_rng(seed)
    corner = random.uniform((-30, -30), (200, 100), (count, 2))
    boxes = np.concatenate([corner, corner + random.uniform(1, 80, (count, 2))], axis=1)
    return boxes, (random.permutation(count) / max(1, count)).astype(np.float32)


def rows(boxes: Boxes, scores: Floats) -> npt.NDArray[np.float64]:
    """As the package has them: picture's number, left, top, right, bottom, score."""
    return np.column_stack([np.zeros(len(boxes)), boxes, scores])


@pytest.fixture(scope="module")
def rgb() -> RGBImage:
    return np.random.default_rng(1).integers(0, 256, (100, 200, 3), dtype=np.uint8)


def test_squares() -> None:
    boxes, scores = some_boxes(50)

    np.testing.assert_allclose(squares(boxes), theirs.resize_to_square(rows(boxes, scores))[:, 1:5], atol=1e-9)


def test_moved() -> None:
    boxes, scores = some_boxes(50)
    shares = np.random.default_rng(2).normal(0, 0.2, (50, 4)).astype(np.float32)

    np.testing.assert_allclose(moved(boxes, shares), theirs.adjust_bboxes(rows(boxes, scores), shares)[:, 1:5])


@pytest.mark.parametrize("of_smaller", [False, True])
@pytest.mark.parametrize("most_overlap", [0.05, 0.5, 0.7])
@pytest.mark.parametrize("count", [1, 2, 256, 257, 700])
def test_distinct(count: int, most_overlap: float, of_smaller: bool) -> None:
    boxes, scores = some_boxes(count, seed=count)

    kept = distinct(boxes, scores, most_overlap, of_smaller=of_smaller)

    method = "min" if of_smaller else "union"
    expected = theirs.smart_nms_from_bboxes(rows(boxes, scores), most_overlap, method=method)
    assert np.array_equal(boxes[kept], expected[:, 1:5])
    assert np.array_equal(scores[kept], expected[:, 5])


def test_of_equally_good_repetitions_the_last_is_kept_however_many_there_are() -> None:
    boxes, _ = some_boxes(1)
    for count in (2, 16, 17, 1000):
        assert distinct(np.repeat(boxes, count, axis=0), np.ones(count, np.float32), 0.5).tolist() == [count - 1]


@pytest.mark.parametrize("size", [24, 48])
def test_patches(rgb: RGBImage, size: int) -> None:
    boxes, scores = some_boxes(60)
    odd = [
        (0, 0, 200, 100),
        (0, 0, 199, 99),
        (10, 10, 11, 11),
        (50, 50, 50, 50),
        (300, 10, 320, 30),
        (-9, -9, 220, 130),
    ]
    boxes = np.concatenate([boxes, np.array(odd, dtype=np.float64)])
    scores = np.zeros(len(boxes), np.float32)

    standardised = extract_patches((rgb[np.newaxis] - 127.5) / 128, rows(boxes, scores), (size, size)).numpy()

    np.testing.assert_allclose(patches(rgb, boxes, size), standardised * 128 + 127.5, rtol=0, atol=0.01)


def test_patches_of_a_picture_that_is_not_contiguous(rgb: RGBImage) -> None:
    boxes, _ = some_boxes(10)

    mirrored = rgb[:, ::-1]

    assert np.array_equal(patches(mirrored, boxes, 24), patches(mirrored.copy(), boxes, 24))


def test_no_boxes(rgb: RGBImage) -> None:
    none = np.empty((0, 4))

    assert squares(none).shape == moved(none, np.empty((0, 4), np.float32)).shape == (0, 4)
    assert distinct(none, np.empty(0, np.float32), 0.5).tolist() == []
    assert patches(rgb, none, 24).shape == (0, 24, 24, 3)
