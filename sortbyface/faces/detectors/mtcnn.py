"""Faces by MTCNN: three networks, each asked only about what the one before it thinks a face (Zhang et al. 2016).

Good from 16 pixels, also on turned faces; gives five landmarks. Boxes, landmarks and scores are those of the package
`mtcnn` 1.0.0, whose weights these are, when it is asked for faces of the same size.
"""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from sortbyface.arrays import RGBImage
from sortbyface.errors import ModelUnusable
from sortbyface.faces.detectors.boxes import Boxes, Floats, distinct, moved, patches, squares
from sortbyface.faces.face import Box, Detection
from sortbyface.networks.engine import OnnxEngine, exported_network, prepare
from sortbyface.networks.mtcnn import ONET, PNET, RNET, WEIGHTS, packaged_mtcnn_weights
from sortbyface.networks.network import Network

_WINDOW = 12
_STEP = 2
_SHRINK = 0.709
"""From one size of the picture to the next: half the area."""

_USUAL_FACE = 40
"""Pixels: the smallest faces of a first search."""

_LARGE_FACE = 2 * _USUAL_FACE
"""Where a first search finds no face smaller than this, there is hardly one that it has missed."""

_LIKELY = {PNET: 0.6, RNET: 0.7, ONET: 0.8}
"""How sure a network must be of a face."""

_ROWS_AT_A_TIME = 64
_PATCHES_AT_A_TIME = 32


@dataclass(frozen=True)
class MtcnnDetector:
    """Finds faces of 40 pixels and more; looks closer, from 20 pixels, where it found none or small ones.

    Either way it often finds faces of four fifths of that size. `prepare` must have run on this machine once.
    """

    @property
    def recipe(self) -> str:
        return "mtcnn-2"

    @property
    def clear_score(self) -> float:
        """0.95: one face in 200 of LFW has less, and half of what it finds beside the point."""
        return 0.95

    def prepare(self) -> None:
        """Export the three networks. Raises ModelUnusable when the package `mtcnn` is missing or damaged."""
        for network in (PNET, RNET, ONET):
            prepare(network, packaged_mtcnn_weights(network))

    def networks(self) -> list[Path]:
        """Those of the three stages."""
        return [_exported(network) for network in (PNET, RNET, ONET)]

    def detect(self, rgb: RGBImage, smallest: float | None = None) -> list[Detection]:
        """Faces in one upright picture, best first, with landmarks; scores are likelihoods.

        rgb: (height, width, 3) uint8. smallest: search for faces of so many pixels and more, once and for all; those
        below 12 would have to be enlarged to be seen, and are not. Boxes are in the picture's pixels and end at its
        edges; landmarks may lie outside. Raises ModelUnusable when the networks were not prepared.
        """
        pixels = rgb.astype(np.float32)  # resized as bytes, it would be rounded once more
        sizes = scales(rgb.shape, _USUAL_FACE if smallest is None else max(smallest, _WINDOW))
        found = [_proposed_at(scale, pixels) for scale in sizes]
        faces = _confirmed(rgb, _refined(rgb, _proposed(found)))
        if smallest is None and not (faces and all(_side(face.box) >= _LARGE_FACE for face in faces)):
            found += [_proposed_at(scale, pixels) for scale in _closer(sizes, rgb.shape)]
            faces = _confirmed(rgb, _refined(rgb, _proposed(found)))
        return faces


def scales(shape: tuple[int, ...], smallest_face: float) -> list[float]:
    """The sizes at which a picture of this shape is searched, as shares of its own, the largest first.

    At the first, the smallest faces fill a window; at the last, the picture itself does, or nearly.
    """
    shorter = min(shape[:2])
    if shorter < _WINDOW:
        return []
    count = round(math.log(_WINDOW / shorter, _SHRINK) - 1)
    each = [_WINDOW / smallest_face * _SHRINK**number for number in range(count)]
    return _of_a_window(each, shape)


def _of_a_window(sizes: list[float], shape: tuple[int, ...]) -> list[float]:
    """Those at which a picture of this shape holds a window at least."""
    return [scale for scale in sizes if int(min(shape[:2]) * scale) >= _WINDOW]


def _closer(sizes: list[float], shape: tuple[int, ...]) -> list[float]:
    """Two sizes more, at which faces half as large are seen, and those between the first, where one may fit better."""
    first = _WINDOW / _USUAL_FACE
    return _of_a_window([first / _SHRINK**2, first / _SHRINK, *(s * math.sqrt(_SHRINK) for s in sizes)], shape)


def _side(box: Box) -> float:
    return max(box.right - box.left, box.bottom - box.top)


def _proposed(found: list[tuple[Boxes, Floats]]) -> Boxes:
    """Squares that may hold a face, from what was found at each size of the picture."""
    boxes = np.concatenate([np.empty((0, 4)), *(boxes for boxes, _ in found)])
    scores = np.concatenate([np.empty(0, np.float32), *(scores for _, scores in found)])
    return squares(boxes[distinct(boxes, scores, 0.7)])


def _proposed_at(scale: float, pixels: Floats) -> tuple[Boxes, Floats]:
    height, width = pixels.shape[:2]
    small = cv2.resize(pixels, (int(width * scale), int(height * scale)), interpolation=cv2.INTER_AREA)
    sides, likely = _windows(np.asarray(small, dtype=np.float32))
    rows, columns = np.nonzero(likely > _LIKELY[PNET])
    corner = np.stack([columns, rows], axis=1) * _STEP
    windows = np.concatenate([corner + 1, corner + _WINDOW], axis=1)  # their first and last pixels, counted from 1
    boxes: Boxes = (windows + sides[rows, columns].astype(np.float64) * (_WINDOW - 1)) / scale
    scores = likely[rows, columns]
    best = distinct(boxes, scores, 0.5)
    return boxes[best], scores[best]


def _windows(pixels: Floats) -> tuple[Floats, Floats]:
    """What the first network says of each window of a picture: (rows, columns, 4) and the likelihood (rows, columns).

    In strips, so that memory does not grow with the picture's height: they fit into the processor's cache as well.
    """
    parts = []
    for top in range(0, max(1, len(pixels) - _WINDOW + 2), _ROWS_AT_A_TIME * _STEP):
        strip = pixels[top : top + (_ROWS_AT_A_TIME - 1) * _STEP + _WINDOW]
        parts.append(_engine(PNET).outputs(strip[np.newaxis]))
    sides, likelihoods = (np.concatenate(outputs, axis=1)[0] for outputs in zip(*parts, strict=True))
    return sides, likelihoods[..., 1]


def _refined(rgb: RGBImage, boxes: Boxes) -> Boxes:
    """Fewer squares, closer to a face."""
    sides, likelihoods = _asked(RNET, rgb, boxes)
    scores = likelihoods[:, 1]
    likely = scores > _LIKELY[RNET]
    boxes, scores = moved(boxes, sides)[likely], scores[likely]
    return squares(boxes[distinct(boxes, scores, 0.7)])


def _confirmed(rgb: RGBImage, boxes: Boxes) -> list[Detection]:
    sides, shares, likelihoods = _asked(ONET, rgb, boxes)
    scores = likelihoods[:, 1]
    size = boxes[:, 2:] - boxes[:, :2] + 1
    landmarks = boxes[:, np.newaxis, :2] - 1 + size[:, np.newaxis] * shares.reshape(-1, 2, 5).transpose(0, 2, 1)
    boxes = moved(boxes, sides)
    likely = np.flatnonzero(scores > _LIKELY[ONET])
    best = likely[distinct(boxes[likely], scores[likely], 0.7, of_smaller=True)]
    height, width = rgb.shape[:2]
    boxes = np.clip(boxes, 0, np.tile([width - 1, height - 1], 2))
    return [
        Detection(
            Box(*boxes[face].tolist()),
            float(scores[face]),
            landmarks[face].astype(np.float32),
            frame=_frame(landmarks[face]),
            outline=Box(*boxes[face].tolist()),
        )
        for face in best
    ]


def _frame(landmarks: Floats | Boxes) -> Box:
    """dlib's box of the same face, as 412 faces of LFW have it beside these landmarks.

    Its middle is near the middle of eyes and mouth, its side 1.2 times the width and the height between these.
    """
    eyes, mouth = landmarks[:2].mean(axis=0), landmarks[3:].mean(axis=0)
    size = float(np.linalg.norm(mouth - eyes) + np.linalg.norm(landmarks[1] - landmarks[0]))
    x, y = ((eyes + mouth) / 2 + np.array([0.033, 0.014]) * size).tolist()
    half = 1.205 * size / 2
    return Box(x - half, y - half, x + half, y + half)


def _asked(network: Network, rgb: RGBImage, boxes: Boxes) -> list[Floats]:
    """All outputs of a network on what the boxes show; so many at a time that memory does not grow with the crowd."""
    size = network.example[1]
    parts = [
        _engine(network).outputs(patches(rgb, boxes[start : start + _PATCHES_AT_A_TIME], size))
        for start in range(0, max(1, len(boxes)), _PATCHES_AT_A_TIME)
    ]
    return [np.concatenate(outputs) for outputs in zip(*parts, strict=True)]


def _exported(network: Network) -> Path:
    return exported_network(network, WEIGHTS[network.name][1])


@cache
def _engine(network: Network) -> OnnxEngine:
    """Loaded once a process."""
    exported = _exported(network)
    if not exported.is_file():
        raise ModelUnusable(f"{exported} is not there (any more); run embedder.py again")
    return OnnxEngine(exported)
