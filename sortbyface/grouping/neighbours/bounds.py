"""Upper bounds of cosines, from fewer numbers than the vectors have.

Vectors are turned so that most of their length lies along a few axes. What x has there is p, and the rest of it is r;
of y, q and s. Then <x, y> = <p, q> + <r, s>, and that is at most <p, q> + |r| |s| (Cauchy and Schwarz), which is one
product again, of the short vectors (p, |r|) and (q, |s|).
"""

import numpy as np
from threadpoolctl import threadpool_limits

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping.neighbours.cores import on_all_cores

_SAMPLE = 1_000
"""Faces, or up to twice as many, by which axes are found. If there are no more, all are compared sooner than that."""

_EVERY = 10
"""Of these, one in so many meets all."""

_BLOCK = 1_000
"""Faces that are turned at once."""

_STEP = 8
_MOST = 64
"""Numbers of a short vector that are tried."""

_OUT_OF_ORDER = 10
"""A number of a pair that a bound could not rule out costs as much as so many of the others: it is fetched alone."""

_UNIT = 2.0**-24
"""By so much of itself a number may change when it is rounded to float32."""


def bounding(vectors: FloatMatrix, threshold: float) -> FloatMatrix:
    """(n, e), with e no greater than d + 1: the product of two rows is no less than the cosine of these two faces.

    That holds for the products as they are computed, in float32. vectors: (n, d), rows of length 1. e is such that
    finding what is above the threshold takes least time; it has no other consequence.
    """
    dimensions = vectors.shape[1]
    if len(vectors) > _SAMPLE:
        some = np.ascontiguousarray(vectors[:: len(vectors) // _SAMPLE])
        with threadpool_limits(1, "blas"):  # such small products are not worth waiting for several threads
            axes = _main_axes(some, min(_MOST, dimensions) - 1)
            kept = _worth_keeping(some, axes, threshold)
        if kept < dimensions:
            return _shortened(vectors, np.ascontiguousarray(axes[:, :kept]))
    return _with_rest(vectors, vectors)


def _shortened(vectors: FloatMatrix, axes: FloatMatrix) -> FloatMatrix:
    """All of them, for axes of (d, k)."""

    def shortened(start: int) -> FloatMatrix:
        some = vectors[start : start + _BLOCK]
        return _with_rest(some, some @ axes)

    return np.concatenate(list(on_all_cores(shortened, range(0, len(vectors), _BLOCK))))


def _with_rest(vectors: FloatMatrix, turned: FloatMatrix) -> FloatMatrix:
    """(n, k + 1) for the vectors' (n, k) first coordinates after a turn: the length of the rest comes last.

    The rest is taken for longer than it is, so that rounding makes no bound too low: sqrt((r² + g) (s² + g)) is no
    less than r s + g. With u the unit of rounding, g covers all that may be wrong, to the first order, in

    - the coordinates, each a sum of d products, so that p is off by d sqrt(k) u at most: <p, q> by twice as much, and
      r² and s² by as much again,
    - the axes, which are at right angles but for 2 sqrt(k) u; that counts four times,
    - the other sums, which are lengths (d + k), the bound (k + 1) and the cosine (d), and in roots (3): u each.
    """
    dimensions, kept = vectors.shape[1], turned.shape[1]
    slack = 1.01 * _UNIT * (4 * (dimensions + 2) * kept**0.5 + 2 * (dimensions + kept) + 4)
    rest = np.einsum("nd,nd->n", vectors, vectors) - np.einsum("nd,nd->n", turned, turned)
    longer = np.sqrt(np.maximum(rest, 0) + np.float32(slack))
    return np.concatenate([turned, longer[:, np.newaxis]], axis=1)


def _main_axes(some: FloatMatrix, count: int) -> FloatMatrix:
    """(d, count) float32: directions at right angles, along which the vectors are longest, longest first; nearly so.

    Halko, Martinsson and Tropp, "Finding structure with randomness", 2011, algorithm 4.4 with a single iteration: all
    eigenvectors would take longer than comparing 15,000 faces.
    """
    anywhere = np.random.default_rng(0).standard_normal((some.shape[1], count), dtype=np.float32)
    axes, _ = np.linalg.qr((some.T @ (some @ anywhere)).astype(np.float64))
    turned = some @ axes.astype(np.float32)
    _, order = np.linalg.eigh((turned.T @ turned).astype(np.float64))  # ascending
    return np.asarray(axes @ order[:, ::-1], dtype=np.float32)


def _worth_keeping(some: FloatMatrix, axes: FloatMatrix, threshold: float) -> int:
    """How many coordinates to keep, d for all: few are multiplied quickly, but many pairs are then to be looked at."""
    dimensions: int = some.shape[1]
    turned = some @ axes
    best, least = dimensions, float(dimensions)
    for kept in range(_STEP - 1, axes.shape[1] + 1, _STEP):
        if kept >= least:
            break
        short = _with_rest(some, turned[:, :kept])
        left = float(np.mean(short[::_EVERY] @ short.T > threshold))
        cost = kept + left * _OUT_OF_ORDER * dimensions
        if cost < least:
            best, least = kept, cost
    return best
