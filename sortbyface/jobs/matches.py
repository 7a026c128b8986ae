"""Who is this, and which photos show them? Nothing is copied: for whoever would like to look first."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import UNGROUPED, Labels
from sortbyface.faces.face import Face
from sortbyface.grouping import DEFAULT, Knobs
from sortbyface.grouping.robust_whispers import looser_than
from sortbyface.jobs.common import faces_looked_at, recipe_in_use
from sortbyface.jobs.grouping_settings import made_by, settings_in_use
from sortbyface.jobs.thresholds import knobs_in_use
from sortbyface.library import FaceSet, Library, PersonRecord
from sortbyface.library.portraits import Portrait
from sortbyface.models import load_models
from sortbyface.people import NOBODY
from sortbyface.people.acquainting import acquaint, as_they_are_now
from sortbyface.retrieval import Query, faces_of_person, read_query

_A_LITTLE_LIKE = 0.5
"""How far below what grouping takes for one person faces may still be theirs, as a share of the threshold's distance
to 1. Two of three photos that grouping missed are found by it, among some 45 of others, on all of LFW with dlib."""

MOST_PERHAPS = 120
"""Photos: nobody looks through more that are ever less like the face."""


@dataclass(frozen=True)
class Match:
    """A photo that shows the person, or may."""

    content: int
    similarity: float
    """Of the most similar face in it, as a cosine."""

    sure: bool
    """Grouping takes that face for the person's; otherwise it is a little like it, no more."""

    portrait: Portrait
    """That face."""


@dataclass(frozen=True)
class Matches:
    """Whom a face shows, and where."""

    person: PersonRecord | None
    """None: somebody who is too rarely seen to be counted among the people, or is not here at all."""

    photos: list[Match]
    """The sure ones first, each kind from the most to the least similar."""

    @property
    def sure(self) -> int:
        """How many of the photos surely show the person."""
        return sum(match.sure for match in self.photos)


def read_picture(library: Library, picture: Path) -> Query:
    """A picture of somebody to look for, and its faces.

    Raises QueryUnusable unless it can be read, is large enough, and shows a face; LibraryUnusable before the first
    look, and ModelUnusable.
    """
    return read_query(picture, load_models(recipe_in_use(library)))


def find_matches(library: Library, query: Query, face: Face) -> Matches:
    """All photos of the person whose face it is, one of the query's; the picture itself left out.

    The people of the last sort stay as they are: the face joins one of them, or nobody. Raises SourceEmpty while no
    face was found in any photo.
    """
    faces, usual = faces_looked_at(library)
    known = acquaint(faces, library.people.known())
    knobs = knobs_in_use(library, usual)
    earlier = as_they_are_now(_groups(library), known)
    theirs = faces_of_person(face, faces, knobs, earlier=None if np.all(earlier == UNGROUPED) else earlier)
    whose = Counter(known.persons[theirs & (known.persons != NOBODY)].tolist()).most_common(1)
    person = known.records[whose[0][0]] if whose else None
    return Matches(person, _ranked(library, query, face, faces, theirs, knobs))


def _groups(library: Library) -> Labels:
    recipe, settings = recipe_in_use(library), settings_in_use(library)
    return library.faces.groups(recipe, made_by(DEFAULT, settings.threshold, settings.iterations, 0))


def _ranked(
    library: Library, query: Query, face: Face, faces: FaceSet, theirs: npt.NDArray[np.bool_], knobs: Knobs
) -> list[Match]:
    similarities = faces.vectors @ face.vector
    least = looser_than(knobs.threshold) - _A_LITTLE_LIKE * (1 - knobs.threshold)
    candidates = np.flatnonzero(theirs | (similarities >= least))
    best_first = candidates[np.lexsort((-similarities[candidates], ~theirs[candidates]))]
    found: dict[int, Match] = {}
    perhaps = 0
    for place in best_first.tolist():
        content, sure, box = int(faces.contents[place]), bool(theirs[place]), faces.boxes[place]
        if content in found or box is None or perhaps >= MOST_PERHAPS:
            continue
        scene = library.portraits.scene(content)
        if scene is not None and scene.sha256 != query.sha256:
            portrait = Portrait(scene.sha256, scene.photo, max(scene.width, scene.height), box)
            found[content] = Match(content, float(similarities[place]), sure, portrait)
            perhaps += not sure
    return list(found.values())
