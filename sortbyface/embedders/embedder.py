"""What every embedder has in common."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sortbyface.faces.alignment import ChipTemplate
from sortbyface.networks.network import Network


@dataclass(frozen=True)
class Embedder:
    """A network, the chips that it wants, and where two of its vectors begin to mean the same person."""

    name: str
    version: int
    """Raised whenever the same photo could give other vectors."""

    network: Network
    template: ChipTemplate
    threshold: float
    """Default cosine similarity above which two faces are joined, as measured on LFW (docs/decisions/thresholds.md)."""

    find_weights: Callable[[], Path | None]
    """Its weights on this machine; None when they are not here."""

    @property
    def recipe(self) -> str:
        """Name and version, for the recipe of a face."""
        return f"{self.name}-{self.version}"
