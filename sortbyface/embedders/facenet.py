"""FaceNet trained on VGGFace2: 512 numbers a face (99.65 % on LFW, as published), where its weights are at hand."""

from functools import partial

from sortbyface.embedders.embedder import Embedder
from sortbyface.faces.alignment import ChipTemplate
from sortbyface.networks.facenet import FACENET
from sortbyface.networks.weights import weights_in_models

FACENET_VGGFACE2 = Embedder(
    name="facenet",
    version=1,
    network=FACENET,
    template=ChipTemplate(size=160, padding=0.35),
    threshold=0.705,
    find_weights=partial(weights_in_models, FACENET.name),
)
