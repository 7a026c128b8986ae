"""dlib's face recognition network: a ResNet of 29 layers, 128 numbers a face (King 2017, dnn_face_recognition_ex).

After He et al. 2016 with half the filters; shortcuts that change size are averaged and padded with zeros.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sortbyface.errors import ModelUnusable
from sortbyface.networks.dlib_dat import Layer, read_layers
from sortbyface.networks.network import Network

if TYPE_CHECKING:
    import keras

_SIZE = 150
_OUTPUTS = 128
_BLOCKS = [
    *[(32, 1)] * 3,
    *[(64, 2), (64, 1), (64, 1), (64, 1)],
    *[(128, 2), (128, 1), (128, 1)],
    *[(256, 2), (256, 1), (256, 1)],
    (256, 2),
]
"""Filters and stride of each residual block."""

_STEM = ["con", "affine", "relu", "max_pool"]
_BLOCK = ["tag", "con", "affine", "relu", "con", "affine"]
_SHORTCUT = {1: ["add_prev", "relu"], 2: ["tag", "skip", "avg_pool", "add_prev", "relu"]}
_LAYERS = _STEM + [kind for _, stride in _BLOCKS for kind in _BLOCK + _SHORTCUT[stride]] + ["avg_pool", "fc"]


def _build(weights: Path) -> "keras.Model":
    layers = read_layers(weights.read_bytes(), _LAYERS)
    mean = next(layer for layer in layers if layer.kind == "input").arrays["mean"]
    network = _network(mean)
    try:
        _fill(network, layers)
    except ValueError as error:
        raise ModelUnusable(f"{weights} is damaged, or of another network; get it again") from error
    return network


def _network(mean: Any) -> "keras.Model":
    """mean: (3,), the average colour of the training images, which is taken off every pixel."""
    import keras
    from keras import layers

    chips = keras.Input((_SIZE, _SIZE, 3), name="chips")
    x = layers.Rescaling(1 / 256, offset=(-mean / 256).tolist())(chips)
    x = layers.Conv2D(32, 7, strides=2, activation="relu")(x)
    x = layers.MaxPooling2D(3, strides=2)(x)
    for filters, stride in _BLOCKS:
        x = _residual_block(x, filters, stride)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(chips, layers.Dense(_OUTPUTS, use_bias=False)(x), name="dlib_resnet")


def _residual_block(x: Any, filters: int, stride: int) -> Any:
    from keras import layers

    padding = "same" if stride == 1 else "valid"
    y = layers.Conv2D(filters, 3, strides=stride, padding=padding, activation="relu")(x)
    y = layers.Conv2D(filters, 3, padding="same")(y)
    if stride > 1:
        x = layers.AveragePooling2D(stride, strides=stride)(x)
    return layers.ReLU()(layers.Add()([_padded_to(x, y.shape), _padded_to(y, x.shape)]))


def _padded_to(x: Any, shape: tuple[int | None, ...]) -> Any:
    """dlib adds tensors of different sizes as if the smaller one went on with zeros."""
    from keras import ops

    missing = [max(0, (wanted or 0) - (size or 0)) for size, wanted in zip(x.shape, shape, strict=True)]
    return ops.pad(x, [(0, count) for count in missing]) if any(missing) else x


def _fill(network: "keras.Model", layers: list[Layer]) -> None:
    """Set the weights, in forward order; each affine layer is folded into the convolution before it."""
    trained = [layer for layer in network.layers if layer.weights]
    numbers = [layer.arrays for layer in layers if layer.kind in ("con", "affine", "fc")]
    *convolutions, fully_connected = numbers
    for layer, con, affine in zip(trained[:-1], convolutions[::2], convolutions[1::2], strict=True):
        kernel = con["kernel"] * affine["scale"][:, np.newaxis, np.newaxis, np.newaxis]
        layer.set_weights([kernel.transpose(2, 3, 1, 0), con["bias"] * affine["scale"] + affine["shift"]])
    trained[-1].set_weights([fully_connected["kernel"]])


DLIB_RESNET = Network("dlib_resnet", version=1, example=(4, _SIZE, _SIZE, 3), build=_build)
