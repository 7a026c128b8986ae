"""FaceNet, in the two generations that were published, where weights of theirs are at hand.

Of 2018: 512 numbers a face (99.65 % on LFW, as published, when trained on VGGFace2). Of 2017: 128 numbers a face
(99.2 % when trained on MS-Celeb-1M), the network of the original Sort-By-Face.
"""

from functools import partial

from sortbyface.embedders.embedder import Embedder
from sortbyface.faces.alignment import OutlineTemplate
from sortbyface.networks.facenet import FACENET, FACENET_2017
from sortbyface.networks.weights import weights_in_models

_TEMPLATE = OutlineTemplate(size=160, margin=0.12)
"""For both: they were trained on faces cut out in the same way, by MTCNN's box and a margin."""

FACENET_VGGFACE2 = Embedder(
    name="facenet",
    version=2,
    network=FACENET,
    template=_TEMPLATE,
    mirrored=False,
    threshold=0.71,
    find_weights=partial(weights_in_models, FACENET.name),
)

FACENET_OF_2017 = Embedder(
    name="facenet-2017",
    version=2,
    network=FACENET_2017,
    template=_TEMPLATE,
    mirrored=False,
    threshold=0.67,
    find_weights=partial(weights_in_models, FACENET_2017.name),
)
"""Its threshold is the original program's own: it could not be measured here, for want of these weights."""
