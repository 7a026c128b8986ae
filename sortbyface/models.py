"""Which detector and which embedder look at photos, loaded once per process."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.embedders import EMBEDDERS
from sortbyface.embedders.embedder import Embedder
from sortbyface.errors import ModelUnusable
from sortbyface.faces import alignment
from sortbyface.faces.detectors import detector_of
from sortbyface.faces.detectors.detector import Detector
from sortbyface.faces.detectors.hog import HogDetector
from sortbyface.networks.engine import OnnxEngine, exported_network, prepare, unit
from sortbyface.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Models:
    """What a recipe calls for, ready to work."""

    detector: Detector
    embedder: Embedder
    engine: OnnxEngine

    def embed(self, chips: Chips) -> FloatMatrix:
        """(n, size, size, 3) uint8 -> (n, d) float32, rows of length 1."""
        return unit(self.engine.run(chips))


def choose_recipe(embedder: str | None = None, weights: Path | None = None, detector: Detector | None = None) -> Recipe:
    """The recipe for new photos; its network is made ready to run, which takes a while the first time.

    embedder: a name from `EMBEDDERS`; None takes the first whose weights are at hand.
    weights: a weights file of that embedder's network that lies elsewhere than usual.
    detector: None for HOG, which looks closer where it has to.
    Raises ModelUnusable when the weights are missing or damaged.
    """
    candidates = [EMBEDDERS[embedder]] if embedder else list(EMBEDDERS.values())
    if weights is not None and len(candidates) > 1:
        raise ModelUnusable(f"{weights}: of which network? Say so with --embedder")
    for candidate in candidates:
        path = weights or candidate.find_weights()
        if path is not None:
            detector = detector or HogDetector()
            detector.prepare()
            return _recipe(detector, candidate, prepare(candidate.network, path))
    raise ModelUnusable(f"no weights for {embedder} here; put them into Models/ (its README says which) or use --model")


@cache
def load_models(recipe: Recipe) -> Models:
    """Once a process, not once a photo. Raises ModelUnusable when this recipe cannot be followed (any more)."""
    embedder = EMBEDDERS.get(recipe.embedder_name)
    detector = detector_of(recipe.detector)
    if embedder and detector and _recipe(detector, embedder, recipe.weights) == recipe:
        exported = exported_network(embedder.network, recipe.weights)
        if exported.is_file():
            return Models(detector, embedder, OnnxEngine(exported))
    raise ModelUnusable(f"photos were looked at as {recipe}, which is not at hand now; run embedder.py again")


def _recipe(detector: Detector, embedder: Embedder, weights_sha256: str) -> Recipe:
    return Recipe(detector.recipe, alignment.RECIPE, embedder.recipe, weights_sha256[:16])
