"""Made-up faces, and what is known of them, as the modules of people are given it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sortbyface.faces.face import Box
from sortbyface.library import FaceSet, PersonRecord
from sortbyface.people.acquainting import Acquaintances
from sortbyface.people.person import NOBODY


class Face(NamedTuple):
    """One face: Face(photo=3, group=0, person=1, confirmed=True, degrees=10)."""

    photo: int
    group: int
    person: int = NOBODY
    confirmed: bool = False
    degrees: float = 0
    """Its vector, as a direction in the plane: who looks alike has nearly the same."""

    is_not: frozenset[int] = frozenset()
    """People whom the user has taken it from."""


class Crowd(NamedTuple):
    """Faces, how an algorithm has grouped them, and what is known of them."""

    faces: FaceSet
    labels: npt.NDArray[np.int64]
    known: Acquaintances


def crowd(faces: Sequence[Face], named: Iterable[int] = ()) -> Crowd:
    """named: people of whom the user has said something without confirming or rejecting a face."""
    count = len(faces)
    angles = np.deg2rad([face.degrees for face in faces]).astype(np.float32).reshape(count)
    confirmed = np.array([face.confirmed for face in faces], dtype=np.bool_)
    persons = np.array([face.person for face in faces], dtype=np.int64)
    rejections = frozenset((place, person) for place, face in enumerate(faces) for person in face.is_not)
    lasting = {*named, *persons[confirmed].tolist(), *(person for _, person in rejections)}
    everybody = {*lasting, *persons.tolist()} - {NOBODY}
    records = {person: PersonRecord(person, None, False, None) for person in everybody}
    face_set = FaceSet(
        contents=np.array([face.photo for face in faces], dtype=np.int64),
        boxes=[Box(place * 100, 0, place * 100 + 80, 80) for place in range(count)],
        vectors=np.stack([np.cos(angles), np.sin(angles)], axis=1),
        doubtful=np.zeros(count, dtype=np.bool_),
    )
    known = Acquaintances(
        persons,
        confirmed,
        np.full(count, -1, dtype=np.int64),
        rejections,
        frozenset(lasting),
        records,
        max(everybody, default=0) + 1,
        [],
    )
    return Crowd(face_set, np.array([face.group for face in faces], dtype=np.int64), known)
