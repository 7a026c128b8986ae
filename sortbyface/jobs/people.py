"""Who is in the photos now, with the numbers of the last sort."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping import DEFAULT, Algorithm, Faces, Knobs, group_faces
from sortbyface.grouping.calibration import Calibration
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY, Threshold
from sortbyface.jobs.common import faces_looked_at, recipe_in_use, sources_now
from sortbyface.jobs.grouping_settings import made_by, settings_in_use
from sortbyface.jobs.thresholds import choose_threshold, format_calibration, parse_calibration
from sortbyface.library import FaceSet, Library
from sortbyface.people import NOBODY, Names, People
from sortbyface.people.acquainting import acquaint, as_they_are_now
from sortbyface.people.recognising import recognise_people
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
    names: Names
    calibration: Calibration | None = None
    """None where the threshold was not chosen from the photos."""

    def person_of_face(self) -> npt.NDArray[np.int64]:
        """(n,): the number of the person whose face each is, or NOBODY."""
        numbers = {(placement.content, placement.box): placement.person for placement in self.people.placements}
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
    compared: Callable[[int, int], None] = lambda _done, _total: None,
) -> PeopleNow:
    """The people whom a sort would find, numbered as it would number them; the library stays as it is.

    regroup: do not add new faces to the groups of the last sort, but group all anew. compared: called with the faces
    compared with others, and all that are to be, once for the threshold and once for the groups. Raises SourceEmpty
    when no face was found yet or no photo is where it was, and LibraryUnusable.
    """
    faces, default = faces_looked_at(library)
    recipe = recipe_in_use(library)
    by = made_by(algorithm, threshold, iterations, seed)
    calibration = None
    if not regroup:
        calibration = parse_calibration(library.faces.calibration(recipe, by), len(faces.boxes))
    if calibration is not None:
        threshold = calibration.threshold
    else:
        threshold, calibration = choose_threshold(threshold, faces, default, algorithm, compared)
    knobs = Knobs(threshold, iterations, seed)
    earlier = None if regroup else library.faces.groups(recipe, by)
    now = people_among(faces, library, knobs, algorithm, min_photos, earlier, compared=compared)
    return replace(now, calibration=calibration)


def people_among(
    faces: FaceSet,
    library: Library,
    knobs: Knobs,
    algorithm: Algorithm,
    min_photos: int,
    earlier: Labels | None = None,
    *,
    compared: Callable[[int, int], None],
) -> PeopleNow:
    """The same for some faces whose photos the library knows. Raises SourceEmpty when no photo is where it was."""
    sources = sources_now(library)
    known = acquaint(faces, library.people.known())
    if earlier is not None:
        earlier = as_they_are_now(earlier, known)
    labels = group_faces(Faces(faces.vectors, faces.contents, faces.doubtful), knobs, algorithm, earlier, compared)
    order = {content: rank for rank, content in enumerate(sources.present)}
    people = recognise_people(faces, labels, known, min_photos, order)
    return PeopleNow(faces, people.labels, people, knobs, sources, Names.of(known.records.values()))


def keep_groups(library: Library, now: PeopleNow, by: str) -> None:
    """Remember the groups, so that new photos join them. by: as `made_by` says."""
    calibration = format_calibration(now.calibration, len(now.labels))
    library.faces.keep_groups(recipe_in_use(library), by, now.labels, calibration)


def group_photos(
    *,
    library: Path = LIBRARY,
    threshold: Threshold = AUTO,
    iterations: int = ITERATIONS,
    seed: int = 0,
    algorithm: Algorithm = DEFAULT,
    regroup: bool = False,
    compared: Callable[[int, int], None] = lambda _done, _total: None,
) -> PeopleNow:
    """Find out who is in the photos, and remember it; no file is made. As for `people_now`."""
    with Library.opened(library) as opened:
        now = people_now(
            opened,
            threshold=threshold,
            iterations=iterations,
            seed=seed,
            algorithm=algorithm,
            regroup=regroup,
            compared=compared,
        )
        opened.people.keep_placements(now.people.placements)
        keep_groups(opened, now, made_by(algorithm, threshold, iterations, seed))
    return now


def group_as_before(library: Path, compared: Callable[[int, int], None] = lambda _done, _total: None) -> PeopleNow:
    """Find out who is in the photos with the settings of the last time: new faces join those who are known."""
    with Library.opened(library) as opened:
        settings = settings_in_use(opened)
    return group_photos(
        library=library, threshold=settings.threshold, iterations=settings.iterations, compared=compared
    )
