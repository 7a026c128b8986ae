"""Which region of another program is which face of ours: by where their middles are, as frames differ."""

from collections.abc import Sequence

from sortbyface.exchange.sidecars.reading import SAME_PLACE
from sortbyface.faces.face import Box

_AT_LEAST = 1e-9


def same_face(one: Box, other: Box) -> float:
    """How surely two programs framed the same face, 0 to 1; 0: they did not.

    One frames eyes and mouth, another the head, a third head and shoulders, so that their overlap alone does not tell.
    But whatever is framed, its middle is in the face, and the middle of the face is in what is framed.
    """
    shared = one.overlap(other)
    if shared >= SAME_PLACE or (_holds_middle(one, other) and _holds_middle(other, one)):
        return max(shared, _AT_LEAST)
    return 0.0


def pair_up(regions: Sequence[Box], faces: Sequence[Box]) -> dict[int, int]:
    """Number of a region -> number of its face; those that are surest come together first, and each once."""
    pairs = [
        (-likeness, i, j)
        for i, region in enumerate(regions)
        for j, face in enumerate(faces)
        if (likeness := same_face(region, face))
    ]
    paired: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs):
        if i not in paired and j not in taken:
            paired[i] = j
            taken.add(j)
    return paired


def _holds_middle(outer: Box, inner: Box) -> bool:
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left < x < outer.right and outer.top < y < outer.bottom
