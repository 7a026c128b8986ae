"""TensorFlow's checkpoints: `model-20180402-114759.ckpt-275.index`, and `….data-00000-of-00001` beside it.

What else a release holds of one (`.meta`, the graph) is not needed.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from sortbyface.networks.facenet_files.layers import Arrays, Layer, Stored, gather
from sortbyface.networks.facenet_files.tensorflow_names import array_name


def read(index: Path, layers: Sequence[Layer]) -> Arrays:
    """See `arrays_of`."""
    import tensorflow as tf

    try:
        checkpoint = tf.train.load_checkpoint(str(index.with_suffix("")))
        shapes = checkpoint.get_variable_to_shape_map()
        stored = {
            array_name(name): Stored(tuple(shape), partial(checkpoint.get_tensor, name))
            for name, shape in shapes.items()
        }
        return gather(layers, lambda layer, variable: stored.get(f"{layer.name}_{variable}"))
    except tf.errors.OpError as error:
        raise ValueError(f"the checkpoint is damaged: {error.message}") from error
