"""The three jobs, whole: look at photos, sort them, find one person. The commands are skins over these.

One file each, so that a command loads no more of the house than its job needs.
"""

from pathlib import Path
from typing import Final, Literal, TypeAlias

LIBRARY = Path("sort-by-face.sqlite")
EMBEDDINGS = Path("embeddings.pickle")
SORTED_PICTURES = Path("Sorted-pictures")
ITERATIONS = 30
"""Rounds of Chinese Whispers at most, as in the original; it is settled sooner."""

AUTO: Final = "auto"
Threshold: TypeAlias = float | Literal["auto"]
"""A cosine similarity; AUTO for what suits the photos, the embedder and the algorithm."""
