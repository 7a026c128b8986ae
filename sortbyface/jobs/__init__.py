"""The three jobs, whole: look at photos, sort them, find one person. The commands are skins over these.

One file each, so that a command loads no more of the house than its job needs.
"""

from pathlib import Path

LIBRARY = Path("sort-by-face.sqlite")
EMBEDDINGS = Path("embeddings.pickle")
SORTED_PICTURES = Path("Sorted-pictures")
ITERATIONS = 30
"""Rounds of Chinese Whispers at most, as in the original; it is settled sooner."""
