"""The most similar of all faces, for some: what an approximate search is measured by."""

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix

_BLOCK_BYTES = 16_000_000
_STRIDE = 64


def nearest(
    vectors: FloatMatrix, threshold: float, most: int, faces: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Of some faces, how many others are above the threshold, `most` at most, and how similar the last of these is.

    faces: (m,) places in the vectors. Gives (m,) and (m,), the latter inf for a face without any.
    """
    queries = vectors[faces]
    best = np.full((len(faces), most), np.inf, dtype=np.float32)
    counts = np.zeros(len(faces), dtype=np.int64)
    columns = max(1, _BLOCK_BYTES // (4 * max(1, len(faces))))
    for start in range(0, len(vectors), columns):
        similarities = queries @ vectors[start : start + columns].T
        here = np.flatnonzero((faces >= start) & (faces < start + columns))
        similarities[here, faces[here] - start] = -np.inf  # no face is its own neighbour
        _keep_best(similarities, np.float32(threshold), best, counts)
    return counts, best.min(axis=1, initial=np.inf)


@numba.njit(cache=True)
def _keep_best(similarities: Any, threshold: Any, best: Any, counts: Any) -> None:
    """Put what is above the threshold into `best`, in each row in place of what is worst once the row is full."""
    for row in range(len(similarities)):
        least = threshold if counts[row] < best.shape[1] else best[row].min()
        for start in range(0, similarities.shape[1], _STRIDE):
            stride = similarities[row, start : start + _STRIDE]
            if _above(stride, least) == 0:
                continue
            for place in range(len(stride)):
                if stride[place] > least:
                    if counts[row] < best.shape[1]:
                        best[row, counts[row]] = stride[place]
                        counts[row] += 1
                    else:
                        best[row, best[row].argmin()] = stride[place]
                    if counts[row] == best.shape[1]:
                        least = best[row].min()


@numba.njit(cache=True)
def _above(values: Any, threshold: Any) -> int:
    """How many are; without a branch, so that many are compared at once."""
    count = 0
    for place in range(len(values)):
        count += values[place] > threshold
    return count
