"""Faces by a convolutional network (dlib's `cnn_face_detection_model_v1`; King 2015, "Max-Margin Object Detection").

Sees profiles, tilted and half-hidden faces that HOG is blind to; from 80 pixels on, and smaller ones in a picture that
was enlarged before. The boxes and scores are dlib's own, in about a fifteenth of its time.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import RGBImage
from sortbyface.faces.detectors.doubling import doublings_for
from sortbyface.faces.face import Box, Detection
from sortbyface.networks.engine import OnnxEngine, exported_network, prepare
from sortbyface.networks.mmod import CELL, FIRST_CELL, MMOD, REACH, MmodOptions, read_options
from sortbyface.networks.weights import packaged_dlib_file

_WEIGHTS: Final = "mmod_human_face_detector.dat"

_GAP: Final = 10
_MARGIN: Final = 11
"""Pixels between two copies of the picture on the canvas, and around them all."""

_LEAST_HEIGHT: Final = 5
"""Of a copy, in pixels."""

_FIELD: Final = 2 * FIRST_CELL + 1
"""Rows and columns that the network needs to give one cell."""

_CELLS_AT_A_TIME: Final = 25_000
"""In one band of the canvas, which is what the network sees at once: a picture of 800 pixels, and some 150 MB."""

_ROWS_AT_A_TIME: Final = 16
"""Of a copy in the making, so that they stay in the processor's cache."""

_Image: TypeAlias = npt.NDArray[np.float32]
_Places: TypeAlias = npt.NDArray[np.intp]


@dataclass(frozen=True)
class CnnDetector:
    """Finds faces in every pose, from 80 pixels; smaller ones on demand, at four times the work for half the size."""

    @property
    def recipe(self) -> str:
        return "cnn-1"

    @property
    def clear_score(self) -> float:
        """Where dlib itself draws the line: all that it reports counts."""
        return 0.0

    def prepare(self) -> None:
        """Export the network. Raises ModelUnusable when its weights are missing or damaged."""
        prepare(MMOD, packaged_dlib_file(_WEIGHTS))

    def networks(self) -> list[Path]:
        """The one. Raises ModelUnusable as `prepare` does."""
        return [_exported()]

    def detect(self, rgb: RGBImage, smallest: float | None = None) -> list[Detection]:
        """Faces in one upright picture, best first.

        rgb: (height, width, 3) uint8. smallest: doubles the picture until such a face has 80 pixels, twice at most.
        Boxes are in the picture's pixels, and may reach beyond its edges.
        Scores are above 0; that of a clear face is about 1.
        Raises ModelUnusable when the network's weights are missing or damaged.
        """
        engine, options = _network()
        doublings = 0 if smallest is None else doublings_for(smallest)
        for _ in range(doublings):
            rgb = _doubled(rgb)
        tiles = _tiles(*rgb.shape[:2])
        scores = _scores(engine, _canvas(rgb, tiles, options.colour))
        found = [
            Detection(_box(row, column, tiles, options), float(scores[row, column]))
            for row, column in np.argwhere(scores > 0).tolist()
        ]
        found.sort(key=lambda detection: (-detection.score, detection.box))
        clear = _without_overlaps(found, options)
        return [Detection(_halved(detection.box, doublings), detection.score) for detection in clear]


@cache
def _network() -> tuple[OnnxEngine, MmodOptions]:
    return OnnxEngine(_exported()), read_options(packaged_dlib_file(_WEIGHTS))


def _exported() -> Path:
    return exported_network(MMOD, prepare(MMOD, packaged_dlib_file(_WEIGHTS)))


class _Tile(NamedTuple):
    """Where one copy of the picture lies on the canvas, in pixels."""

    top: int
    left: int
    height: int
    width: int


def _tiles(height: int, width: int) -> list[_Tile]:
    """Ever smaller copies of the picture: one below the other, and, from where there is room, back up beside them."""
    sizes = [(height, width)]
    while (size := (sizes[-1][0] * 5 // 6, sizes[-1][1] * 5 // 6)) and size[0] >= _LEAST_HEIGHT and size[1] > 0:
        sizes.append(size)
    tiles: list[_Tile] = []
    bottom = _MARGIN
    for h, w in sizes:
        if tiles and tiles[-1].width + _GAP + w <= width:
            break
        tiles.append(_Tile(bottom, _MARGIN, h, w))
        bottom += h + _GAP
    bottom -= _GAP
    for h, w in sizes[len(tiles) :]:
        if bottom - h < _MARGIN + height:
            break
        tiles.append(_Tile(bottom - h, _MARGIN + width - w, h, w))
        bottom -= h + _GAP
    return tiles


def _canvas(rgb: RGBImage, tiles: list[_Tile], colour: _Image) -> _Image:
    """The copies in their places, each made from the one before; around them the colour that the network ignores."""
    height = max(tile.top + tile.height for tile in tiles) + _MARGIN
    canvas = np.empty((height, rgb.shape[1] + 2 * _MARGIN, 3), dtype=np.float32)
    canvas[:] = colour
    copies = [canvas[t.top : t.top + t.height, t.left : t.left + t.width] for t in tiles]
    copies[0][:] = rgb
    for larger, smaller in pairwise(copies):
        _resize(larger, smaller)
    return canvas


def _doubled(rgb: RGBImage) -> RGBImage:
    enlarged = np.empty((2 * rgb.shape[0] + 1, 2 * rgb.shape[1] + 2, 3), dtype=np.uint8)
    _resize(rgb, enlarged)
    return enlarged


def _resize(image: npt.NDArray[Any], target: npt.NDArray[Any]) -> None:
    """Fill the target, bilinearly, its corner pixels being those of the image.

    OpenCV would let the pictures' edges meet instead, or, in `remap`, round the places to 1/32 of a pixel.
    """
    above, below, down = _between(image.shape[0], target.shape[0])
    left, right, across = _between(image.shape[1], target.shape[1])
    for start in range(0, len(target), _ROWS_AT_A_TIME):
        part = slice(start, start + _ROWS_AT_A_TIME)
        rows = _mixed(image[above[part]], image[below[part]], down[part, np.newaxis, np.newaxis])
        target[part] = _mixed(rows.take(left, axis=1), rows.take(right, axis=1), across[:, np.newaxis])


def _between(source: int, target: int) -> tuple[_Places, _Places, _Image]:
    """For each of `target` pixels in a line: the two `source` pixels that it lies between, and the second one's share.

    In double precision, where dlib's single one drifts by about a hundredth of a pixel over 2,500.
    """
    places = np.arange(target) * ((source - 1) / max(target - 1, 1))
    first = np.minimum(places.astype(np.intp), source - 1)
    return first, np.minimum(first + 1, source - 1), (places - first).astype(np.float32)


def _mixed(first: npt.NDArray[Any], second: npt.NDArray[Any], share: _Image) -> _Image:
    first = first.astype(np.float32, copy=False)
    mixed: _Image = second - first
    mixed *= share
    mixed += first
    return mixed


def _scores(engine: OnnxEngine, canvas: _Image) -> _Image:
    """(rows, columns): one score a cell, in bands from top to bottom.

    What surrounds a band is seen with it and its scores dropped, so that no seam shows.
    """
    rows, columns = ((side - _FIELD) // CELL + 1 for side in canvas.shape[:2])
    if rows < 1 or columns < 1:
        return np.empty((0, 0), dtype=np.float32)
    scores = np.empty((rows, columns), dtype=np.float32)
    for start, end in _bands(rows, columns):
        first, last = max(0, start - REACH), min(rows, end + REACH)
        (band,) = engine.outputs(canvas[np.newaxis, first * CELL : (last - 1) * CELL + _FIELD])
        scores[start:end] = band[0, start - first : end - first, :, 0]
    return scores


def _bands(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """The first row of cells of each band, and that of the next; all are about as high."""
    count = math.ceil(rows * columns / _CELLS_AT_A_TIME)
    return pairwise(round(rows * number / count) for number in range(count + 1))


def _box(row: int, column: int, tiles: list[_Tile], options: MmodOptions) -> Box:
    """The face around a cell, in pixels of the largest copy.

    As in dlib, sides are the outermost pixels while they are reckoned with, and each copy lies 0.3 pixels off.
    """
    y, x = row * CELL + FIRST_CELL, column * CELL + FIRST_CELL
    level = min(range(len(tiles)), key=lambda number: _distance(y, x, tiles[number]))
    y, x = y - tiles[level].top, x - tiles[level].left
    width, height = options.window
    sides = np.array([x - (width - 1) / 2, y - (height - 1) / 2, x + (width - 1) / 2, y + (height - 1) / 2])
    for _ in range(level):
        sides = sides * (6 / 5) + 0.3  # by 1.2, rounded as dlib has it: halves of a pixel are common here
    return _in_whole_pixels(sides)


def _distance(y: int, x: int, tile: _Tile) -> int:
    """From a point to a tile, squared."""
    down = max(tile.top - y, 0, y - (tile.top + tile.height - 1))
    across = max(tile.left - x, 0, x - (tile.left + tile.width - 1))
    return down * down + across * across


def _halved(box: Box, times: int) -> Box:
    """From an enlarged picture to the picture; the shift is that of a filter that dlib does not use in enlarging."""
    sides = np.array(box) - (0, 0, 1, 1)
    for _ in range(times):
        sides = sides / 2 - (1.25, 0.75, 1.25, 0.75)
    return _in_whole_pixels(sides)


def _in_whole_pixels(sides: npt.NDArray[np.float64]) -> Box:
    left, top, right, bottom = np.floor(sides + 0.5).tolist()
    return Box(left, top, right + 1, bottom + 1)


def _without_overlaps(found: list[Detection], options: MmodOptions) -> list[Detection]:
    """Of detections, best first, those that have little in common with a better one."""
    kept: list[Detection] = []
    for detection in found:
        if not any(_same_face(detection.box, better.box, options) for better in kept):
            kept.append(detection)
    return kept


def _same_face(one: Box, other: Box, options: MmodOptions) -> bool:
    if one.overlap(other) == 0:
        return False
    inner = Box(*map(max, one[:2], other[:2]), *map(min, one[2:], other[2:])).area
    outer = Box(*map(min, one[:2], other[:2]), *map(max, one[2:], other[2:])).area
    return inner / outer > options.most_of_both or inner / min(one.area, other.area) > options.most_of_one
