"""`python -m sortbyface.networks.export NAME WEIGHTS TARGET`: a network, from Keras to ONNX, proven equal.

A process of its own: TensorFlow, which Keras needs for the export, takes 700 MB.
"""

import os
import sys
from pathlib import Path

import numpy as np

from sortbyface.errors import ModelUnusable
from sortbyface.networks.dlib_resnet import DLIB_RESNET
from sortbyface.networks.engine import NOT_OF_THIS_NETWORK, NotOfThisNetwork, OnnxEngine, agree
from sortbyface.networks.facenet import FACENET, FACENET_2017
from sortbyface.networks.mmod import MMOD
from sortbyface.networks.mtcnn import ONET, PNET, RNET
from sortbyface.networks.network import Network

_NETWORKS = {network.name: network for network in (DLIB_RESNET, FACENET, FACENET_2017, MMOD, PNET, RNET, ONET)}


def export(network: Network, weights: Path, target: Path) -> None:
    """Write the network as ONNX; the file appears only once it has given the same numbers as Keras itself.

    Raises ModelUnusable when it does not, and NotOfThisNetwork when the weights do not fit.
    """
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    try:
        model = network.build(weights)
    except ModelUnusable as error:
        raise NotOfThisNetwork(error) from error
    except OSError as error:
        raise NotOfThisNetwork(f"{weights} cannot be read as a file ({error.strerror}); get it again") from error
    images = np.random.default_rng(0).integers(0, 256, network.example).astype(np.float32)
    expected = model.predict_on_batch(images)
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    try:
        model.export(unfinished, format="onnx", verbose=False)
        if not agree(expected if isinstance(expected, list) else [expected], OnnxEngine(unfinished).outputs(images)):
            raise ModelUnusable("its numbers differ between Keras and ONNX Runtime; please report this")
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        export(_NETWORKS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]))
    except NotOfThisNetwork as error:
        print(error, file=sys.stderr)
        sys.exit(NOT_OF_THIS_NETWORK)
    except ModelUnusable as error:
        sys.exit(str(error))
