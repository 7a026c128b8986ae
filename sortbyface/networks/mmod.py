"""dlib's face detector: seven convolutions (King 2015, "Max-Margin Object Detection"; dnn_mmod_face_detection_ex).

For every eighth row and column of a picture of any size it gives a score, above 0 where a face fills the window
around that place. Faces of other sizes are found in smaller copies of the picture.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from sortbyface.errors import ModelUnusable
from sortbyface.networks.dlib_dat import Layer, read_layers
from sortbyface.networks.network import Network

if TYPE_CHECKING:
    import keras

CELL: Final = 8
"""Pixels from one cell of the output to the next, both ways."""

FIRST_CELL: Final = 14
"""Row and column of the pixel at the centre of the first cell."""

REACH: Final = 10
"""How many cells away, both ways, others still have a part in a cell's score."""

_CONVOLUTIONS: Final = [(16, 5, 2), (32, 5, 2), (32, 5, 2), (45, 5, 1), (45, 5, 1), (45, 5, 1), (1, 9, 1)]
"""Filters, rows and columns, stride; without padding where the stride is 2."""

_LAYERS: Final = ["con", "bn_con", "relu"] * 6 + ["con"]


@dataclass(frozen=True, eq=False)
class MmodOptions:
    """What a weights file says beside the weights."""

    colour: npt.NDArray[np.float32]
    """(3,): the average colour of the training pictures, which to the network is nothing."""

    window: tuple[float, float]
    """Width and height of a face, in pixels of the copy in which it is found."""

    most_of_both: float
    """Two faces share no more than this of the smallest box around both."""

    most_of_one: float
    """Nor more than this of either one."""


def read_options(weights: Path) -> MmodOptions:
    """What the detector has to know of its weights file. Raises ModelUnusable when it is not of this network."""
    arrays = {layer.kind: layer.arrays for layer in _layers(weights)}
    width, height = arrays["loss_mmod"]["window"].tolist()
    both, one = arrays["loss_mmod"]["overlap"].tolist()
    return MmodOptions(np.asarray(arrays["input"]["mean"], np.float32), (width, height), both, one)


def _layers(weights: Path) -> list[Layer]:
    return read_layers(weights.read_bytes(), _LAYERS, source="input_rgb_image_pyramid", loss="loss_mmod")


def _build(weights: Path) -> "keras.Model":
    network = _network()
    try:
        _fill(network, _layers(weights))
    except ValueError as error:
        raise ModelUnusable(f"{weights} is damaged, or of another network; get it again") from error
    return network


def _network() -> "keras.Model":
    import keras
    from keras import layers

    pictures = keras.Input((None, None, 3), name="pictures")
    x: Any = pictures
    for filters, size, stride in _CONVOLUTIONS:
        padding = "same" if stride == 1 else "valid"
        x = layers.Conv2D(filters, size, stride, padding, activation="relu" if filters > 1 else None)(x)
    return keras.Model(pictures, x, name="mmod")


def _fill(network: "keras.Model", layers: list[Layer]) -> None:
    """Set the weights; the input's scaling and each batch norm are folded into the convolution beside them."""
    mean = layers[0].arrays["mean"]
    convolutions = [layer.arrays for layer in layers if layer.kind == "con"]
    norms: list[Any] = [layer.arrays for layer in layers if layer.kind == "bn_con"] + [{"scale": [1], "shift": [0]}]
    trained = [layer for layer in network.layers if layer.weights]
    for number, (layer, con, norm) in enumerate(zip(trained, convolutions, norms, strict=True)):
        kernel, bias = con["kernel"].astype(np.float64), con["bias"].astype(np.float64)
        if number == 0:  # nothing pads this convolution, so it can take off the mean by itself
            kernel /= 256
            bias -= np.einsum("ocyx,c->o", kernel, mean)
        scale = np.asarray(norm["scale"], np.float64)
        layer.set_weights([(kernel * scale[:, None, None, None]).transpose(2, 3, 1, 0), bias * scale + norm["shift"]])


MMOD = Network("mmod", version=1, example=(1, 203, 251, 3), build=_build)
