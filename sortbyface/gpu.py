"""A recipe's embedder on a GPU, if there is one that gives the processor's vectors. See docs/gpu.md."""

import logging
from functools import partial
from pathlib import Path

import numpy as np

from sortbyface.embedders.embedder import Embedder
from sortbyface.models import Embed, load_models, weights_file
from sortbyface.networks.device import DeviceFailed, FallibleDevice, Run
from sortbyface.networks.keras_engine import KerasEngine, without_chatter
from sortbyface.recipe import Recipe

_log = logging.getLogger(__name__)

_TOLERANCE = 1e-3
"""Largest difference between the numbers of a unit vector from a GPU and from the processor."""


def embed_on_gpu(recipe: Recipe, weights: Path | None = None, device: str = "GPU") -> Embed | None:
    """Chips -> unit vectors on a GPU, and on the processor when that fails; None where no GPU can be used.

    Why not, and that a GPU has failed later on, is logged as a warning. weights: as for `choose_recipe`, which has
    chosen the recipe. device: what TensorFlow calls it. Raises ModelUnusable when the weights are not there any more.
    """
    models = load_models(recipe)
    embedder = models.embedder
    try:
        with without_chatter():
            gpu = KerasEngine(embedder.network, weights_file(recipe, weights), device)
            _prove_equal(embedder, gpu.run, models.engine.run)
    except DeviceFailed as trouble:
        _log.warning("%s; going on with the processor (docs/gpu.md says what it takes)", trouble)
        return None
    return partial(embedder.vectors, run=FallibleDevice(gpu.run, models.engine.run).run)


def _prove_equal(embedder: Embedder, gpu: Run, processor: Run) -> None:
    """Raises DeviceFailed unless both give the same vectors for the same chips."""
    chips = np.random.default_rng(0).integers(0, 256, embedder.network.example, dtype=np.uint8)
    difference = np.abs(embedder.vectors(chips, gpu) - embedder.vectors(chips, processor)).max()
    if not difference <= _TOLERANCE:
        raise DeviceFailed(f"the GPU's vectors differ from the processor's by {difference:.1g}")
