"""When two boxes in one picture frame the same face, whatever found them."""

from sortbyface.faces.face import Box

SAME_FACE = 0.4
"""Their overlap, at least."""


def overlap(first: Box | None, second: Box | None) -> float:
    """0 to 1. Where a file of embeddings did not say, a face may be anywhere in its picture."""
    return 1.0 if first is None or second is None else first.overlap(second)
