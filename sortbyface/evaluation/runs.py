"""One grouping of labelled photos, judged; and what several of them say together."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.evaluation.protocols import PROTOCOLS, Judgement, groups_of_targets, outliers_apart
from sortbyface.evaluation.targets import NOT_FOUND, Known
from sortbyface.grouping import Faces, Knobs
from sortbyface.grouping.constraints import violations


@dataclass(frozen=True, eq=False)
class Run:
    """One grouping, judged."""

    knobs: Knobs
    judgements: tuple[Judgement, ...]
    """One by each of PROTOCOLS."""

    in_company: float
    """The share of labels whose face was found and put together with another one."""

    same_photo: int
    """Pairs of faces that are in one photo and in one group, although nobody is in a photo twice."""

    sizes: npt.NDArray[np.int64]
    """(groups,): of each group of the headline, in labels."""

    @property
    def headline(self) -> Judgement:
        """What the last of PROTOCOLS says."""
        return self.judgements[-1]


def judged(known: Known, faces: Faces, knobs: Knobs, labels: Labels) -> Run:
    """Judge the groups by what is known of the faces. labels: (n,), as `group_faces` gives them with these knobs."""
    groups = outliers_apart(labels)
    found = known.targets[known.targets != NOT_FOUND]
    together = np.bincount(groups)[groups[found]] > 1
    return Run(
        knobs=knobs,
        judgements=tuple(protocol.judge(known, groups) for protocol in PROTOCOLS),
        in_company=float(together.sum() / len(known.targets)),
        same_photo=violations(groups, faces.photos),
        sizes=np.unique(groups_of_targets(known, groups), return_counts=True)[1],
    )


@dataclass(frozen=True)
class Spread:
    """A figure that was taken several times."""

    values: tuple[float, ...]
    """One at least."""

    @property
    def mean(self) -> float:
        """Of all values."""
        return float(np.mean(self.values))

    @property
    def deviation(self) -> float | None:
        """The standard deviation, with n - 1 in the denominator; None of one value alone."""
        return float(np.std(self.values, ddof=1)) if len(self.values) > 1 else None


def spread(values: Iterable[float]) -> Spread:
    """Of one value at least."""
    return Spread(tuple(values))
