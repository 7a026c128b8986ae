"""How a face's vector came to be."""

from typing import NamedTuple


class Recipe(NamedTuple):
    """Detector, alignment, embedder and weights: vectors of different recipes are never compared."""

    detector: str
    alignment: str
    embedder: str
    weights: str
    """The first 16 digits of the weights' SHA-256."""

    def __str__(self) -> str:
        return "/".join(self)

    @classmethod
    def parse(cls, text: str) -> "Recipe":
        """The recipe that `str` gave. Raises ValueError for any other text."""
        parts = text.split("/")
        if len(parts) != len(cls._fields):
            raise ValueError(f"not a recipe: {text}")
        return cls(*parts)

    @property
    def embedder_name(self) -> str:
        """The embedder without its version, as users type it."""
        return self.embedder.rsplit("-", 1)[0]
