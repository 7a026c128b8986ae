"""dlib's network: on any machine as it comes, 128 numbers a face (99.38 % on LFW, as published)."""

from pathlib import Path

from sortbyface.embedders.embedder import Embedder
from sortbyface.faces.alignment import LandmarkTemplate
from sortbyface.networks.dlib_resnet import DLIB_RESNET
from sortbyface.networks.weights import packaged_dlib_file


def _find_weights() -> Path:
    return packaged_dlib_file("dlib_face_recognition_resnet_model_v1.dat")


DLIB = Embedder(
    name="dlib",
    version=2,
    network=DLIB_RESNET,
    template=LandmarkTemplate(size=150, padding=0.25),  # as in its training
    mirrored=True,
    threshold=0.951,
    find_weights=_find_weights,
)
