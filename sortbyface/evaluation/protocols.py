"""Three ways to score a grouping of photos whose people are known. They differ in which faces count, and how."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.evaluation.groups import Scores, bcubed, pairwise
from sortbyface.evaluation.targets import NOT_FOUND, Known
from sortbyface.grouping.faces import OUTLIER


@dataclass(frozen=True)
class Judgement:
    """What a protocol says of one grouping."""

    items: int
    """Faces, or labels, that were judged."""

    groups: int
    """Among which they are."""

    pairwise: Scores
    bcubed: Scores | None
    """None where the protocol has no such measure."""


@dataclass(frozen=True)
class Protocol:
    """One way to score."""

    letter: str
    name: str
    meaning: str
    judge: Callable[[Known, Labels], Judgement]
    """Takes the group of each face, (n,), where each outlier is a group of its own."""


def outliers_apart(labels: Labels) -> Labels:
    """The labels, where each face that an algorithm left out is a group of its own: nobody was put together with it."""
    apart = labels.copy()
    outliers = labels == OUTLIER
    apart[outliers] = np.arange(outliers.sum()) + int(labels.max(initial=OUTLIER)) + 1
    return apart


class OriginalCounts(NamedTuple):
    """Pairs of faces, as the original's notebook counted them."""

    true_positives: int
    false_positives: int
    false_negatives: int
    """Can be below 0."""


def count_as_original(known: Known, groups: Labels) -> OriginalCounts:
    """Pairs, counted to the letter as in the notebook of the original Sort-By-Face.

    All faces that carry a name count. With f the faces of a name in a cluster, n the *files* of that name, and
    `seen` its faces in the clusters that were met before, false negatives are the sum of f (n - f - seen). Were n
    the number of faces, that would be every pair that was torn apart. With n files and N faces it is
    n N - (N² + sum of f²) / 2, in whatever order the clusters are met: for one file with two faces that were torn
    apart, -1, and -2 if they were put together.
    """
    people, person = np.unique([*known.people, *known.names], return_inverse=True)
    files = np.bincount(person[: len(known.people)], minlength=len(people))
    named = person[len(known.people) :]
    faces = np.bincount(named, minlength=len(people))
    _, clusters = np.unique(groups[known.faces], return_counts=True)
    _, shared = np.unique(np.stack([named, groups[known.faces]]), axis=1, return_counts=True)
    together = int((shared * (shared - 1) // 2).sum())
    return OriginalCounts(
        true_positives=together,
        false_positives=int((clusters * (clusters - 1) // 2).sum()) - together,
        false_negatives=int((files * faces).sum()) - int((faces**2).sum() + (shared**2).sum()) // 2,
    )


def _original(known: Known, groups: Labels) -> Judgement:
    right, wrong, missed = count_as_original(known, groups)
    recall = right / (right + missed) if right + missed else 1.0
    precision = right / (right + wrong) if right + wrong else 1.0
    return Judgement(*_size(groups[known.faces]), Scores(precision, recall), None)


def _all_faces(known: Known, groups: Labels) -> Judgement:
    return _judgement(known.names, groups[known.faces])


def _targets(known: Known, groups: Labels) -> Judgement:
    return _judgement(known.people, groups_of_targets(known, groups))


def groups_of_targets(known: Known, groups: Labels) -> Labels:
    """(labels,): the group of the face that each label means; one of its own where that was not found."""
    found = known.targets != NOT_FOUND
    result = np.arange(len(known.targets)) + int(groups.max(initial=-1)) + 1
    result[found] = groups[known.targets[found]]
    return result


def _judgement(truth: list[str], groups: Labels) -> Judgement:
    return Judgement(*_size(groups), pairwise(truth, groups), bcubed(truth, groups))


def _size(groups: Labels) -> tuple[int, int]:
    return len(groups), len(np.unique(groups))


PROTOCOLS: tuple[Protocol, ...] = (
    Protocol(
        "A",
        "the original notebook's",
        "All faces found, each with the name of its photo, bystanders too (where a table marks boxes, the faces in "
        "them). A torn pair is counted against the number of a person's photos, not of their faces: with bystanders "
        "that is too few, and can be less than none. So its recall is wrong, and can be above 1; it is here to "
        "compare with what was published.",
        _original,
    ),
    Protocol(
        "B",
        "all faces, counted right",
        "The same faces with the same names, and every torn pair counts. As bystanders still carry the name of "
        "somebody else, nothing that groups well can reach 1 where there are any.",
        _all_faces,
    ),
    Protocol(
        "C",
        "the headline",
        "One face for each photo, the one in the middle (for each box of a table, the one in the box). Where it was "
        "not found, it counts as a group of its own: what a detector misses is missed.",
        _targets,
    ),
)
