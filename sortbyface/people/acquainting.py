"""What was known of people before, brought to the faces that are there now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import UNGROUPED, Labels
from sortbyface.faces.face import Box
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.library import FaceSet, Known, PersonRecord, Placement, Rejection
from sortbyface.people.person import NOBODY

_NEW = -1


@dataclass(frozen=True, eq=False)
class Acquaintances:
    """Who is known among some faces."""

    persons: npt.NDArray[np.int64]
    """(n,): whose each face was, or NOBODY."""

    confirmed: npt.NDArray[np.bool_]
    """(n,): whether the user said so."""

    placements: npt.NDArray[np.int64]
    """(n,): the id of the placement that says so; -1 where none does, or it has none."""

    rejections: frozenset[tuple[int, int]]
    """Faces, and the people whom the user has taken them from."""

    lasting: frozenset[int]
    """People of whom the user has said anything: no grouping makes two of them one."""

    records: dict[int, PersonRecord]
    """Everybody, by id."""

    next_id: int
    """That the next new person gets."""

    elsewhere: list[Placement]
    """Of photos whose faces are not here, and what the user has said of faces that are not found any more."""


def acquaint(faces: FaceSet, known: Known) -> Acquaintances:
    """Find again who was placed; by the place in the picture, whatever recipe found the face then and now."""
    count = len(faces.boxes)
    persons = np.full(count, NOBODY, dtype=np.int64)
    confirmed = np.zeros(count, dtype=np.bool_)
    ids = np.full(count, _NEW, dtype=np.int64)
    elsewhere = []
    faces_in = _faces_in(faces)
    for face, placement in _found_again(faces, faces_in, _surest_first(known.placements)):
        if face is not None:
            persons[face], confirmed[face] = placement.person, placement.confirmed
            ids[face] = _NEW if placement.id is None else placement.id
        elif placement.confirmed or placement.content not in faces_in:
            elsewhere.append(placement)
    rejected: defaultdict[int, list[Rejection]] = defaultdict(list)
    for rejection in known.rejections:
        rejected[rejection.person].append(rejection)
    rejections = {
        (face, person)
        for person, from_one in rejected.items()
        for face, _ in _found_again(faces, faces_in, from_one)
        if face is not None
    }
    records = {record.id: record for record in known.records}
    return Acquaintances(
        persons, confirmed, ids, frozenset(rejections), _lasting(known), records, known.next_id, elsewhere
    )


def as_they_are_now(groups: Labels, known: Acquaintances) -> Labels:
    """The groups of the last sort, with what the user has changed since.

    The faces of one person are one group, and no others are in it.
    """
    if np.all(groups == UNGROUPED):
        return groups
    return np.where(known.persons != NOBODY, groups.max() + known.persons, groups)  # numbers of people start at 1


def _lasting(known: Known) -> frozenset[int]:
    spoken_of = {record.id for record in known.records if record.name is not None or record.hidden}
    spoken_of.update(placement.person for placement in known.placements if placement.confirmed)
    spoken_of.update(rejection.person for rejection in known.rejections)
    return frozenset(spoken_of)


def _faces_in(faces: FaceSet) -> dict[int, list[int]]:
    """Content -> its faces."""
    faces_in: defaultdict[int, list[int]] = defaultdict(list)
    for face, content in enumerate(faces.contents.tolist()):
        faces_in[content].append(face)
    return dict(faces_in)


_Seen = TypeVar("_Seen", Placement, Rejection)


def _found_again(
    faces: FaceSet, faces_in: dict[int, list[int]], seen: Iterable[_Seen]
) -> Iterator[tuple[int | None, _Seen]]:
    """Each with its face, or None. One face is found once."""
    found: set[int] = set()
    for one in seen:
        face = _face_at(one.box, [face for face in faces_in.get(one.content, ()) if face not in found], faces.boxes)
        if face is not None:
            found.add(face)
        yield face, one


def placed_faces(boxes: Mapping[int, Box], placements: Iterable[Placement]) -> dict[int, Placement]:
    """Face -> its placement, of the faces and the placements in one picture: those that a sort would find again."""
    found: dict[int, Placement] = {}
    for placement in _surest_first(placements):
        face = _face_at(placement.box, [face for face in boxes if face not in found], boxes)
        if face is not None:
            found[face] = placement
    return found


def _surest_first(placements: Iterable[Placement]) -> list[Placement]:
    return sorted(placements, key=lambda placement: not placement.confirmed)


def _face_at(box: Box | None, candidates: Sequence[int], boxes: Mapping[int, Box] | Sequence[Box | None]) -> int | None:
    """The one at a place; None if there is none."""
    best = max(candidates, key=lambda face: overlap(box, boxes[face]), default=None)
    return None if best is None or overlap(box, boxes[best]) < SAME_FACE else best
