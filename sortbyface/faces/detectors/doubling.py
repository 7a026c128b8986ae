"""How often a picture is doubled for dlib's detectors, which see faces of 80 pixels and more."""

import math

MOST_DOUBLINGS = 2
"""A third makes sixteen pixels of one, and hardly ever a face of them."""

_SEEN = 80
"""Pixels of the faces that the detectors were trained on."""


def doublings_for(smallest: float) -> int:
    """Until faces of so many pixels can be seen, as far as that goes."""
    return min(max(math.ceil(math.log2(_SEEN / smallest)), 0), MOST_DOUBLINGS)
