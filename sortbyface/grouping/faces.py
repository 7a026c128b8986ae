"""What a grouping is given, and what can be turned."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.graph import MOST_NEIGHBOURS, SimilarityGraph


@dataclass(frozen=True, eq=False)
class Faces:
    """The faces to be told apart."""

    vectors: FloatMatrix
    """(n, d), rows of length 1."""

    photos: npt.NDArray[np.int64]
    """(n,): the photo that each face is in, as any number that is the photo's own."""

    doubtful: npt.NDArray[np.bool_]
    """(n,): hard to recognise, or perhaps no face at all."""

    def __len__(self) -> int:
        return len(self.vectors)


@dataclass(frozen=True)
class Knobs:
    """What the user can turn."""

    threshold: float
    """Cosine similarity, -1 to 1, exclusive: how alike two faces must be to speak for one person."""

    iterations: int
    """Rounds at most, of an algorithm that works in rounds."""

    seed: int = 0
    """Of whatever is drawn at random: the same faces in the same order and the same knobs give the same groups."""


OUTLIER = -1
"""The label of a face that an algorithm leaves out."""


class Reach(NamedTuple):
    """How far around each face an algorithm looks."""

    threshold: float
    """Cosine similarity, exclusive."""

    most: int = MOST_NEIGHBOURS
    """Neighbours, as for `similarity_graph`."""


class Algorithm(Protocol):
    """One way to tell people apart, by the graph of those who are alike."""

    @property
    def name(self) -> str:
        """As the user calls it."""
        ...

    @property
    def shift(self) -> float:
        """Where this algorithm's default threshold lies, seen from the embedder's own t: at t + shift * (1 - t)."""
        ...

    def reach(self, threshold: float) -> Reach:
        """What has to be searched for before faces can be grouped with this threshold, or a higher one."""
        ...

    def group(self, graph: SimilarityGraph, faces: Faces, knobs: Knobs) -> Labels:
        """(n,) labels: any numbers from 0, one for each person; OUTLIER for faces of nobody in particular.

        graph: of the faces, searched to `reach(knobs.threshold)` or further. Raises ValueError if it was not.
        """
        ...
