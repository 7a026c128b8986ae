"""Turning chips into vectors. An embedder is one file here and one line in `EMBEDDERS`."""

from sortbyface.embedders.dlib import DLIB
from sortbyface.embedders.embedder import Embedder
from sortbyface.embedders.facenet import FACENET_OF_2017, FACENET_VGGFACE2

EMBEDDERS: dict[str, Embedder] = {embedder.name: embedder for embedder in (FACENET_VGGFACE2, FACENET_OF_2017, DLIB)}
"""By the name that users type; the best first."""
