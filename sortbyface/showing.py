"""Who is shown, and with which faces."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.library import FaceSet
from sortbyface.people import NOBODY, UNKNOWN

Pick = Literal["random", "typical", "untypical"]
PICKS: tuple[Pick, ...] = get_args(Pick)

FaceIndices: TypeAlias = npt.NDArray[np.int64]
"""(n,): faces, as their places in a FaceSet."""


@dataclass(frozen=True)
class Choice:
    """What the user can choose."""

    pick: Pick = "random"
    """See `pick_faces`."""

    seed: int = 0
    """Of the random pick. Each person has luck of their own: the faces stay the same when other people come or go."""

    min_photos: int = 2
    """People in fewer are among the unknown faces."""


USUAL = Choice()


@dataclass(frozen=True, eq=False)
class Shown:
    """One person, or all unknown faces."""

    name: str
    photos: int
    """That show this person, and are there now."""

    faces: int
    """In those photos."""

    picked: FaceIndices
    """The faces to be shown, in this order."""


def who_is_shown(
    faces: FaceSet,
    person_of_face: Mapping[int, int],
    present: Collection[int],
    choice: Choice,
    most: int,
    names: Mapping[int, str],
) -> list[Shown]:
    """The people, the one in most photos first, and last the unknown faces: of nobody, and of people in few photos.

    person_of_face: only those faces that are somebody's.   present: the contents whose photos are there now; the faces
    in others do not count.   most: faces picked of each at most.
    """
    groups = _groups(faces, person_of_face, present)
    photos = {person: len(np.unique(faces.contents[members])) for person, members in groups.items()}
    unknown = {person for person in groups if person == NOBODY or photos[person] < choice.min_photos}

    def shown(person: int, name: str, members: FaceIndices) -> Shown:
        random = np.random.default_rng([choice.seed, person])
        picked = members[pick_faces(faces.vectors[members], choice.pick, random)[:most]]
        return Shown(name, len(np.unique(faces.contents[members])), len(members), picked)

    known = sorted(groups.keys() - unknown, key=lambda person: (-photos[person], person))
    people = [shown(person, names[person], groups[person]) for person in known]
    if unknown:
        people.append(shown(NOBODY, UNKNOWN, np.sort(np.concatenate([groups[person] for person in unknown]))))
    return people


def pick_faces(vectors: FloatMatrix, pick: Pick, random: np.random.Generator) -> FaceIndices:
    """The order in which faces of one group are shown, as rows of its vectors.

    vectors: (n, d), rows of length 1.   pick: "typical" begins with the greatest mean similarity to the group,
    "untypical" with the least.
    """
    if pick == "random":
        return random.permutation(len(vectors))
    similarities = vectors @ vectors.mean(axis=0)  # to the mean, which is the mean of those to each
    return np.argsort(similarities if pick == "untypical" else -similarities, kind="stable")


def _groups(faces: FaceSet, person_of_face: Mapping[int, int], present: Collection[int]) -> dict[int, FaceIndices]:
    """Person -> faces in photos that are there."""
    there = np.flatnonzero(np.isin(faces.contents, list(present)))
    people = np.array([person_of_face.get(face, NOBODY) for face in there.tolist()], dtype=np.int64)
    order = np.argsort(people, kind="stable")
    numbers, firsts = np.unique(people[order], return_index=True)
    return dict(zip(numbers.tolist(), np.split(there[order], firsts[1:]), strict=False))  # of no face: one empty part
