"""FaceNet's weights by name, and files of them in the project's own form."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sortbyface.networks import facenet

PUBLISHED = "facenet-20180402-114759.npz"

Arrays = dict[str, npt.NDArray[Any]]


def random_arrays(outputs: int) -> Arrays:
    """Weights in the names and shapes of the published ones, of sizes that let a signal through."""
    release = next(release for release in facenet._RELEASES if release.outputs == outputs)
    random = np.random.default_rng(20180402 + outputs)
    arrays = {}
    for layer in facenet._layers(facenet._network(release)):
        for variable, shape in layer.shapes.items():
            fan_in = max(1, int(np.prod(shape[:-1])))
            if variable == "moving_variance":
                values = random.uniform(0.5, 1.5, shape)
            else:
                values = random.normal(0, (2 / fan_in) ** 0.5 if variable == "kernel" else 0.1, shape)
            arrays[f"{layer.name}_{variable}"] = values.astype(np.float32)
    return arrays


def load_arrays(path: Path) -> Arrays:
    with np.load(path) as file:
        return {name: file[name].astype(np.float32) for name in file.files}


def saved(path: Path, arrays: Arrays) -> Path:
    with path.open("wb") as file:
        np.savez(file, **arrays)
    return path
