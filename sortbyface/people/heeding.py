"""What the user has said of faces goes before what an algorithm makes of them.

- A face that the user confirmed is its person's, and brings along the group that it was put into; out of a group that
  is rather somebody else's it comes alone.
- A face that the user took from a person does not come back to them.
- Two people of whom the user has said anything do not become one. Where an algorithm has put both into one group, each
  keeps their faces, and any other goes to the one whose faces it is more like and who is not in the photo already.
- Nobody of whom the user has said anything loses their last face.
- Nobody of these is twice in a photo, unless the user said so.

Works on the labels of any algorithm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.faces import OUTLIER, Faces
from sortbyface.people.acquainting import Acquaintances
from sortbyface.people.claims import Claims, claims
from sortbyface.people.person import NOBODY

Members = npt.NDArray[np.int64]
"""Faces of one group."""

_COMPARED_AT_ONCE = 4_000_000
"""Pairs of a face and a person."""


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
    claimed = claims(labels, said.photos, said.persons, said.confirmed, known.lasting)
    groups = list(_groups(labels, claimed.people))
    whose = np.full(len(labels), NOBODY, dtype=np.int64)
    for label, members in groups:
        kept = members[_kept(label, members, claimed, said)]
        whose[kept] = said.persons[kept]
    in_photo = set(zip(whose.tolist(), said.photos.tolist(), strict=True))
    alone: list[int] = []
    for label, members in groups:
        if label in claimed.whole:
            alone += _share_out(members, sorted(claimed.people[label]), whose, in_photo, said)

    everybody, place = np.unique(whose, return_inverse=True)
    free = int(labels.max(initial=OUTLIER)) + 1
    heeded = np.where(whose == NOBODY, labels, free + place)
    heeded[alone] = free + len(everybody) + np.arange(len(alone))
    people = [(free + place, person) for place, person in enumerate(everybody.tolist()) if person != NOBODY]
    return Heeded(heeded, dict(people))


@dataclass(frozen=True, eq=False)
class _Said:
    """Faces, and what the user has said of them."""

    vectors: FloatMatrix
    photos: npt.NDArray[np.int64]
    persons: npt.NDArray[np.int64]
    """(n,): whose each face was, or NOBODY; but for confirmed ones, nobody's who it is not or who is there twice."""

    confirmed: npt.NDArray[np.bool_]
    rejected: dict[int, set[int]]
    """Face -> who it is not."""

    @classmethod
    def of(cls, faces: Faces, known: Acquaintances) -> "_Said":
        rejected: defaultdict[int, set[int]] = defaultdict(set)
        for face, person in known.rejections:
            rejected[face].add(person)
        persons = known.persons.copy()
        persons[[face for face, people in rejected.items() if int(persons[face]) in people]] = NOBODY
        persons[known.confirmed] = known.persons[known.confirmed]
        theirs = np.flatnonzero(np.isin(persons, list(known.lasting)))
        surest_first = theirs[np.argsort(~known.confirmed[theirs], kind="stable")]
        places = np.stack([persons[surest_first], faces.photos[surest_first]], axis=1)
        _, once = np.unique(places, axis=0, return_index=True)
        twice = np.delete(surest_first, once)
        persons[twice[~known.confirmed[twice]]] = NOBODY
        return cls(faces.vectors, faces.photos, persons, known.confirmed, dict(rejected))


def _groups(labels: Labels, wanted: Iterable[int]) -> Iterator[tuple[int, Members]]:
    """Some labels, and the faces that have them; in the order of the first ones."""
    order = np.argsort(labels, kind="stable")
    in_order = labels[order]
    found = [
        (label, order[np.searchsorted(in_order, label) : np.searchsorted(in_order, label, side="right")])
        for label in wanted
    ]
    yield from sorted(found, key=lambda group: int(group[1][0]))


def _kept(label: int, members: Members, claimed: Claims, said: _Said) -> npt.NDArray[np.bool_]:
    """Which faces of a group stay with those who claim it."""
    persons = said.persons[members]
    theirs = np.isin(persons, list(claimed.people[label]))
    if label in claimed.whole:
        return theirs
    left_out = list(claimed.outliers) if label == OUTLIER else []
    return theirs & (said.confirmed[members] | np.isin(persons, left_out))


def _share_out(
    members: Members, people: list[int], whose: Members, in_photo: set[tuple[int, int]], said: _Said
) -> list[int]:
    """Give the faces of a group that are nobody's yet to those most like them who are not in the same photo.

    Gives the faces that nobody gets because the user has said who they are not.
    """
    typical = np.stack([_typical(members[whose[members] == person], said) for person in people])
    others = members[whose[members] == NOBODY]
    alone = []
    size = max(1, _COMPARED_AT_ONCE // len(people))
    for start in range(0, len(others), size):
        block = others[start : start + size]
        most_like_first = np.argsort(-(said.vectors[block] @ typical.T), axis=1, kind="stable")
        for face, order in zip(block.tolist(), most_like_first, strict=True):
            photo, not_them = int(said.photos[face]), said.rejected.get(face, set())
            for person in (people[place] for place in order):
                if person not in not_them and (person, photo) not in in_photo:
                    whose[face] = person
                    in_photo.add((person, photo))
                    break
            else:
                if not_them.intersection(people):
                    alone.append(face)
    return alone


def _typical(theirs: Members, said: _Said) -> npt.NDArray[np.float32]:
    """(d,), the dot product with which is the mean similarity to somebody's faces; to confirmed ones, if there are."""
    sure = theirs[said.confirmed[theirs]]
    mean: npt.NDArray[np.float32] = said.vectors[sure if len(sure) else theirs].mean(axis=0)
    return mean
