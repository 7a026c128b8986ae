"""What the user has said of faces goes before what an algorithm makes of them.

- A face that the user confirmed is its person's, and brings along the group that it was put into; out of a group that
  is rather somebody else's it comes alone.
- A face that the user took from a person does not come back to them.
- Two people of whom the user has said anything do not become one. Where an algorithm has put both into one group, each
  keeps their faces, and any other goes to the one whose faces it is more like.
- Nobody of whom the user has said anything loses their last face.
- Nobody of these is twice in a photo, unless the user said so.

Works on the labels of any algorithm.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.faces import OUTLIER, Faces
from sortbyface.people.acquainting import Acquaintances
from sortbyface.people.claims import claims
from sortbyface.people.person import NOBODY

Members = npt.NDArray[np.int64]
"""Faces of one group."""

_BLOCK = 4096
"""Faces that are compared with people at once."""


@dataclass(frozen=True, eq=False)
class Heeded:
    """Groups that agree with what the user has said."""

    labels: Labels
    """(n,), any numbers from 0; OUTLIER for faces that are left out."""

    persons: dict[int, int]
    """Label -> whose it is, for all of whom the user has said anything and who have any face."""


def heed(labels: Labels, faces: Faces, known: Acquaintances) -> Heeded:
    """Change the labels of an algorithm as little as what the user has said demands.

    With its outcome known, both the same labels and those that it gave come to the same again.
    """
    said = _Said.of(faces, known)
    claimed = claims(labels, faces.photos, said.persons, said.confirmed, known.lasting)
    everybody = sorted(set[int]().union(*claimed.people.values()))
    free = int(labels.max(initial=OUTLIER)) + 1
    label_of = dict(zip(everybody, range(free, free + len(everybody)), strict=True))
    heeded = labels.copy()
    for label, members in _groups(labels, claimed.people):
        claimants = sorted(claimed.people[label])
        if label in claimed.whole:
            shares = _shared(members, claimants, said)
        else:
            shares = _taken_out(members, claimants, claimed.outliers if label == OUTLIER else set(), said)
        for person, share in shares.items():
            heeded[share] = label_of[person]
    _part(heeded, (np.array([face]) for face in said.wrong(heeded, label_of)))
    _part(heeded, [part for _, members in _groups(heeded, label_of.values()) for part in _twice(members, labels, said)])
    return Heeded(heeded, {label: person for person, label in label_of.items()})


@dataclass(frozen=True, eq=False)
class _Said:
    """Faces, and what the user has said of them."""

    vectors: FloatMatrix
    photos: npt.NDArray[np.int64]
    persons: npt.NDArray[np.int64]
    """(n,): whose each face was, or NOBODY."""

    confirmed: npt.NDArray[np.bool_]
    rejected: dict[int, set[int]]
    """Face -> who it is not."""

    @classmethod
    def of(cls, faces: Faces, known: Acquaintances) -> "_Said":
        rejected: defaultdict[int, set[int]] = defaultdict(set)
        for face, person in known.rejections:
            if not known.confirmed[face]:
                rejected[face].add(person)
        persons = known.persons.copy()
        persons[[face for face, people in rejected.items() if int(persons[face]) in people]] = NOBODY
        return cls(faces.vectors, faces.photos, persons, known.confirmed, dict(rejected))

    def wrong(self, labels: Labels, label_of: dict[int, int]) -> list[int]:
        """Faces among those of somebody who they are not."""
        return sorted(
            face
            for face, people in self.rejected.items()
            if any(labels[face] == label_of.get(person) for person in people)
        )


def _groups(labels: Labels, wanted: Iterable[int]) -> Iterator[tuple[int, Members]]:
    """Some labels, and the faces that have them."""
    order = np.argsort(labels, kind="stable")
    in_order = labels[order]
    for label in sorted(wanted):
        yield label, order[np.searchsorted(in_order, label) : np.searchsorted(in_order, label, side="right")]


def _taken_out(members: Members, people: list[int], also_unconfirmed: set[int], said: _Said) -> dict[int, Members]:
    """Person -> their confirmed faces in a group; of some, all their faces."""
    persons, confirmed = said.persons[members], said.confirmed[members]
    return {person: members[(persons == person) & (confirmed | (person in also_unconfirmed))] for person in people}


def _shared(members: Members, people: list[int], said: _Said) -> dict[int, Members]:
    """Person -> the faces of a group that are theirs: those that were, and of the others those most like them."""
    if len(people) == 1:
        return {people[0]: members}
    whose = said.persons[members]
    others = np.flatnonzero(~np.isin(whose, people))
    typical = np.stack([_typical(members[whose == person], said) for person in people])
    for start in range(0, len(others), _BLOCK):
        block = others[start : start + _BLOCK]
        likeness = said.vectors[members[block]] @ typical.T
        for place, face in enumerate(members[block].tolist()):
            for person in said.rejected.get(face, set()).intersection(people):
                likeness[place, people.index(person)] = -np.inf
        whose[block] = np.array(people)[likeness.argmax(axis=1)]
    return {person: members[whose == person] for person in people}


def _typical(theirs: Members, said: _Said) -> npt.NDArray[np.float32]:
    """(d,), the dot product with which is the mean similarity to somebody's faces; to confirmed ones, if there are."""
    sure = theirs[said.confirmed[theirs]]
    mean: npt.NDArray[np.float32] = said.vectors[sure if len(sure) else theirs].mean(axis=0)
    return mean


def _twice(members: Members, labels: Labels, said: _Said) -> Iterator[Members]:
    """The faces of somebody that are in a photo with a surer one; those that an algorithm put together, together."""
    if len(np.unique(said.photos[members])) == len(members):
        return
    theirs = said.persons[members] != NOBODY
    likeness = said.vectors[members] @ said.vectors[members].mean(axis=0)
    surest_first = members[np.lexsort((-likeness, ~theirs, ~said.confirmed[members]))]
    in_photo: Counter[int] = Counter()
    parts: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for face in surest_first.tolist():
        photo = int(said.photos[face])
        if in_photo[photo] and not said.confirmed[face]:
            parts[int(labels[face]), in_photo[photo]].append(face)
        in_photo[photo] += 1
    yield from map(np.array, parts.values())


def _part(labels: Labels, parts: Iterable[Members]) -> None:
    """Make each a group of its own."""
    for label, part in enumerate(parts, start=int(labels.max(initial=OUTLIER)) + 1):
        labels[part] = label
