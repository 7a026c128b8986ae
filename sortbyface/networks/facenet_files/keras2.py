"""Keras 2's `.h5`, of a whole model or of its weights alone.

The well-known conversions are of this form: `facenet_keras.h5` and `facenet_keras_weights.h5`
(github.com/nyoki-mtl/keras-facenet, from the release 20170512-110547), and `facenet_weights.h5` and
`facenet512_weights.h5` (github.com/serengil/deepface). A whole model also holds its layers' settings, with Python code
for some of them; they are not looked at. Keras 3 writes the same form under the ending `.h5`.
"""

import re
from collections.abc import Sequence
from typing import Any

from sortbyface.networks.facenet_files.hdf5 import datasets_in
from sortbyface.networks.facenet_files.layers import Arrays, Layer, Stored, gather

MODEL = "model_weights"
"""The group with the weights of a whole model; those of its training lie beside it."""

WEIGHTS = "layer_names"
"""What a file of weights alone says of itself."""


def read(file: Any, layers: Sequence[Layer]) -> Arrays:
    """See `arrays_of`. file: an open h5py.File.

    A variable is found by its own name (`kernel:0`) and by its layer's, which is that of a group around it: there are
    one or two of them, as TensorFlow has names for its variables that need not be those of the layers.
    """
    wanted = {layer.name for layer in layers}
    stored: dict[tuple[str, str], Stored] = {}
    for path, dataset in datasets_in(file.get(MODEL, file)).items():
        variable = re.sub(r":\d+$", "", path.name)
        for layer in wanted.intersection(path.parts[:-1]):
            if (layer, variable) in stored:
                raise ValueError(f"{layer}_{variable} is there twice")
            stored[layer, variable] = dataset
    return gather(layers, lambda layer, variable: stored.get((layer.name, variable)))
