"""All that is to be shown of one person: who they are, and each of their faces with what is to be thought of it."""

import math
from dataclasses import dataclass

import numpy as np

from sortbyface.faces.quality import doubtful
from sortbyface.finder import Finder
from sortbyface.library import Library, PersonRecord
from sortbyface.library.overview import FaceRecord
from sortbyface.library.portraits import Likeness
from sortbyface.people import Names
from sortbyface.people.acquainting import placed_faces


@dataclass(frozen=True)
class FaceOfPerson:
    """One face of a person."""

    face: int | None
    """Its id, to be used in corrections; None if the latest look did not find it."""

    likeness: Likeness
    doubtful: bool
    """Too small, too blurred or too far in profile to be recognised for sure; and the user has not confirmed it."""

    cover: bool
    """Whether the user chose it to stand for the person."""


@dataclass(frozen=True)
class OnePerson:
    """A person, and their faces."""

    record: PersonRecord
    name: str
    """As they are called."""

    faces: list[FaceOfPerson]
    """The confirmed ones first, then the most typical, the doubtful ones last."""

    others: dict[str, int]
    """The names that other people have, and whose they are."""


def one_person(library: Library, person: int) -> OnePerson | None:
    """A person by number; None if there is nobody of that number any more."""
    records = library.people.records()
    record = next((one for one in records if one.id == person), None)
    if record is None:
        return None
    likenesses = library.portraits.of_person(person)
    found = _faces_found(library, likenesses)
    unsure = _doubtful(library, list(found.values()))
    faces = []
    for likeness in likenesses:
        face = found.get(likeness.placement)
        is_doubtful = face is not None and face.id in unsure and not likeness.confirmed
        is_cover = likeness.placement == record.cover
        faces.append(FaceOfPerson(face.id if face else None, likeness, is_doubtful, is_cover))
    faces.sort(key=lambda one: one.doubtful)  # stable: else in the order of the likenesses
    others = {one.name: one.id for one in records if one.name is not None and one.id != person}
    return OnePerson(record, Names.of(records)[person], faces, others)


def _faces_found(library: Library, likenesses: list[Likeness]) -> dict[int, FaceRecord]:
    """Placement -> the face that the latest look found there."""
    found: dict[int, FaceRecord] = {}
    recipe = library.recipe
    if recipe is None:
        return found
    for content in dict.fromkeys(likeness.content for likeness in likenesses):
        faces = {face.id: face for face in library.overview.faces_in(content, recipe)}
        boxes = {number: face.box for number, face in faces.items()}
        for number, placement in placed_faces(boxes, library.people.placements_in(content)).items():
            if placement.id is not None:
                found[placement.id] = faces[number]
    return found


def _doubtful(library: Library, faces: list[FaceRecord]) -> set[int]:
    """The ids of those that are hard to recognise."""
    finder = Finder.of(library.recipe.detector) if library.recipe else None
    clear_score = finder.detector.clear_score if finder else -math.inf
    scores = np.array([face.score for face in faces], dtype=np.float64)
    judged = [(face.pixels, face.sharpness, face.yaw) for face in faces]
    unsure = doubtful(scores, np.array(judged, dtype=np.float64).reshape(-1, 3), clear_score)  # None becomes NaN
    return {face.id for face, is_unsure in zip(faces, unsure, strict=True) if is_unsure}
