"""FaceNet: Inception ResNet v1 as David Sandberg trained it (Schroff et al. 2015; Szegedy et al. 2016).

Two generations of its weights were published (github.com/davidsandberg/facenet), told apart by how many numbers they
make of a face; vectors are of length 1:

- 2018, 512 numbers: 20180402-114759, trained on VGGFace2, and 20180408-102900, on CASIA-WebFace.
- 2017, 128 numbers: 20170512-110547, trained on MS-Celeb-1M, and 20170511-185253, on CASIA-WebFace.

Each standardises pixels in its own way, which is a part of the networks here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sortbyface.errors import ModelUnusable
from sortbyface.networks.facenet_files import Arrays, Layer, WrongShape, arrays_of, refusal
from sortbyface.networks.network import Network

if TYPE_CHECKING:
    import keras

_SIZE = 160
_FEATURES = 1792


@dataclass(frozen=True)
class _Release:
    """One generation of published weights."""

    name: str
    """Of the network, and of the embedder that uses it."""

    year: int
    outputs: int
    standardised: Callable[[Any], Any]
    """(n, rows, columns, 3), 0 to 255 -> as in its training."""


def _build(release: _Release, weights: Path) -> "keras.Model":
    arrays = arrays_of(weights)
    network = _network(release)
    try:
        _fill(network, arrays(_layers(network)))
    except WrongShape as error:
        for other in _RELEASES:
            if (error.name, error.shape) == ("Bottleneck_kernel", (_FEATURES, other.outputs)):
                words = f"{weights} holds FaceNet as of {other.year}, not {release.year}; use --embedder {other.name}"
                raise ModelUnusable(words) from error
        raise refusal(weights, error) from error
    return network


def _layers(network: "keras.Model") -> list[Layer]:
    """What a weights file has to hold, in the order of the network."""
    return [
        Layer(layer.name, type(layer).__name__, {w.name: tuple(w.shape) for w in layer.weights})
        for layer in network.layers
        if layer.weights
    ]


def _fill(network: "keras.Model", arrays: Arrays) -> None:
    for layer in network.layers:
        if layer.weights:
            layer.set_weights([arrays[f"{layer.name}_{weight.name}"] for weight in layer.weights])


def _by_fixed_numbers(chips: Any) -> Any:
    from keras import layers

    return layers.Rescaling(1 / 128, offset=-127.5 / 128)(chips)


def _by_the_image(chips: Any) -> Any:
    """Each image by the mean and the standard deviation of all its values, as in tf.image.per_image_standardization."""
    from keras import ops

    values = (1, 2, 3)
    centred = chips - ops.mean(chips, axis=values, keepdims=True)
    deviation = ops.sqrt(ops.mean(ops.square(centred), axis=values, keepdims=True))
    return centred / ops.maximum(deviation, (_SIZE * _SIZE * 3) ** -0.5)  # an image of one colour has no deviation


def _network(release: _Release) -> "keras.Model":
    import keras
    from keras import layers

    chips = keras.Input((_SIZE, _SIZE, 3), name="chips")
    x = _stem(release.standardised(chips))
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
    x = layers.Dense(release.outputs, use_bias=False, name="Bottleneck")(x)
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


_OF_2018: Final = _Release("facenet", 2018, 512, _by_fixed_numbers)
_OF_2017: Final = _Release("facenet-2017", 2017, 128, _by_the_image)
_RELEASES: Final = (_OF_2018, _OF_2017)


def _published(release: _Release) -> Network:
    return Network(release.name, version=1, example=(4, _SIZE, _SIZE, 3), build=partial(_build, release))


FACENET = _published(_OF_2018)
FACENET_2017 = _published(_OF_2017)
