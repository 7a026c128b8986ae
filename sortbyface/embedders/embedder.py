"""What every embedder has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.faces.alignment import Template
from sortbyface.networks.engine import unit
from sortbyface.networks.network import Network


@dataclass(frozen=True)
class Embedder:
    """A network, the chips that it wants, and where two of its vectors begin to mean the same person."""

    name: str
    version: int
    """Raised whenever the same photo could give other vectors."""

    network: Network
    template: Template
    threshold: float
    """Default cosine similarity above which two faces are joined, as measured on LFW (docs/decisions/thresholds.md)."""

    find_weights: Callable[[], Path | None]
    """Its weights on this machine; None when they are not here."""

    mirrored: bool
    """Whether a face's vector is the mean of its own and of its mirror image's: twice the work."""

    @property
    def recipe(self) -> str:
        """Name and version, for the recipe of a face."""
        return f"{self.name}-{self.version}"

    def vectors(self, chips: Chips, run: Callable[[Chips], FloatMatrix]) -> FloatMatrix:
        """(n, size, size, 3) uint8 -> (n, d) float32, rows of length 1; run: the network, on whatever engine."""
        vectors = unit(run(chips))
        return unit(vectors + unit(run(chips[:, :, ::-1]))) if self.mirrored else vectors
