"""Faces compared with those that lie near, by FAISS: an inverted file (Johnson, Douze and Jégou 2017; IndexIVFFlat).

Faces are shared out among cells, and each is compared with those in the cells nearest to it. How many that must be
is found out by trying, until as large a share of the edges is found as is wanted.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping.neighbours.edges import Edges
from sortbyface.grouping.neighbours.narrowing import narrowed
from sortbyface.grouping.neighbours.nearest import nearest
from sortbyface.grouping.neighbours.progress import Progress, quiet
from sortbyface.grouping.neighbours.rows import Rows

RECALL = 0.99
"""The share of the edges that is to be found."""

_SAMPLE = 1_000
"""Faces by which that share is measured."""

_CELLS_BY_ROOT = 4
"""Cells, by the square root of the faces: then a face is compared with about as many centres of cells as faces."""

_FACES_TO_PLACE_A_CELL = 32
_FIRST_CELLS = 8
_BLOCK = 10_000
_TOLERANCE = 1e-4
"""By so much, similarities may differ from the exact ones (`narrowed`)."""


def approximate_edges(
    vectors: FloatMatrix, threshold: float, most: int, progress: Progress = quiet
) -> tuple[Edges, float]:
    """What `exact_edges` gives but for a few edges, and the share of those that it has, in time O(n^1.5 d).

    The share is measured: 1,000 faces, drawn at random but always the same, have their neighbours searched exactly,
    too. It is `RECALL` at least. Takes memory O(n d + n most).
    """
    search = _Search(narrowed(vectors), threshold, most)
    recall = _widened(search, vectors)
    rows = Rows(len(vectors), most)
    order = search.by_cell()  # those in one cell look into the same others: a third faster
    for start in range(0, len(vectors), _BLOCK):
        block = order[start : start + _BLOCK]
        rows.add(block, *search.neighbours(block))
        progress(start + len(block), len(vectors))
    return rows.edges(), recall


class _Search:
    """An index of all faces, for a threshold."""

    def __init__(self, vectors: FloatMatrix, threshold: float, most: int) -> None:
        import faiss  # only large libraries need it

        self._vectors, self.threshold, self.most = vectors, threshold, most
        count, dimensions = vectors.shape
        cells = max(1, int(_CELLS_BY_ROOT * count**0.5))
        self._centres = faiss.IndexFlatIP(dimensions)  # lives as long as the index, which does not own it
        self.index = faiss.IndexIVFFlat(self._centres, dimensions, cells, faiss.METRIC_INNER_PRODUCT)
        self.index.cp.max_points_per_centroid = _FACES_TO_PLACE_A_CELL
        self.index.cp.min_points_per_centroid = 1  # FAISS would rather have more, and say so
        self.index.train(vectors)
        self.index.add(vectors)

    def by_cell(self) -> npt.NDArray[np.int64]:
        """All faces, cell by cell."""
        import faiss

        lists: Any = self.index.invlists
        cells = [cell for cell in range(self.index.nlist) if lists.list_size(cell)]
        return np.concatenate([faiss.rev_swig_ptr(lists.get_ids(cell), lists.list_size(cell)) for cell in cells])

    def neighbours(
        self, faces: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """How many each face has, which these are, and how similar: nearest first."""
        similarities, others = self.index.search(self._vectors[faces], self.most + 1)  # one may be the face itself
        good = (similarities > np.float32(self.threshold)) & (others != faces[:, np.newaxis])
        good &= np.cumsum(good, axis=1) <= self.most
        return good.sum(axis=1), others[good], similarities[good]


def _widened(search: _Search, vectors: FloatMatrix) -> float:
    """Make the search look into as many cells as it takes; gives the recall then."""
    sample = np.sort(np.random.default_rng(0).permutation(len(vectors))[:_SAMPLE])
    wanted, least = nearest(vectors, search.threshold, search.most, sample)
    search.index.nprobe = min(_FIRST_CELLS, search.index.nlist)
    while True:
        counts, _, similarities = search.neighbours(sample)
        owners = np.repeat(np.arange(len(sample)), counts)
        # Whichever of equals were taken: as good as the last of the true ones is good enough.
        good = np.bincount(owners[similarities >= least[owners] - _TOLERANCE], minlength=len(sample))
        recall = float(np.minimum(good, wanted).sum() / wanted.sum()) if wanted.any() else 1.0
        if recall >= RECALL or search.index.nprobe == search.index.nlist:
            return recall
        search.index.nprobe = min(search.index.nprobe * 3 // 2 + 1, search.index.nlist)
