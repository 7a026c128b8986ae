"""FaceNet: Inception ResNet v1 as David Sandberg trained it (Schroff et al. 2015; Szegedy et al. 2016).

The release 20180402-114759, trained on VGGFace2: 512 numbers a face, of length 1, from chips whose
pixels are standardised as (x - 127.5) / 128.
"""

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sortbyface.errors import ModelUnusable
from sortbyface.networks.network import Network

if TYPE_CHECKING:
    import keras

_SIZE = 160
_OUTPUTS = 512


def _build(weights: Path) -> "keras.Model":
    network = _network()
    try:
        with weights.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            _fill(network, arrays)
    except (OSError, ValueError, KeyError, EOFError, TypeError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelUnusable(f"{weights} does not hold the arrays of FaceNet ({error}); get it again") from error
    return network


def _network() -> "keras.Model":
    import keras
    from keras import layers

    chips = keras.Input((_SIZE, _SIZE, 3), name="chips")
    x = layers.Rescaling(1 / 128, offset=-127.5 / 128)(chips)
    x = _stem(x)
    for number in range(1, 6):
        x = _block35(x, f"Block35_{number}")
    x = _reduction_a(x, "Mixed_6a")
    for number in range(1, 11):
        x = _block17(x, f"Block17_{number}")
    x = _reduction_b(x, "Mixed_7a")
    for number in range(1, 6):
        x = _block8(x, f"Block8_{number}")
    x = _block8(x, "Block8_6", scale=1.0, activation=None)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(_OUTPUTS, use_bias=False, name="Bottleneck")(x)
    x = _normalised(x, "Bottleneck")
    return keras.Model(chips, layers.UnitNormalization()(x), name="facenet")


def _stem(x: Any) -> Any:
    from keras import layers

    x = _conv(x, 32, 3, "Conv2d_1a_3x3", strides=2, padding="valid")
    x = _conv(x, 32, 3, "Conv2d_2a_3x3", padding="valid")
    x = _conv(x, 64, 3, "Conv2d_2b_3x3")
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = _conv(x, 80, 1, "Conv2d_3b_1x1", padding="valid")
    x = _conv(x, 192, 3, "Conv2d_4a_3x3", padding="valid")
    return _conv(x, 256, 3, "Conv2d_4b_3x3", strides=2, padding="valid")


def _block35(x: Any, name: str) -> Any:
    direct = _conv(x, 32, 1, f"{name}_Branch_0_Conv2d_1x1")
    once = _conv(x, 32, 1, f"{name}_Branch_1_Conv2d_0a_1x1")
    once = _conv(once, 32, 3, f"{name}_Branch_1_Conv2d_0b_3x3")
    twice = _conv(x, 32, 1, f"{name}_Branch_2_Conv2d_0a_1x1")
    twice = _conv(twice, 32, 3, f"{name}_Branch_2_Conv2d_0b_3x3")
    twice = _conv(twice, 32, 3, f"{name}_Branch_2_Conv2d_0c_3x3")
    return _residual(x, [direct, once, twice], name, scale=0.17)


def _block17(x: Any, name: str) -> Any:
    direct = _conv(x, 128, 1, f"{name}_Branch_0_Conv2d_1x1")
    crossed = _conv(x, 128, 1, f"{name}_Branch_1_Conv2d_0a_1x1")
    crossed = _conv(crossed, 128, (1, 7), f"{name}_Branch_1_Conv2d_0b_1x7")
    crossed = _conv(crossed, 128, (7, 1), f"{name}_Branch_1_Conv2d_0c_7x1")
    return _residual(x, [direct, crossed], name, scale=0.10)


def _block8(x: Any, name: str, scale: float = 0.20, activation: str | None = "relu") -> Any:
    direct = _conv(x, 192, 1, f"{name}_Branch_0_Conv2d_1x1")
    crossed = _conv(x, 192, 1, f"{name}_Branch_1_Conv2d_0a_1x1")
    crossed = _conv(crossed, 192, (1, 3), f"{name}_Branch_1_Conv2d_0b_1x3")
    crossed = _conv(crossed, 192, (3, 1), f"{name}_Branch_1_Conv2d_0c_3x1")
    return _residual(x, [direct, crossed], name, scale, activation)


def _reduction_a(x: Any, name: str) -> Any:
    from keras import layers

    once = _conv(x, 384, 3, f"{name}_Branch_0_Conv2d_1a_3x3", strides=2, padding="valid")
    twice = _conv(x, 192, 1, f"{name}_Branch_1_Conv2d_0a_1x1")
    twice = _conv(twice, 192, 3, f"{name}_Branch_1_Conv2d_0b_3x3")
    twice = _conv(twice, 256, 3, f"{name}_Branch_1_Conv2d_1a_3x3", strides=2, padding="valid")
    return layers.Concatenate()([once, twice, layers.MaxPooling2D(3, strides=2)(x)])


def _reduction_b(x: Any, name: str) -> Any:
    from keras import layers

    branches = []
    for branch, filters in enumerate((384, 256, 256)):
        y = _conv(x, 256, 1, f"{name}_Branch_{branch}_Conv2d_0a_1x1")
        if branch == 2:
            y = _conv(y, 256, 3, f"{name}_Branch_2_Conv2d_0b_3x3")
        branches.append(_conv(y, filters, 3, f"{name}_Branch_{branch}_Conv2d_1a_3x3", strides=2, padding="valid"))
    return layers.Concatenate()([*branches, layers.MaxPooling2D(3, strides=2)(x)])


def _residual(x: Any, branches: list[Any], name: str, scale: float, activation: str | None = "relu") -> Any:
    from keras import layers

    change = layers.Conv2D(x.shape[-1], 1, name=f"{name}_Conv2d_1x1")(layers.Concatenate()(branches))
    x = layers.Add()([x, layers.Rescaling(scale)(change)])
    return layers.Activation(activation)(x) if activation else x


def _conv(
    x: Any, filters: int, size: int | tuple[int, int], name: str, *, strides: int = 1, padding: str = "same"
) -> Any:
    from keras import layers

    x = layers.Conv2D(filters, size, strides=strides, padding=padding, use_bias=False, name=name)(x)
    return layers.ReLU()(_normalised(x, name))


def _normalised(x: Any, name: str) -> Any:
    from keras import layers

    return layers.BatchNormalization(epsilon=1e-3, scale=False, name=f"{name}_BatchNorm")(x)


def _fill(network: "keras.Model", arrays: Any) -> None:
    """Set the weights by name: `<layer>_<variable>`, as the usual conversions from TensorFlow call them."""
    for layer in network.layers:
        if layer.weights:
            layer.set_weights([np.asarray(arrays[f"{layer.name}_{w.name}"], dtype=np.float32) for w in layer.weights])


FACENET = Network("facenet", version=1, example=(4, _SIZE, _SIZE, 3), build=_build)
