"""MTCNN: three small networks that propose, refine and confirm faces.

Zhang et al. 2016, "Joint Face Detection and Alignment Using Multitask Cascaded Convolutional Networks".
Weights: those that the package `mtcnn` carries (MIT); the package itself, which wants TensorFlow, is never imported.
"""

import hashlib
import importlib.util
import io
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sortbyface.errors import ModelUnusable
from sortbyface.networks.network import Network

if TYPE_CHECKING:
    import keras

WEIGHTS = {
    "mtcnn_pnet": ("pnet.lz4", "ea6b0c3e685ebee3165326ad6484acc95f2ef78f1c94fbf40a55704fa989f7b5"),
    "mtcnn_rnet": ("rnet.lz4", "cb00e6460f3c98b0bfafaba3c0a0ded4bdf6e62cee7174d969e8670d7e757fee"),
    "mtcnn_onet": ("onet.lz4", "94f6ea2f4cf985275ee958cdd762d17b6009348a4fb9d8c6be39ba73ffd22ca3"),
}
"""Network -> its file in mtcnn 1.0.0, and the file's SHA-256."""

_REMEDY = "run: pip install --force-reinstall mtcnn==1.0.0"


def packaged_mtcnn_weights(network: Network) -> Path:
    """The file that the package `mtcnn` carries for one of its networks.

    Raises ModelUnusable when the package is not installed.
    """
    file, _ = WEIGHTS[network.name]
    package = importlib.util.find_spec("mtcnn")
    for folder in (package.submodule_search_locations or []) if package else []:
        path = Path(folder) / "assets" / "weights" / file
        if path.is_file():
            return path
    raise ModelUnusable(f"{file} is missing; run: pip install mtcnn==1.0.0")


def _build(name: str, weights: Path) -> "keras.Model":
    try:
        data = weights.read_bytes()
    except OSError as error:
        raise ModelUnusable(f"{weights} cannot be read: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != WEIGHTS[name][1]:  # it holds a pickle, which must not be believed unseen
        raise ModelUnusable(f"{weights} is not the published file (its SHA-256 differs); {_REMEDY}")

    import joblib

    network = _LAYERS[name]()
    kernel, bias, *others = joblib.load(io.BytesIO(data))
    standardising = kernel / 128, bias - 127.5 * kernel.sum(axis=(0, 1, 2)) / 128  # trained on (x - 127.5) / 128
    network.set_weights([*standardising, *others])
    return network


def _pnet() -> "keras.Model":
    """Pictures of any size from 12 pixels -> what each window of 12 × 12 pixels shows; windows are 2 pixels apart.

    Outputs: (n, rows, columns, 4), how far the face's left, top, right and bottom are from the window's, in window
    sizes; (n, rows, columns, 2), the likelihood of no face and of a face.
    """
    import keras
    from keras import layers

    pictures = keras.Input((None, None, 3), name="pictures")
    x = _convolved(pictures, 10)
    x = layers.MaxPooling2D(2, padding="same")(x)
    x = _convolved(x, 16)
    x = _convolved(x, 32)
    return keras.Model(pictures, [layers.Conv2D(4, 1)(x), layers.Conv2D(2, 1, activation="softmax")(x)])


def _rnet() -> "keras.Model":
    """Patches (n, 24, 24, 3) -> sides (n, 4) and likelihoods (n, 2), as of a window of the first network."""
    import keras
    from keras import layers

    patches = keras.Input((24, 24, 3), name="patches")
    x = _convolved(patches, 28)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = _convolved(x, 48)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = _convolved(x, 64, size=2)
    x = _dense(x, 128)
    return keras.Model(patches, [layers.Dense(4)(x), layers.Dense(2, activation="softmax")(x)])


def _onet() -> "keras.Model":
    """Patches (n, 48, 48, 3) -> sides (n, 4), landmarks (n, 10), likelihoods (n, 2).

    Landmarks: five x, then five y, as shares of the patch: the eye at its left, the other, nose, corners of the mouth.
    """
    import keras
    from keras import layers

    patches = keras.Input((48, 48, 3), name="patches")
    x = _convolved(patches, 32)
    x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
    x = _convolved(x, 64)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = _convolved(x, 64)
    x = layers.MaxPooling2D(2, padding="same")(x)
    x = _convolved(x, 128, size=2)
    x = _dense(x, 256)
    return keras.Model(patches, [layers.Dense(4)(x), layers.Dense(10)(x), layers.Dense(2, activation="softmax")(x)])


def _convolved(x: Any, filters: int, size: int = 3) -> Any:
    from keras import layers

    return layers.PReLU(shared_axes=[1, 2])(layers.Conv2D(filters, size)(x))


def _dense(x: Any, outputs: int) -> Any:
    """Fully connected; columns come before rows, as where the weights were trained."""
    from keras import layers

    return layers.PReLU()(layers.Dense(outputs)(layers.Flatten()(layers.Permute((2, 1, 3))(x))))


_LAYERS = {"mtcnn_pnet": _pnet, "mtcnn_rnet": _rnet, "mtcnn_onet": _onet}


def _network(name: str, example: tuple[int, int, int, int]) -> Network:
    return Network(name, version=1, example=example, build=partial(_build, name))


PNET = _network("mtcnn_pnet", (1, 61, 48, 3))
RNET = _network("mtcnn_rnet", (4, 24, 24, 3))
ONET = _network("mtcnn_onet", (4, 48, 48, 3))
