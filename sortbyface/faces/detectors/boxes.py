"""Many boxes at once, as arrays: the picture at several sizes, patches cut from it, boxes moved, squared, thinned out.

A box is a row of (n, 4) float64: left, top, right, bottom in pixels.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import RGBImage

Boxes: TypeAlias = npt.NDArray[np.float64]
"""(n, 4): left, top, right, bottom."""

Floats: TypeAlias = npt.NDArray[np.float32]

_MEAN_PIXEL = 127.5
_BOXES_AT_A_TIME = 64


def squares(boxes: Boxes) -> Boxes:
    """The same centres; all sides as long as the longer one."""
    size = boxes[:, 2:] - boxes[:, :2]
    longest = size.max(axis=1, keepdims=True)
    corner = boxes[:, :2] + size * 0.5 - longest * 0.5
    return np.concatenate([corner, corner + longest], axis=1)


def moved(boxes: Boxes, shares: Floats) -> Boxes:
    """Boxes whose sides are moved; shares: (n, 4), by how many box sizes each."""
    size = boxes[:, 2:] - boxes[:, :2] + 1  # as in the training: the last pixel belongs to the box
    return boxes + shares * np.tile(size, 2)


def distinct(boxes: Boxes, scores: Floats, most_overlap: float, *, of_smaller: bool = False) -> npt.NDArray[np.intp]:
    """Which boxes are no mere repetition of a better one: their indices, best first.

    Overlap is intersection over union, or over the smaller box's area (of_smaller). Unlike the usual non-maximum
    suppression, a box also goes when the better one goes itself. Memory is O(n), time O(n²).
    """
    best_first = np.argsort(scores, kind="stable")[::-1]
    boxes = boxes[best_first]
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    kept = np.ones(len(boxes), dtype=bool)
    for start in range(0, len(boxes), _BOXES_AT_A_TIME):
        few = boxes[start : start + _BOXES_AT_A_TIME, np.newaxis]
        better = boxes[np.newaxis, : start + len(few)]
        corner = np.maximum(few[..., :2], better[..., :2])
        sides = np.maximum(np.minimum(few[..., 2:], better[..., 2:]) - corner, 0)
        shared = sides[..., 0] * sides[..., 1]
        area, better_area = areas[start : start + len(few), np.newaxis], areas[np.newaxis, : start + len(few)]
        whole = np.minimum(area, better_area) if of_smaller else area + better_area - shared
        repeats = np.tril(shared > most_overlap * whole, k=start - 1)
        kept[start : start + len(few)] = ~repeats.any(axis=1)
    return best_first[kept]


def patches(rgb: RGBImage, boxes: Boxes, size: int) -> Floats:
    """(n, size, size, 3), 0 to 255: what the boxes show, bilinearly; the first and last samples lie on their sides.

    The mean pixel stands for what is outside the picture. Source: `crop_and_resize` of TensorFlow.
    """
    above, below, down, inside_rows = _samples(boxes[:, 1], boxes[:, 3], size, rgb.shape[0])
    left, right, along, inside_columns = _samples(boxes[:, 0], boxes[:, 2], size, rgb.shape[1])
    pixels = np.ascontiguousarray(rgb).reshape(-1, 3)
    along, down = along[:, np.newaxis, :, np.newaxis], down[:, :, np.newaxis, np.newaxis]

    def row(y: npt.NDArray[np.intp]) -> Floats:
        start = y[:, :, np.newaxis] * rgb.shape[1]
        first, second = (pixels.take(start + x[:, np.newaxis], axis=0).astype(np.float32) for x in (left, right))
        mixed: Floats = first + (second - first) * along
        return mixed

    upper = row(above)
    cut: Floats = upper + (row(below) - upper) * down
    cut[~(inside_rows[:, :, np.newaxis] & inside_columns[:, np.newaxis])] = _MEAN_PIXEL
    return cut


def _samples(
    first: npt.NDArray[np.float64], last: npt.NDArray[np.float64], count: int, length: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Floats, npt.NDArray[np.bool_]]:
    """Along one axis of the picture: the pixels before and after each sample, how far it is from the first to the
    second of them, and whether it is in the picture; each (n, count).
    """
    start, end = ((side / length).astype(np.float32) for side in (first, last))
    step = (end - start) * np.float32(length - 1) / np.float32(count - 1)
    places = (start * np.float32(length - 1))[:, np.newaxis] + np.arange(count, dtype=np.float32) * step[:, np.newaxis]
    inside = (places >= 0) & (places <= length - 1)
    places = np.clip(places, 0, length - 1)
    before = np.floor(places)
    return before.astype(np.intp), np.ceil(places).astype(np.intp), places - before, inside
