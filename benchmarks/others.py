"""Two well-known ways to find and to describe faces, to measure against: called as their documentation has it.

`face_recognition` 1.3 is rebuilt call for call on dlib, as its package wants dlib compiled and old setuptools.
The package `mtcnn` describes no faces; dlib does that for it.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dlib
import numpy as np
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.faces.face import Box
from sortbyface.networks.weights import packaged_dlib_file

Descriptor = Any
"""(128,), dlib's own vector type: it pickles, and NumPy reads it."""


def load_image_file(path: Path) -> RGBImage:
    """As it is stored: at full size, and not turned."""
    with Image.open(path) as image:
        return np.array(image.convert("RGB"))


class FaceRecognition:
    """face_recognition with its defaults: the picture is doubled once, and aligned by five landmarks.

    Like its import, this loads all its models, those that are not used, too. model: "hog" or "cnn".
    """

    def __init__(self, model: str) -> None:
        self._model = model
        self._hog = dlib.get_frontal_face_detector()
        self._68_landmarks = dlib.shape_predictor(_dlib("shape_predictor_68_face_landmarks.dat"))
        self._5_landmarks = dlib.shape_predictor(_dlib("shape_predictor_5_face_landmarks.dat"))
        self._cnn = dlib.cnn_face_detection_model_v1(_dlib("mmod_human_face_detector.dat"))
        self._encoder = dlib.face_recognition_model_v1(_dlib("dlib_face_recognition_resnet_model_v1.dat"))

    def find(self, rgb: RGBImage) -> list[Box]:
        """What `face_locations` gives: it ends at the picture's edges."""
        height, width = rgb.shape[:2]
        found = [face.rect for face in self._cnn(rgb, 1)] if self._model == "cnn" else self._hog(rgb, 1)
        return [Box(max(r.left(), 0), max(r.top(), 0), min(r.right(), width), min(r.bottom(), height)) for r in found]

    def describe(self, rgb: RGBImage, face: Box) -> Descriptor:
        """What `face_encodings` gives."""
        return self._encoder.compute_face_descriptor(rgb, self._5_landmarks(rgb, _rectangle(face)), 1)


class MtcnnPackage:
    """MTCNN with its defaults, and dlib's vectors of the faces."""

    def __init__(self) -> None:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        from mtcnn import MTCNN  # type: ignore[import-untyped]

        self._detector = MTCNN()
        self._5_landmarks = dlib.shape_predictor(_dlib("shape_predictor_5_face_landmarks.dat"))
        self._encoder = dlib.face_recognition_model_v1(_dlib("dlib_face_recognition_resnet_model_v1.dat"))

    def find(self, rgb: RGBImage) -> list[Box]:
        """Its boxes."""
        corners = [face["box"] for face in self._detector.detect_faces(rgb)]
        return [Box(left, top, left + width, top + height) for left, top, width, height in corners]

    def describe(self, rgb: RGBImage, face: Box) -> Descriptor:
        """As for face_recognition."""
        return self._encoder.compute_face_descriptor(rgb, self._5_landmarks(rgb, _rectangle(face)), 1)


OTHERS: dict[str, Callable[[], FaceRecognition | MtcnnPackage]] = {
    "face_recognition-hog": lambda: FaceRecognition("hog"),
    "face_recognition-cnn": lambda: FaceRecognition("cnn"),
    "mtcnn-package": MtcnnPackage,
}


def _dlib(file: str) -> str:
    return str(packaged_dlib_file(file))


def _rectangle(box: Box) -> dlib.rectangle:
    return dlib.rectangle(*(round(side) for side in box))
