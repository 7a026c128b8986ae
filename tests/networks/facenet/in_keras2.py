"""FaceNet as the well-known conversions to Keras 2 define it (nyoki-mtl/keras-facenet), Lambda layers and all."""

from collections.abc import Callable
from typing import Any

from tests.networks.facenet.arrays import Arrays


def scaling(x: Any, scale: float) -> Any:
    return x * scale


def model_of(arrays: Arrays, first: Callable[[Any], Any] | None = None) -> Any:
    """The network with these weights. first: what a Lambda layer on its input does, whose bytecode gets into files."""
    from tf_keras import Model, layers

    outputs = arrays["Bottleneck_kernel"].shape[1]
    inputs = layers.Input((160, 160, 3))
    x = layers.Lambda(first, output_shape=(160, 160, 3))(inputs) if first else inputs
    x = _conv(x, 32, 3, "Conv2d_1a_3x3", 2, "valid")
    x = _conv(x, 32, 3, "Conv2d_2a_3x3", 1, "valid")
    x = _conv(x, 64, 3, "Conv2d_2b_3x3")
    x = layers.MaxPooling2D(3, strides=2, name="MaxPool_3a_3x3")(x)
    x = _conv(x, 80, 1, "Conv2d_3b_1x1", 1, "valid")
    x = _conv(x, 192, 3, "Conv2d_4a_3x3", 1, "valid")
    x = _conv(x, 256, 3, "Conv2d_4b_3x3", 2, "valid")
    for n in range(1, 6):
        x = _block(x, f"Block35_{n}", 0.17, [[(32, 1, "")], [(32, 1, "0a_"), (32, 3, "0b_")], _three(32)])
    x = _reduction(x, "Mixed_6a", [[384], [192, 192, 256]], pool=2)
    for n in range(1, 11):
        x = _block(x, f"Block17_{n}", 0.1, [[(128, 1, "")], _crossed(128, 7)])
    x = _reduction(x, "Mixed_7a", [[256, 384], [256, 256], [256, 256, 256]], pool=3)
    for n in range(1, 7):
        x = _block(x, f"Block8_{n}", 0.2 if n < 6 else 1.0, [[(192, 1, "")], _crossed(192, 3)], n < 6)
    x = layers.GlobalAveragePooling2D(name="AvgPool")(x)
    x = layers.Dropout(0.2, name="Dropout")(x)
    x = layers.Dense(outputs, use_bias=False, name="Bottleneck")(x)
    x = layers.BatchNormalization(momentum=0.995, epsilon=0.001, scale=False, name="Bottleneck_BatchNorm")(x)
    model = Model(inputs, x, name="inception_resnet_v1")
    for layer in model.layers:
        if layer.weights:
            names = [weight.name.split("/")[-1].removesuffix(":0") for weight in layer.weights]
            layer.set_weights([arrays[f"{layer.name}_{name}"] for name in names])
    return model


def _conv(x: Any, filters: int, size: Any, name: str, strides: int = 1, padding: str = "same") -> Any:
    from tf_keras import layers

    x = layers.Conv2D(filters, size, strides=strides, padding=padding, use_bias=False, name=name)(x)
    x = layers.BatchNormalization(axis=3, momentum=0.995, epsilon=0.001, scale=False, name=f"{name}_BatchNorm")(x)
    return layers.Activation("relu", name=f"{name}_Activation")(x)


def _three(filters: int) -> list[tuple[int, Any, str]]:
    return [(filters, 1, "0a_"), (filters, 3, "0b_"), (filters, 3, "0c_")]


def _crossed(filters: int, long: int) -> list[tuple[int, Any, str]]:
    return [(filters, 1, "0a_"), (filters, (1, long), "0b_"), (filters, (long, 1), "0c_")]


def _block(x: Any, name: str, scale: float, branches: list[list[tuple[int, Any, str]]], activation: bool = True) -> Any:
    from tf_keras import layers

    ends = []
    for number, branch in enumerate(branches):
        y = x
        for filters, size, prefix in branch:
            rows, columns = size if isinstance(size, tuple) else (size, size)
            y = _conv(y, filters, size, f"{name}_Branch_{number}_Conv2d_{prefix}{rows}x{columns}")
        ends.append(y)
    up = layers.Concatenate(axis=3, name=f"{name}_Concatenate")(ends)
    up = layers.Conv2D(x.shape[-1], 1, padding="same", name=f"{name}_Conv2d_1x1")(up)
    up = layers.Lambda(scaling, output_shape=tuple(up.shape[1:]), arguments={"scale": scale})(up)
    x = layers.add([x, up])
    return layers.Activation("relu", name=f"{name}_Activation")(x) if activation else x


def _reduction(x: Any, name: str, branches: list[list[int]], pool: int) -> Any:
    from tf_keras import layers

    ends = []
    for number, branch in enumerate(branches):
        y = x
        for place, filters in enumerate(branch[:-1]):
            kind = "0a_1x1" if place == 0 else "0b_3x3"
            y = _conv(y, filters, 1 if place == 0 else 3, f"{name}_Branch_{number}_Conv2d_{kind}")
        ends.append(_conv(y, branch[-1], 3, f"{name}_Branch_{number}_Conv2d_1a_3x3", 2, "valid"))
    ends.append(layers.MaxPooling2D(3, strides=2, padding="valid", name=f"{name}_Branch_{pool}_MaxPool_1a_3x3")(x))
    return layers.Concatenate(axis=3, name=name)(ends)
