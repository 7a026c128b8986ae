"""Who finds the faces of photos and who embeds them, loaded once per process."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.embedders import EMBEDDERS
from sortbyface.embedders.choosing import choose_embedder
from sortbyface.embedders.embedder import Embedder
from sortbyface.errors import ModelUnusable
from sortbyface.finder import Finder
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.engine import OnnxEngine, exported_network
from sortbyface.recipe import Recipe

Embed: TypeAlias = Callable[[Chips], FloatMatrix]
"""(n, size, size, 3) uint8 -> (n, d) float32, rows of length 1."""


@dataclass(frozen=True, eq=False)
class Models:
    """What a recipe calls for, ready to work."""

    finder: Finder
    embedder: Embedder
    exported: Path
    """The embedder's network."""

    @cached_property
    def engine(self) -> OnnxEngine:
        """Loaded when it is first asked for: who only cuts chips never asks.

        Raises ModelUnusable when the file is damaged.
        """
        return OnnxEngine(self.exported)

    def embed(self, chips: Chips) -> FloatMatrix:
        """(n, size, size, 3) uint8 -> (n, d) float32, rows of length 1."""
        return self.embedder.vectors(chips, self.engine.run)


def choose_recipe(
    embedder: str | None = None,
    weights: Path | None = None,
    finder: Finder = Finder(),
) -> Recipe:
    """The recipe for new photos; its networks are made ready to run, which takes a while the first time.

    embedder, weights: see `choose_embedder`. Raises ModelUnusable when weights are missing, damaged, or do not fit.
    """
    chosen, sha256 = choose_embedder(embedder, weights)
    finder.detector.prepare()
    return _recipe(finder, chosen, sha256)


@cache
def load_models(recipe: Recipe) -> Models:
    """Once a process, not once a photo. Raises ModelUnusable when this recipe cannot be followed (any more)."""
    finder, embedder = _followed(recipe)
    exported = exported_network(embedder.network, recipe.weights)
    if not exported.is_file():
        raise _not_at_hand(recipe)
    return Models(finder, embedder, exported)


def weights_file(recipe: Recipe, weights: Path | None = None) -> Path:
    """The weights from which the network of a recipe's embedder was exported.

    weights: as for `choose_recipe`, which has chosen the recipe. Raises ModelUnusable when others are there now.
    """
    _, embedder = _followed(recipe)
    path = weights or embedder.find_weights()
    if path is None or not sha256_of(path).startswith(recipe.weights):
        raise _not_at_hand(recipe)
    return path


def exported_networks(recipe: Recipe) -> list[Path]:
    """The files, in the cache folder, of all networks that a recipe runs. Raises ModelUnusable."""
    finder, embedder = _followed(recipe)
    return [*finder.detector.networks(), exported_network(embedder.network, recipe.weights)]


def _followed(recipe: Recipe) -> tuple[Finder, Embedder]:
    embedder = EMBEDDERS.get(recipe.embedder_name)
    finder = Finder.of(recipe.detector)
    if embedder and finder and _recipe(finder, embedder, recipe.weights) == recipe:
        return finder, embedder
    raise _not_at_hand(recipe)


def _not_at_hand(recipe: Recipe) -> ModelUnusable:
    return ModelUnusable(f"photos were looked at as {recipe}, which is not at hand now; run embedder.py again")


def _recipe(finder: Finder, embedder: Embedder, weights_sha256: str) -> Recipe:
    return Recipe(finder.recipe, embedder.template.recipe, embedder.recipe, weights_sha256[:16])
