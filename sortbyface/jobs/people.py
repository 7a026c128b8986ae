"""Who is in the photos now, with the numbers of the last sort."""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping import DEFAULT, Algorithm, Faces, Knobs, group_faces
from sortbyface.grouping.calibration import Calibration
from sortbyface.jobs import AUTO, ITERATIONS, Threshold
from sortbyface.jobs.common import faces_looked_at, recipe_in_use, sources_now
from sortbyface.jobs.thresholds import choose_threshold
from sortbyface.library import FaceSet, Library
from sortbyface.people import NOBODY, People, recognise_people
from sortbyface.sorting import Sources


@dataclass(frozen=True, eq=False)
class PeopleNow:
    """The faces, and whose they are."""

    faces: FaceSet
    labels: Labels
    """(n,): the group of each face; OUTLIER for those that the algorithm leaves out."""

    people: People
    knobs: Knobs
    """That the faces were grouped with."""

    sources: Sources
    calibration: Calibration | None = None
    """None where the threshold was not chosen from the photos."""

    def person_of_face(self) -> npt.NDArray[np.int64]:
        """(n,): the number of the person whose face each is, or NOBODY."""
        numbers = {(content, box): person for content, box, person in self.people.placements}
        faces = zip(self.faces.contents.tolist(), self.faces.boxes, strict=True)
        return np.array([numbers.get(face, NOBODY) for face in faces], dtype=np.int64)


def people_now(
    library: Library,
    *,
    threshold: Threshold = AUTO,
    iterations: int = ITERATIONS,
    seed: int = 0,
    algorithm: Algorithm = DEFAULT,
    min_photos: int = 2,
    regroup: bool = False,
) -> PeopleNow:
    """The people whom a sort would find, numbered as it would number them; the library stays as it is.

    regroup: do not add new faces to the groups of the last sort, but group all anew. Raises SourceEmpty
    when no face was found yet or no photo is where it was, and LibraryUnusable.
    """
    faces, default = faces_looked_at(library)
    chosen, calibration = choose_threshold(threshold, faces, default, algorithm)
    knobs = Knobs(chosen, iterations, seed)
    earlier = None if regroup else library.faces.groups(recipe_in_use(library), made_by(algorithm, knobs, calibration))
    return replace(people_among(faces, library, knobs, algorithm, min_photos, earlier), calibration=calibration)


def made_by(algorithm: Algorithm, knobs: Knobs, calibration: Calibration | None = None) -> str:
    """How a grouping came about: one that came about in another way is none to add new faces to.

    A threshold that is chosen from the photos changes a little when some are added, and nobody is to move for that.
    """
    return f"{algorithm!r} {replace(knobs, threshold=math.nan) if calibration else knobs!r}"


def people_among(
    faces: FaceSet,
    library: Library,
    knobs: Knobs,
    algorithm: Algorithm,
    min_photos: int,
    earlier: Labels | None = None,
) -> PeopleNow:
    """The same for some faces whose photos the library knows. Raises SourceEmpty when no photo is where it was."""
    sources = sources_now(library)
    labels = group_faces(Faces(faces.vectors, faces.contents, faces.doubtful), knobs, algorithm, earlier)
    order = {content: rank for rank, content in enumerate(sources.present)}
    people = recognise_people(
        faces, labels, library.people.placements(), library.people.next_person(), min_photos, order
    )
    return PeopleNow(faces, labels, people, knobs, sources)
