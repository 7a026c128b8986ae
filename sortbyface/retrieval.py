"""A selfie -> the photos of that person."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.errors import PhotoUnreadable, QueryUnusable
from sortbyface.grouping import DEFAULT, OUTLIER, Algorithm, Faces, Knobs, Progress, group_faces, quiet
from sortbyface.library import FaceSet
from sortbyface.models import Models
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline.looking import find_faces, identify

SMALLEST_QUERY = 160
"""Pixels of either side of the picture: less shows too little of a face to go by."""


def read_query(selfie: Path, models: Models) -> tuple[FloatMatrix, bytes]:
    """The face of the person to look for, as (1, d) of length 1, and the SHA-256 of the picture.

    Raises QueryUnusable unless the picture can be read, has 160 x 160 pixels, and shows exactly one face.
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
    if len(faces) > 1:
        raise QueryUnusable(f"{selfie} shows {len(faces)} faces; choose, or cut out, a picture of the one person")
    return faces[0].vector[np.newaxis], sha256


def contents_of_person(
    query: FloatMatrix, faces: FaceSet, knobs: Knobs, algorithm: Algorithm = DEFAULT, progress: Progress = quiet
) -> npt.NDArray[np.int64]:
    """The contents that show the person: the group that the query falls into when it is grouped with all faces.

    None if the algorithm leaves the query out. progress: as for `group_faces`.
    """
    no_photo = -1  # of the library: the query is no stranger to anybody
    together = Faces(
        np.concatenate([faces.vectors, query]), np.append(faces.contents, no_photo), np.append(faces.doubtful, False)
    )
    labels = group_faces(together, knobs, algorithm, progress=progress)
    if labels[-1] == OUTLIER:
        return np.empty(0, dtype=np.int64)
    return np.unique(faces.contents[labels[:-1] == labels[-1]])
