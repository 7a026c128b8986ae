"""Same person or not: the protocol of Labeled Faces in the Wild, and the figures that are published with it.

Huang, Ramesh, Berg and Learned-Miller, "Labeled Faces in the Wild: a database for studying face recognition in
unconstrained environments", 2007; the form followed here is "unrestricted, with labelled outside data" of Huang and
Learned-Miller, "Labeled Faces in the Wild: updates and new reporting procedures", 2014.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Similarities = npt.NDArray[np.float32]
"""(n,) cosines, one for each pair; NaN where a picture of the pair shows no face."""

Flags = npt.NDArray[np.bool_]
"""(n,) bool: whether a pair shows one person."""

FALSE_ACCEPT_RATES = (0.001, 0.01)
"""Where the ROC curve is quoted."""

_BELOW_ALL = -2.0
"""Less than any cosine."""


@dataclass(frozen=True, eq=False)
class Fold:
    """What one part of the pairs says."""

    threshold: float
    """Chosen on the other parts; a pair whose similarity is above it counts as one person."""

    accuracy: float


@dataclass(frozen=True, eq=False)
class Roc:
    """Rates of accepted pairs for every threshold, from the strictest, which accepts none, to the one that takes all.

    Both (k,), ascending from 0 to 1.
    """

    false_accepts: npt.NDArray[np.float64]
    """Of the pairs that show two people."""

    true_accepts: npt.NDArray[np.float64]
    """Of the pairs that show one."""

    @property
    def area(self) -> float:
        """Under the curve: how often a pair of one person is more alike than a pair of two; ties count half."""
        return float(np.trapezoid(self.true_accepts, self.false_accepts))

    @property
    def equal_error_rate(self) -> float:
        """Where as large a share of the one kind is accepted wrongly as of the other refused wrongly.

        Straight lines join the points of the curve.
        """
        false_refusals = 1 - self.true_accepts
        return float(np.interp(0, self.false_accepts - false_refusals, self.false_accepts))

    def true_accepts_at(self, false_accepts: float) -> float:
        """The largest rate of true accepts that costs no more false ones; nothing is interpolated."""
        return float(self.true_accepts[self.false_accepts <= false_accepts].max())


@dataclass(frozen=True, eq=False)
class Verification:
    """How well pairs are told apart. All rates are from 0 to 1."""

    folds: tuple[Fold, ...]
    roc: Roc
    """Over all pairs at once."""

    misjudged: npt.NDArray[np.int64]
    """Pairs on the wrong side of their fold's threshold, the farthest first; those without a face last."""

    @property
    def accuracy(self) -> float:
        """The mean over the folds."""
        return float(np.mean([fold.accuracy for fold in self.folds]))

    @property
    def standard_deviation(self) -> float | None:
        """Of the folds' accuracies, with n - 1 in the denominator as in the protocol; None for a single fold."""
        return float(np.std([fold.accuracy for fold in self.folds], ddof=1)) if len(self.folds) > 1 else None

    @property
    def standard_error(self) -> float | None:
        """Of the mean: the deviation over the root of the number of folds, the ± of published results."""
        deviation = self.standard_deviation
        return None if deviation is None else float(deviation / np.sqrt(len(self.folds)))


def verify(similarities: Similarities, same: Flags, fold_of_pair: npt.ArrayLike) -> Verification:
    """Judge each fold by the threshold that is best for all others.

    fold_of_pair: (n,) integers from 0, each up to the highest at least once. With one fold alone the threshold
    is the best for its own pairs, which flatters. A pair without a similarity is an error, whatever it shows;
    to the ROC curve it is one that is accepted last of all.
    Raises ValueError when the lengths differ or the pairs are all of one kind.
    """
    folds = np.asarray(fold_of_pair)
    if not len(similarities) == len(same) == len(folds):
        raise ValueError("similarities, same and fold_of_pair differ in length")
    if same.all() or not same.any():
        raise ValueError("it takes pairs of one person and pairs of two")
    cosines = similarities.astype(np.float64)
    decided = ~np.isnan(cosines)
    results, thresholds = [], np.empty(len(cosines))
    right = np.zeros(len(cosines), dtype=np.bool_)
    for fold in range(folds.max() + 1):
        inside = folds == fold
        others = decided & (~inside if not inside.all() else inside)
        thresholds[inside] = threshold = best_threshold(cosines[others], same[others])
        right[inside] = decided[inside] & ((cosines[inside] > threshold) == same[inside])
        results.append(Fold(threshold, float(right[inside].mean())))
    wrong = np.flatnonzero(~right)
    worst_first = wrong[np.argsort(-np.abs(cosines - thresholds)[wrong], stable=True)]  # NaN are sorted last
    return Verification(tuple(results), roc(np.where(decided, cosines, _BELOW_ALL), same), worst_first)


def best_threshold(similarities: npt.NDArray[np.float64], same: Flags) -> float:
    """The threshold that tells most of these pairs apart.

    It lies midway between two neighbouring similarities (which differ by enough for that: they were float32), or
    one beyond the lowest or the highest. Of several that are equally good it is the middle one, the lower of two.
    Without any pairs it is 0.
    """
    if not len(similarities):
        return 0.0
    values, rank_of_pair = np.unique(similarities, return_inverse=True)
    alike = np.bincount(rank_of_pair, weights=same, minlength=len(values))
    unlike = np.bincount(rank_of_pair, weights=~same, minlength=len(values))
    # with the threshold below values[i], right are: all unlike pairs before i, all alike pairs from i on
    right = np.concatenate(([0], np.cumsum(unlike))) + same.sum() - np.concatenate(([0], np.cumsum(alike)))
    best = np.flatnonzero(right == right.max())
    middles = np.concatenate(([values[0] - 1], (values[1:] + values[:-1]) / 2, [values[-1] + 1]))
    return float(middles[best[(len(best) - 1) // 2]])


def roc(similarities: npt.NDArray[np.float64], same: Flags) -> Roc:
    """The ROC curve of pairs that all have a similarity; one point for each different similarity, and (0, 0)."""
    values, rank_of_pair = np.unique(-similarities, return_inverse=True)
    alike = np.bincount(rank_of_pair, weights=same, minlength=len(values))
    unlike = np.bincount(rank_of_pair, weights=~same, minlength=len(values))
    false_accepts = np.concatenate(([0], np.cumsum(unlike))) / unlike.sum()
    return Roc(false_accepts, np.concatenate(([0], np.cumsum(alike))) / alike.sum())
