"""A selfie -> the photos of that person."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import UNGROUPED, FloatMatrix, Labels
from sortbyface.errors import PhotoUnreadable, QueryUnusable
from sortbyface.faces.face import Face
from sortbyface.grouping import DEFAULT, OUTLIER, Algorithm, Faces, Knobs, Progress, group_faces, quiet
from sortbyface.library import FaceSet
from sortbyface.models import Models
from sortbyface.photos.picture import Picture
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline.looking import find_faces, identify

SMALLEST_QUERY = 160
"""Pixels of either side of the picture: less shows too little of a face to go by."""


@dataclass(frozen=True, eq=False)
class Query:
    """A picture that shows whom to look for."""

    picture: Picture
    sha256: bytes
    faces: tuple[Face, ...]
    """One at least, from left to right, in pixels of the upright, full-size picture."""


def read_query(selfie: Path, models: Models) -> Query:
    """A picture and its faces.

    Raises QueryUnusable unless the picture can be read, has 160 x 160 pixels, and shows a face.
    """
    try:
        _, sha256 = identify(selfie)
        picture = read_photo(selfie, models.finder.working_side)
    except PhotoUnreadable as error:
        raise QueryUnusable(f"{selfie}: {error}; choose another picture") from error
    if min(picture.width, picture.height) < SMALLEST_QUERY:
        size = f"{picture.width} x {picture.height}"
        raise QueryUnusable(
            f"{selfie} is too small, {size} pixels; choose a picture of {SMALLEST_QUERY} x {SMALLEST_QUERY} at least"
        )
    faces = find_faces(picture, models)
    if not faces:
        raise QueryUnusable(f"{selfie} shows no face; choose a picture that shows the face from the front")
    return Query(picture, sha256, tuple(sorted(faces, key=lambda face: face.box)))


def only_face(query: Query, selfie: Path) -> Face:
    """The face in a picture of one person. Raises QueryUnusable if there are several."""
    if len(query.faces) > 1:
        count = len(query.faces)
        raise QueryUnusable(f"{selfie} shows {count} faces; choose, or cut out, a picture of the one person")
    return query.faces[0]


def faces_of_person(
    face: Face,
    faces: FaceSet,
    knobs: Knobs,
    algorithm: Algorithm = DEFAULT,
    earlier: Labels | None = None,
    progress: Progress = quiet,
) -> npt.NDArray[np.bool_]:
    """(n,): which faces are the person's: the group that a face falls into when it is grouped with all others.

    None if the algorithm leaves it out. earlier: (n,) as for `group_faces`; the face joins one of these groups, then.
    progress: as for `group_faces`.
    """
    no_photo = -1  # of the library: the query is no stranger to anybody
    vector: FloatMatrix = face.vector[np.newaxis]
    together = Faces(
        np.concatenate([faces.vectors, vector]), np.append(faces.contents, no_photo), np.append(faces.doubtful, False)
    )
    if earlier is not None:
        earlier = np.append(earlier, UNGROUPED)
    labels = group_faces(together, knobs, algorithm, earlier, progress)
    return np.asarray((labels[:-1] == labels[-1]) & (labels[-1] != OUTLIER))
