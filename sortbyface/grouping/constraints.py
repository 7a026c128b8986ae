"""What is known before any face is compared: two faces in one photo are two people."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.grouping.faces import OUTLIER

Photos = npt.NDArray[np.int64]
"""(n,): the photo that each face is in, as any number that is the photo's own."""


@dataclass(frozen=True, eq=False)
class Mates:
    """The other faces in each face's photo, in compressed rows."""

    starts: npt.NDArray[np.int64]
    """(n + 1,): the mates of face i are at starts[i] up to starts[i + 1]."""

    faces: npt.NDArray[np.int64]

    def pairs(self) -> npt.NDArray[np.int64]:
        """(pairs, 2): every two faces that are in one photo, each pair once."""
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        once = rows < self.faces
        return np.stack([rows[once], self.faces[once]], axis=1)


def photo_mates(photos: Photos) -> Mates:
    """Who is in whose photo."""
    order = np.argsort(photos, kind="stable")
    _, photo, sizes = np.unique(photos, return_inverse=True, return_counts=True)
    firsts = np.cumsum(sizes) - sizes
    places = np.empty(len(photos), dtype=np.int64)
    places[order] = np.arange(len(photos)) - np.repeat(firsts, sizes)
    others = sizes[photo] - 1
    starts = np.concatenate([[0], np.cumsum(others)])
    faces = np.repeat(np.arange(len(photos)), others)
    mates = np.arange(starts[-1]) - starts[faces]
    mates += mates >= places[faces]  # a face is none of its own
    return Mates(starts, order[firsts[photo[faces]] + mates])


def no_mates(count: int) -> Mates:
    """So many faces, each in a photo of its own."""
    return Mates(np.zeros(count + 1, dtype=np.int64), np.empty(0, dtype=np.int64))


def violations(labels: npt.ArrayLike, photos: Photos) -> int:
    """How many pairs of faces are in one photo and in one group; outliers are in none."""
    together = np.stack([np.asarray(labels), photos], axis=1)
    together = together[together[:, 0] != OUTLIER]
    _, sizes = np.unique(together, axis=0, return_counts=True)
    return int((sizes * (sizes - 1) // 2).sum())
