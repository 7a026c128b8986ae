"""Which groups of an algorithm belong to people of whom the user has said anything.

Asked again with its own outcome it must claim the same, or a second run would change what the first one left. So what
somebody gains by a claim counts for nothing here: neither other people's faces, nor further faces in a group in which
some are confirmed, nor who is left there for being in a photo with them.
"""

from collections import defaultdict
from collections.abc import Iterable
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
    user said so. Somebody claims every group with confirmed faces of theirs, and the one with the most photos of them;
    but no group that is rather somebody else's, unless they are in no other.
    """
    groups = _Groups(labels, photos, persons, lasting)
    placed = persons != NOBODY
    of_theirs = _photos_of(persons[placed], labels[placed], photos[placed])
    of_sure = _photos_of(persons[confirmed], labels[confirmed], photos[confirmed])
    found = Claims()
    for person in sorted(lasting & of_theirs.keys()):
        theirs, sure = of_theirs[person], of_sure.get(person, {})
        everywhere = theirs.keys() - {OUTLIER}
        own = {
            label
            for label in everywhere
            if label in sure or not groups.rather_anothers(label, theirs[label], sure.keys() - {label})
        }
        main = max(
            own or everywhere,
            key=lambda label: (len(sure.get(label, theirs[label])), -groups.first_face[label]),
            default=OUTLIER,
        )
        claimed = sure.keys() | {main}
        for label in claimed:
            found.people[label].add(person)
            if label in everywhere and not (
                label in sure and groups.rather_anothers(label, theirs[label], claimed - {label})
            ):
                found.whole.add(label)
        if not everywhere:
            found.outliers.add(person)
    return found


class _Groups:
    """Which photos there are in each group, and how many are of people of whom nothing was said."""

    def __init__(
        self,
        labels: Labels,
        photos: npt.NDArray[np.int64],
        persons: npt.NDArray[np.int64],
        lasting: frozenset[int],
    ) -> None:
        numbers, first = np.unique(labels, return_index=True)
        self.first_face = dict(zip(numbers.tolist(), first.tolist(), strict=True))
        self._photos = _photos_of(np.zeros(len(labels), dtype=np.int64), labels, photos).get(0, {})
        others = (persons != NOBODY) & ~np.isin(persons, list(lasting))
        self._of_others: defaultdict[int, list[set[int]]] = defaultdict(list)
        for theirs in _photos_of(persons[others], labels[others], photos[others]).values():
            for label, of_one in theirs.items():
                self._of_others[label].append(of_one)

    def rather_anothers(self, label: int, photos: set[int], further: Iterable[int]) -> bool:
        """Whether somebody of whom nothing was said is in more photos of a group than a person who is in these.

        further: groups that this person claims, too. Photos in which this person is, or may be for a face in one of
        these groups, count for nobody else.
        """
        more = [one for one in self._of_others.get(label, ()) if len(one) > len(photos)]
        if not more:
            return False
        aside = photos.union(*(self._photos[group] for group in further if group != OUTLIER))
        return any(len(one - aside) > len(photos) for one in more)


def _photos_of(
    persons: npt.NDArray[np.int64], labels: Labels, photos: npt.NDArray[np.int64]
) -> dict[int, dict[int, set[int]]]:
    """Person -> label -> the photos with such faces."""
    found: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for person, label, photo in zip(persons.tolist(), labels.tolist(), photos.tolist(), strict=True):
        found[person][label].add(photo)
    return {person: dict(of_one) for person, of_one in found.items()}
