"""FaceNet as it was trained: TensorFlow 1 and its scopes (github.com/davidsandberg/facenet, inception_resnet_v1.py).

The original is written with TensorFlow's slim, which is no more; variables are called as slim called them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from tests.networks.facenet.arrays import Arrays

tf1 = tf.compat.v1


@dataclass
class Original:
    """The network with these weights, in a session of its own."""

    arrays: Arrays
    session: Any = None
    values: dict[Any, Any] = field(default_factory=dict)
    """Variable -> its value."""

    def vectors(self, chips: Any) -> Any:
        """(n, 160, 160, 3), 0 to 255 -> (n, outputs), standardised as its training was."""
        return self.session.run("embeddings:0", {"chips:0": chips})

    def save_checkpoint(self, prefix: Path) -> Path:
        """Gives the prefix."""
        with self.session.graph.as_default():
            tf1.train.Saver(list(self.values)).save(self.session, str(prefix))
        return prefix

    def save_frozen(self, path: Path) -> Path:
        graph = self.session.graph.as_graph_def()
        frozen = tf1.graph_util.convert_variables_to_constants(self.session, graph, ["embeddings"])
        path.write_bytes(frozen.SerializeToString())
        return path

    def variable(self, name: str, value: Any) -> Any:
        variable = tf1.get_variable(name, np.shape(value), tf.float32, tf1.zeros_initializer(), use_resource=False)
        self.values[variable] = value
        return variable

    def conv(self, net: Any, scope: str, array: str, strides: int = 1, padding: str = "SAME") -> Any:
        """array: how the weights of this convolution are called in `arrays`."""
        with tf1.variable_scope(scope):
            weights = self.variable("weights", self.arrays[f"{array}_kernel"])
            return tf.nn.relu(self.normalised(tf.nn.conv2d(net, weights, strides, padding), array))

    def normalised(self, net: Any, array: str) -> Any:
        with tf1.variable_scope("BatchNorm"):
            names = ("beta", "moving_mean", "moving_variance")
            beta, mean, variance = (self.variable(name, self.arrays[f"{array}_BatchNorm_{name}"]) for name in names)
        return tf.nn.batch_normalization(net, mean, variance, beta, None, 0.001)

    def branch(self, net: Any, block: str, number: int, *convolutions: str, last: dict[str, Any] | None = None) -> Any:
        with tf1.variable_scope(f"Branch_{number}"):
            for scope in convolutions:
                options = last if last and scope == convolutions[-1] else {}
                net = self.conv(net, scope, f"{block}_Branch_{number}_{scope}", **options)
        return net

    def block(self, net: Any, scope: str, array: str, scale: float, branches: list[tuple[str, ...]]) -> Any:
        with tf1.variable_scope(scope):
            ends = [self.branch(net, array, number, *names) for number, names in enumerate(branches)]
            with tf1.variable_scope("Conv2d_1x1"):
                weights = self.variable("weights", self.arrays[f"{array}_Conv2d_1x1_kernel"])
                biases = self.variable("biases", self.arrays[f"{array}_Conv2d_1x1_bias"])
            return net + scale * (tf.nn.conv2d(tf.concat(ends, 3), weights, 1, "SAME") + biases)

    def reduction(self, net: Any, scope: str, branches: list[tuple[str, ...]]) -> Any:
        half = {"strides": 2, "padding": "VALID"}
        with tf1.variable_scope(scope):
            ends = [self.branch(net, scope, number, *names, last=half) for number, names in enumerate(branches)]
            return tf.concat([*ends, tf.nn.max_pool2d(net, 3, 2, "VALID")], 3)

    def inception_resnet_v1(self, net: Any) -> Any:
        with tf1.variable_scope("InceptionResnetV1"):
            net = self.conv(net, "Conv2d_1a_3x3", "Conv2d_1a_3x3", 2, "VALID")
            net = self.conv(net, "Conv2d_2a_3x3", "Conv2d_2a_3x3", 1, "VALID")
            net = self.conv(net, "Conv2d_2b_3x3", "Conv2d_2b_3x3")
            net = tf.nn.max_pool2d(net, 3, 2, "VALID")
            net = self.conv(net, "Conv2d_3b_1x1", "Conv2d_3b_1x1", 1, "VALID")
            net = self.conv(net, "Conv2d_4a_3x3", "Conv2d_4a_3x3", 1, "VALID")
            net = self.conv(net, "Conv2d_4b_3x3", "Conv2d_4b_3x3", 2, "VALID")
            for n in range(1, 6):
                net = tf.nn.relu(self.block(net, f"Repeat/block35_{n}", f"Block35_{n}", 0.17, BLOCK35))
            net = self.reduction(net, "Mixed_6a", MIXED_6A)
            for n in range(1, 11):
                net = tf.nn.relu(self.block(net, f"Repeat_1/block17_{n}", f"Block17_{n}", 0.10, BLOCK17))
            net = self.reduction(net, "Mixed_7a", MIXED_7A)
            for n in range(1, 6):
                net = tf.nn.relu(self.block(net, f"Repeat_2/block8_{n}", f"Block8_{n}", 0.20, BLOCK8))
            net = self.block(net, "Block8", "Block8_6", 1.0, BLOCK8)
            net = tf.reduce_mean(net, (1, 2))
            with tf1.variable_scope("Bottleneck"):
                weights = self.variable("weights", self.arrays["Bottleneck_kernel"])
                return self.normalised(tf.matmul(net, weights), "Bottleneck")


BLOCK35: list[tuple[str, ...]] = [
    ("Conv2d_1x1",),
    ("Conv2d_0a_1x1", "Conv2d_0b_3x3"),
    ("Conv2d_0a_1x1", "Conv2d_0b_3x3", "Conv2d_0c_3x3"),
]
BLOCK17: list[tuple[str, ...]] = [("Conv2d_1x1",), ("Conv2d_0a_1x1", "Conv2d_0b_1x7", "Conv2d_0c_7x1")]
BLOCK8: list[tuple[str, ...]] = [("Conv2d_1x1",), ("Conv2d_0a_1x1", "Conv2d_0b_1x3", "Conv2d_0c_3x1")]
MIXED_6A: list[tuple[str, ...]] = [("Conv2d_1a_3x3",), ("Conv2d_0a_1x1", "Conv2d_0b_3x3", "Conv2d_1a_3x3")]
MIXED_7A: list[tuple[str, ...]] = [
    ("Conv2d_0a_1x1", "Conv2d_1a_3x3"),
    ("Conv2d_0a_1x1", "Conv2d_1a_3x3"),
    ("Conv2d_0a_1x1", "Conv2d_0b_3x3", "Conv2d_1a_3x3"),
]


@contextmanager
def original(arrays: Arrays) -> Iterator[Original]:
    """With what a training leaves beside the network: its classes, and moving averages that the releases do not use."""
    with tf.Graph().as_default(), tf1.Session() as session:
        network = Original(arrays, session)
        chips = tf1.placeholder(tf.float32, (None, 160, 160, 3), "chips")
        if arrays["Bottleneck_kernel"].shape[1] == 512:
            images = (chips - 127.5) / 128.0
        else:
            images = tf.map_fn(tf.image.per_image_standardization, chips)
        tf.nn.l2_normalize(network.inception_resnet_v1(images), 1, 1e-10, "embeddings")
        first = "Conv2d_1a_3x3/weights/ExponentialMovingAverage"
        network.variable(f"InceptionResnetV1/{first}", arrays["Conv2d_1a_3x3_kernel"] + 1)
        network.variable("Logits/weights", np.ones((arrays["Bottleneck_kernel"].shape[1], 10), np.float32))
        network.variable("global_step", np.float32(90))
        session.run(
            [variable.initializer for variable in network.values],
            {variable.initializer.inputs[1]: value for variable, value in network.values.items()},
        )
        yield network
