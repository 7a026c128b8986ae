"""How good a grouping is: pairwise and BCubed precision and recall."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Scores(NamedTuple):
    """Precision: what is together belongs together. Recall: what belongs together is together. 0 to 1."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def pairwise(truth: npt.ArrayLike, groups: npt.ArrayLike) -> Scores:
    """Scores over all pairs of items; (n,) labels of any kind. Where there is nothing to judge, a score is 1."""
    table = _Contingency(truth, groups)
    together = _pairs(table.shared)
    return Scores(_ratio(together, _pairs(table.groups)), _ratio(together, _pairs(table.people)))


def bcubed(truth: npt.ArrayLike, groups: npt.ArrayLike) -> Scores:
    """The mean over all items of each item's own precision and recall (Bagga and Baldwin 1998)."""
    table = _Contingency(truth, groups)
    items = table.shared.sum()
    return Scores(
        _ratio((table.shared**2 / table.groups[table.group_of_cell]).sum(), items),
        _ratio((table.shared**2 / table.people[table.person_of_cell]).sum(), items),
    )


class _Contingency:
    """How many items each person and each group have, and each pair of them shares."""

    def __init__(self, truth: npt.ArrayLike, groups: npt.ArrayLike) -> None:
        _, person_of_item, self.people = np.unique(truth, return_inverse=True, return_counts=True)
        _, group_of_item, self.groups = np.unique(groups, return_inverse=True, return_counts=True)
        if len(person_of_item) != len(group_of_item):
            raise ValueError("the labels differ in length")
        cell_of_item = person_of_item.astype(np.int64) * len(self.groups) + group_of_item
        cells, self.shared = np.unique(cell_of_item, return_counts=True)
        self.person_of_cell, self.group_of_cell = np.divmod(cells, len(self.groups))


def _pairs(sizes: npt.NDArray[np.int64]) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else 1.0
