"""Which embedder is to be used: as the user says, as the weights are, or as they are at hand."""

from pathlib import Path

from sortbyface.embedders import EMBEDDERS
from sortbyface.embedders.embedder import Embedder
from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.engine import NotOfThisNetwork, exported_network, prepare


def choose_embedder(name: str | None = None, weights: Path | None = None) -> tuple[Embedder, str]:
    """An embedder whose network has been made ready to run, and the SHA-256 of its weights.

    name: of one in `EMBEDDERS`; None takes the first whose weights are at hand, or which the given weights fit.
    weights: a weights file that lies elsewhere than usual; a folder or a checkpoint will do, see `files_of`.
    Raises ModelUnusable when the weights are missing, damaged, or of none of these networks.
    """
    candidates = [EMBEDDERS[name]] if name else list(EMBEDDERS.values())
    if weights is not None:
        return _fitting(candidates, weights)
    for candidate in candidates:
        path = candidate.find_weights()
        if path is not None:
            return candidate, prepare(candidate.network, path)
    raise ModelUnusable(f"no weights for {name} here; python -m sortbyface models tells how to get them")


def _fitting(candidates: list[Embedder], weights: Path) -> tuple[Embedder, str]:
    refusals = []
    for candidate in _exported_first(candidates, weights):
        try:
            return candidate, prepare(candidate.network, weights)
        except NotOfThisNetwork as refusal:
            refusals.append(str(refusal))
    others = ", ".join(embedder.name for embedder in candidates[1:])
    raise ModelUnusable(refusals[0] + (f" (nor does it fit {others})" if others else ""))


def _exported_first(candidates: list[Embedder], weights: Path) -> list[Embedder]:
    """Those that need no trying, as they were tried before, in front."""
    sha256 = sha256_of(weights)
    return sorted(candidates, key=lambda embedder: not exported_network(embedder.network, sha256).is_file())
