"""All faces as points in one picture."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sortbyface.errors import SortByFaceError
from sortbyface.figures.map import MOST_NAMED, draw_map
from sortbyface.figures.points import Layout, place_faces
from sortbyface.figures.style import ENDINGS, save
from sortbyface.grouping import DEFAULT, Algorithm
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY, Threshold
from sortbyface.jobs.destination import check_destination, new_file
from sortbyface.jobs.people import people_now
from sortbyface.library import Library
from sortbyface.people import NOBODY, Names

MOST_FACES = 20_000
"""In one picture: more take too long to place, and could not be told apart."""


@dataclass(frozen=True)
class MapOutcome:
    """What the picture shows."""

    faces: int
    """In the library."""

    shown: int
    """All of them, or a sample."""

    people: int
    """With a number, in the library."""

    named: list[str]
    """The people whom the picture names, the one with the most faces first."""

    @property
    def title(self) -> str:
        """That stands in the picture."""
        faces = f"{self.shown:,} of {self.faces:,}" if self.shown < self.faces else f"{self.faces:,}"
        biggest = f", the {len(self.named):,} biggest in colours" if len(self.named) < self.people else ""
        return f"{faces} faces, {self.people:,} people{biggest}"


def write_map(
    destination: Path,
    *,
    library: Path = LIBRARY,
    threshold: Threshold = AUTO,
    iterations: int = ITERATIONS,
    seed: int = 0,
    algorithm: Algorithm = DEFAULT,
    layout: Layout = "tsne",
    most_faces: int = MOST_FACES,
    compared: Callable[[int, int], None] = lambda _done, _total: None,
    begun: Callable[[int, int], None] = lambda _shown, _faces: None,
) -> MapOutcome:
    """Draw each face as a point, in the colour of its person; those that are alike lie close together.

    destination: a new file, PNG or SVG by its ending. layout: see `place_faces`. most_faces: of more, a sample is drawn
    at random. compared: as for `people_now`. begun: called with the number of points and of faces before the points are
    placed, which takes long. Raises DestinationUnusable, SortByFaceError when the layout's package is not installed,
    and what `people_now` raises.
    """
    check_destination(destination, ENDINGS)
    with Library.opened(library) as opened:
        now = people_now(
            opened, threshold=threshold, iterations=iterations, seed=seed, algorithm=algorithm, compared=compared
        )
    persons, faces = now.person_of_face(), len(now.faces.vectors)
    shown = _sample(faces, most_faces, seed)
    begun(len(shown), faces)
    try:
        positions = place_faces(now.faces.vectors[shown], layout, seed)
    except ImportError as error:
        raise SortByFaceError(
            f"{error}; run: pip install umap-learn, or leave out --layout {layout}: t-SNE is at hand"
        ) from error
    named = _biggest(persons[shown], now.names)
    outcome = MapOutcome(faces, len(shown), len(set(persons.tolist()) - {NOBODY}), list(named))
    figure = draw_map(positions, named, outcome.title)
    with new_file(destination) as part:
        save(figure, part, destination.suffix)
    return outcome


def _sample(faces: int, most: int, seed: int) -> npt.NDArray[np.int64]:
    """So many of them at random, in their order; all of them if there are no more."""
    if faces <= most:
        return np.arange(faces)
    return np.sort(np.random.default_rng(seed).choice(faces, most, replace=False))


def _biggest(persons: npt.NDArray[np.int64], names: Names) -> dict[str, npt.NDArray[np.int64]]:
    """The names of those with the most faces, each with these. persons: the number of each face's person."""
    numbers, sizes = np.unique(persons[persons != NOBODY], return_counts=True)
    biggest = numbers[np.lexsort((numbers, -sizes))][:MOST_NAMED]
    return {names[number]: np.flatnonzero(persons == number) for number in biggest.tolist()}
