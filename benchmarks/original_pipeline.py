"""How the original Sort-By-Face looks at photos, to measure against; faithful, its waste included.

The photos are dealt out once, in equal parts, to processes that each load TensorFlow and the model. For
every photo a detector and a landmark predictor are built anew; its faces alone go through the network.
Two things differ from the original: chips are cut by dlib, as imutils' FaceAligner fails on today's
OpenCV, and the network is the FaceNet of 2018, which costs the same.
"""

import argparse
import os
import pickle
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import dlib
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import RGBImage
from sortbyface.networks.facenet import FACENET
from sortbyface.networks.weights import packaged_dlib_file
from sortbyface.photos.finding import find_photos

if TYPE_CHECKING:
    import keras

_SMALLEST_SIDE = 160
_LARGEST = (1280, 720)
_UPSAMPLE = 2
_CHIP, _PADDING = 160, 0.35


def embed_photos(photos: Sequence[str], model: Path, processes: int) -> list[dict[str, Any]]:
    """One {"path", "embedding"} for each face of the photos."""
    share = -(-len(photos) // processes)
    parts = [(photos[start : start + share], model) for start in range(0, len(photos), share)]
    with get_context("spawn").Pool(processes) as pool:
        results = pool.starmap(_embed_part, parts, chunksize=1)
        pool.close()
        pool.join()
    return [face for part in results for face in part]


def _embed_part(photos: Sequence[str], model: Path) -> list[dict[str, Any]]:
    network = _load_network(model)
    faces = []
    for path in photos:
        chips = _cut_faces(path)
        if chips:
            standardised = np.stack([_standardised(chip) for chip in chips])
            vectors = network.predict(standardised, verbose=0)
            faces += [{"path": path, "embedding": vector} for vector in vectors]
    return faces


def _load_network(weights: Path) -> "keras.Model":
    """This project's network standardises 0..255 itself: the original's begins behind that layer."""
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    network = FACENET.build(weights)
    rescaling = network.layers[1]
    if not isinstance(rescaling, keras.layers.Rescaling):
        raise TypeError("the network no longer begins with its own standardisation; take that out here another way")
    return keras.Model(rescaling.output, network.output)


class Picture(NamedTuple):
    """A photo at the scale at which its faces are looked for."""

    gray: npt.NDArray[np.uint8]
    rgb: RGBImage
    scale: float
    """Pixels of the photo for each of the picture."""


def read(path: Path) -> Picture | None:
    """None for photos that are too small, or cannot be read."""
    image = cv2.imread(str(path))
    if image is None or min(image.shape[:2]) < _SMALLEST_SIDE:
        return None
    height, width = image.shape[:2]
    if width > _LARGEST[0] and height > _LARGEST[1]:
        size = _LARGEST[0], int(height * _LARGEST[0] / width)
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    gray = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    rgb = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB), dtype=np.uint8)
    return Picture(gray, rgb, width / image.shape[1])


def find(picture: Picture) -> list[dlib.rectangle]:
    """The faces, in the picture's pixels."""
    return list(dlib.get_frontal_face_detector()(picture.gray, _UPSAMPLE))


def _cut_faces(path: str) -> list[RGBImage]:
    predictor = dlib.shape_predictor(str(packaged_dlib_file("shape_predictor_68_face_landmarks.dat")))
    picture = read(Path(path))
    if picture is None:
        return []
    landmarks = [predictor(picture.gray, rectangle) for rectangle in find(picture)]
    return [dlib.get_face_chip(picture.rgb, points, _CHIP, _PADDING) for points in landmarks]


def _standardised(chip: RGBImage) -> npt.NDArray[np.float32]:
    pixels = chip.astype(np.float32)
    return np.asarray((pixels - pixels.mean()) / max(pixels.std(), 1 / np.sqrt(pixels.size)), dtype=np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write embeddings.pickle as the original Sort-By-Face did.")
    parser.add_argument("photos", type=Path, metavar="PHOTOS")
    parser.add_argument("--model", type=Path, required=True, metavar="FILE", help="FaceNet's weights")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    options = parser.parse_args()
    unlisted: list[OSError] = []
    photos = [str(options.photos / path) for path in find_photos(options.photos, unlisted.append)]
    faces = embed_photos(photos, options.model, options.processes)
    Path("embeddings.pickle").write_bytes(pickle.dumps(faces))


if __name__ == "__main__":
    main()
