"""What another grouping would make of the people who are known: who would become one, and who would fall apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping.faces import OUTLIER
from sortbyface.library import FaceSet
from sortbyface.people.acquainting import Acquaintances
from sortbyface.people.person import NOBODY
from sortbyface.people.recognising import whose_groups

FaceIndices: TypeAlias = npt.NDArray[np.int64]
"""(n,): faces, as their places in a FaceSet."""


class Part(NamedTuple):
    """Faces of one person that stay together."""

    person: int | None
    """Whose they are, or would be; NOBODY: strangers', each seen too rarely to be counted; None: a new person's."""

    faces: FaceIndices


class Shift(NamedTuple):
    """People would become one, or one would fall apart."""

    kind: Literal["joins", "parts"]
    parts: tuple[Part, ...]
    """Joins: all that each of them has now, the one first whose number stays. Parts: of one person, the faces that stay
    first (there may be none), then where the others would go, the most first."""

    @property
    def moved(self) -> int:
        """Faces that would change hands."""
        return sum(len(part.faces) for part in self.parts[1:])


@dataclass(frozen=True, eq=False)
class Prospect:
    """People as they would be."""

    people: int
    seen_once: int
    """Groups that are too rarely seen to be counted among the people."""

    shifts: list[Shift]
    """Those who would become one first; of each kind, the one that moves the most faces first."""


def people_known(faces: FaceSet, known: Acquaintances, present: Collection[int]) -> int:
    """How many are in photos that are there. present: the contents whose photos exist now."""
    here = np.isin(faces.contents, list(present)) & (known.persons != NOBODY)
    return len({*known.persons[here].tolist(), *_unfound(known, present)})


def strangers(faces: FaceSet, groups: Labels, known: Acquaintances, present: Collection[int]) -> int:
    """How many groups of an earlier grouping are nobody's who is known. groups: (n,), below 0 for faces in none."""
    here = np.isin(faces.contents, list(present)) & (groups >= 0)
    theirs = np.unique(groups[here & (known.persons != NOBODY)])
    return len(np.setdiff1d(groups[here], theirs))


def prospect(
    faces: FaceSet, labels: Labels, known: Acquaintances, min_photos: int, present: Collection[int]
) -> Prospect:
    """What `recognise_people` would come to with these labels, beside what is known.

    labels: (n,) of an algorithm. min_photos: in fewer, somebody new is a passer-by. present: the contents whose photos
    exist now.
    """
    labels, persons = whose_groups(faces, labels, known)
    here = np.isin(faces.contents, list(present)) & (labels != OUTLIER)
    groups, photos = _photos_of_groups(labels[here], faces.contents[here])
    is_known = np.isin(groups, list(persons))
    newcomers = groups[~is_known & (photos >= min_photos)]
    unfound = _unfound(known, present) - set(persons.values())
    people = int(is_known.sum()) + len(newcomers) + len(unfound)
    fates: dict[int, int | None] = {**persons, **dict.fromkeys(newcomers.tolist())}
    shifts = list(_shifts(labels, known.persons, fates))
    shifts.sort(key=lambda shift: (shift.kind, -shift.moved))
    return Prospect(people, int((~is_known & (photos < min_photos)).sum()), shifts)


def _unfound(known: Acquaintances, present: Collection[int]) -> set[int]:
    """People who are in photos by the user's word, or were before, though no face of theirs is known there."""
    return {placement.person for placement in known.elsewhere if placement.confirmed and placement.content in present}


def _photos_of_groups(
    labels: Labels, contents: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Each label, and in how many photos its faces are."""
    order = np.lexsort((contents, labels))
    labels, contents = labels[order], contents[order]
    new = np.ones(len(labels), dtype=np.bool_)
    new[1:] = (np.diff(labels) != 0) | (np.diff(contents) != 0)
    return np.unique(labels[new], return_counts=True)


def _shifts(labels: Labels, before: npt.NDArray[np.int64], fates: dict[int, int | None]) -> Iterator[Shift]:
    """fates: label -> who it is, None for somebody new; other labels are passers-by."""
    joining: defaultdict[int, list[Part]] = defaultdict(list)
    whole: dict[int, FaceIndices] = {}
    staying = {person for person in fates.values() if person is not None}
    for person, pieces in _pieces(labels, before):
        home, most = max(pieces, key=lambda piece: len(piece[1]))
        taken_by = fates.get(home, NOBODY)
        whole[person] = np.concatenate([members for _, members in pieces])
        if person not in staying and taken_by and 2 * len(most) > len(whole[person]):
            joining[taken_by].append(Part(person, whole[person]))
            continue
        of_fate: defaultdict[int | None, list[FaceIndices]] = defaultdict(list)
        parts = [Part(person, np.empty(0, dtype=np.int64))]
        for label, members in pieces:
            fate = fates.get(label, NOBODY)
            if fate is None:
                parts.append(Part(None, members))  # each of them is somebody new
            else:
                of_fate[fate].append(members)
        if person in of_fate:
            parts[0] = Part(person, np.concatenate(of_fate.pop(person)))
        parts += [Part(fate, np.concatenate(members)) for fate, members in of_fate.items()]
        if len(parts) > 1:
            yield Shift("parts", (parts[0], *_largest_first(parts[1:])))
    for person, others in joining.items():
        yield Shift("joins", (Part(person, whole[person]), *_largest_first(others)))


def _largest_first(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: -len(part.faces))


def _pieces(labels: Labels, before: npt.NDArray[np.int64]) -> Iterator[tuple[int, list[tuple[int, FaceIndices]]]]:
    """Of each person whose faces do not all stay together, or not alone: the new groups that they are in.

    Nobody else is looked at, as most people stay as they are at most thresholds.
    """
    placed = np.flatnonzero(before != NOBODY)
    order = placed[np.lexsort((labels[placed], before[placed]))]
    persons, groups = before[order], labels[order]
    if not len(order):
        return
    firsts = np.flatnonzero(np.concatenate([[True], (np.diff(persons) != 0) | (np.diff(groups) != 0)]))
    of_piece, in_group = persons[firsts], groups[firsts]
    _, person, pieces = np.unique(of_piece, return_inverse=True, return_counts=True)
    _, group, people = np.unique(in_group, return_inverse=True, return_counts=True)
    touched = np.zeros(int(person.max()) + 1, dtype=np.bool_)
    touched[person[(pieces[person] > 1) | (people[group] > 1) | (in_group == OUTLIER)]] = True
    ends = np.append(firsts[1:], len(order))
    found: dict[int, list[tuple[int, FaceIndices]]] = {}
    for piece in np.flatnonzero(touched[person]).tolist():
        members = order[firsts[piece] : ends[piece]]
        found.setdefault(int(of_piece[piece]), []).append((int(in_group[piece]), members))
    yield from found.items()
