"""Labels meet faces: which of the faces that were found is whose."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.evaluation.centre import central_faces
from sortbyface.evaluation.labels import Label
from sortbyface.library import FaceSet

NOT_FOUND = -1

SAME_FACE = 0.4
"""A labelled box and a found one that overlap by this much frame the same face (intersection over union).

Of the 1,679 boxes of LFW's group photos, drawn by another detector, 1,678 meet a face of MTCNN's so; at 0.5, 1,667.
"""

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of the faces that were found."""

    people: list[str]
    """(labels,): whom each label names."""

    targets: Indices
    """(labels,): the face that each label means, NOT_FOUND where there is none."""

    faces: Indices
    """(named faces,): every face that carries a name; one of a photo that lies in two places stands here twice."""

    names: list[str]
    """(named faces,): the name that each carries."""


def known_faces(
    labels: Sequence[Label], faces: FaceSet, sizes: Mapping[int, tuple[int, int]], contents: Mapping[str, int]
) -> Known:
    """Find the faces that labels mean.

    sizes: width and height of each content in pixels. contents: of each photo, by the labels' paths; those of photos
    that could not be read are left out.

    A label with a box means the face that overlaps it most, by SAME_FACE at least; each face is one label's at most.
    A label without a box means the face in the middle, and all faces of its photo carry its name, as nothing
    tells the others from it. (On the 129 football pictures, which were labelled for the player whom each
    shows, the face in the middle is the right one also in the two where another is larger.)
    """
    faces_in: defaultdict[int, list[int]] = defaultdict(list)
    for index, content in enumerate(faces.contents.tolist()):
        faces_in[content].append(index)
    central = central_faces(faces, sizes)
    boxed: defaultdict[str, list[int]] = defaultdict(list)
    targets = np.full(len(labels), NOT_FOUND, dtype=np.int64)
    named: list[tuple[int, str]] = []
    for place, (path, person, box) in enumerate(labels):
        content = contents.get(path, NOT_FOUND)
        if box is not None:
            boxed[path].append(place)
        elif content in central:
            targets[place] = central[content]
            named += [(face, person) for face in faces_in[content]]
    for path, places in boxed.items():
        for place, face in _matches(labels, places, faces, faces_in[contents.get(path, NOT_FOUND)]):
            targets[place] = face
            named.append((face, labels[place].person))
    return Known(
        people=[label.person for label in labels],
        targets=targets,
        faces=np.array([face for face, _ in named], dtype=np.int64),
        names=[name for _, name in named],
    )


def _matches(
    labels: Sequence[Label], places: list[int], faces: FaceSet, candidates: list[int]
) -> list[tuple[int, int]]:
    """Labels of one photo, by their places, with their faces: the pair that overlaps most first."""
    overlaps = [
        (overlap, place, face)
        for place in places
        for face in candidates
        if (overlap := _overlap(labels[place], faces, face)) >= SAME_FACE
    ]
    matches: dict[int, int] = {}
    for _, place, face in sorted(overlaps, key=lambda match: (-match[0], match[1:])):
        if place not in matches and face not in matches.values():
            matches[place] = face
    return sorted(matches.items())


def _overlap(label: Label, faces: FaceSet, face: int) -> float:
    box = faces.boxes[face]
    return box.overlap(label.box) if box and label.box else 0.0
