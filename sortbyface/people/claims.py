"""Which groups of an algorithm belong to people of whom the user has said anything.

Asked again with its own outcome it must claim the same, or a second run would change what the first one left. So what
somebody gains by a claim counts for nothing here: neither other people's faces, nor further faces in a group in which
some are confirmed.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping.faces import OUTLIER
from sortbyface.people.person import NOBODY


@dataclass
class Claims:
    """By group, that is by label."""

    people: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Who has a claim to the group."""

    whole: set[int] = field(default_factory=set)
    """The groups that are claimed with all their faces. In others it is confirmed ones alone."""

    outliers: set[int] = field(default_factory=set)
    """People who have no face in any group; they claim all their faces among the outliers."""


def claims(
    labels: Labels,
    photos: npt.NDArray[np.int64],
    persons: npt.NDArray[np.int64],
    confirmed: npt.NDArray[np.bool_],
    lasting: frozenset[int],
) -> Claims:
    """Who of `lasting` claims which group.

    labels, photos, persons, confirmed: (n,), of each face its group, its photo, whose it was or NOBODY, and whether the
    user said so. Somebody claims every group with confirmed faces of theirs, and the one with the most photos of them.
    """
    placed = persons != NOBODY
    of_theirs = _photos_of(persons, labels, photos, placed)
    of_sure = _photos_of(persons, labels, photos, placed & confirmed)
    most_of_others: Counter[int] = Counter()
    groups_of: defaultdict[int, list[int]] = defaultdict(list)
    for (person, label), count in of_theirs.items():
        if person in lasting:
            groups_of[person].append(label)
        else:
            most_of_others[label] = max(count, most_of_others[label])
    first_face = dict(zip(*np.unique(labels, return_index=True), strict=True))

    found = Claims()
    for person, everywhere in groups_of.items():
        sure = {label for label in everywhere if (person, label) in of_sure}
        groups = [label for label in everywhere if label != OUTLIER]
        at_home = {label for label in groups if of_theirs[person, label] >= most_of_others[label]}
        weights = {label: of_sure.get((person, label), of_theirs[person, label]) for label in groups}
        main = max(
            at_home.union(sure).intersection(groups) or groups,
            key=lambda label: (weights[label], -first_face[label]),
            default=OUTLIER,
        )
        for label in sure | {main}:
            found.people[label].add(person)
        found.whole |= at_home & (sure | {main}) if main in sure else (at_home & sure) | {main}
        if not groups:
            found.outliers.add(person)
    found.whole.discard(OUTLIER)
    return found


def _photos_of(
    persons: npt.NDArray[np.int64],
    labels: Labels,
    photos: npt.NDArray[np.int64],
    counted: npt.NDArray[np.bool_],
) -> dict[tuple[int, int], int]:
    """(Person, label) -> photos with such faces, of those faces that are counted."""
    faces = np.stack([persons[counted], labels[counted], photos[counted]], axis=1)
    pairs, counts = np.unique(np.unique(faces, axis=0)[:, :2], axis=0, return_counts=True)
    return {(person, label): count for (person, label), count in zip(pairs.tolist(), counts.tolist(), strict=True)}
