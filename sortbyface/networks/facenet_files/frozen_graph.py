"""TensorFlow's frozen graph, as in `20180402-114759.pb` and `20170512-110547.pb`.

It is parsed for the constants in it; the graph is never given to TensorFlow to run.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from sortbyface.networks.facenet_files.layers import Arrays, Layer, Stored, gather
from sortbyface.networks.facenet_files.tensorflow_names import array_name

FIRST_BYTE: Final = b"\x0a"
"""Says that a node follows: all that there is to know a graph by."""

_LARGEST: Final = 1 << 29
"""Bytes: five times FaceNet's."""


def read(file: Path, layers: Sequence[Layer]) -> Arrays:
    """See `arrays_of`."""
    import tensorflow as tf
    from google.protobuf.message import DecodeError

    if file.stat().st_size > _LARGEST:
        raise ValueError("it is larger than FaceNet's graph can be")
    graph = tf.compat.v1.GraphDef()
    try:
        graph.ParseFromString(file.read_bytes())
    except DecodeError as error:
        raise ValueError("it is no graph of TensorFlow, or cut short") from error
    tensors = {array_name(node.name): node.attr["value"].tensor for node in graph.node if node.op == "Const"}

    def find(layer: Layer, variable: str) -> Stored | None:
        tensor = tensors.get(f"{layer.name}_{variable}")
        if tensor is None:
            return None
        return Stored(tuple(dim.size for dim in tensor.tensor_shape.dim), partial(tf.make_ndarray, tensor))

    return gather(layers, find)
