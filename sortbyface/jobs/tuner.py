"""What any threshold would make of the people of a library, told while a slider is moved."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping import DEFAULT, Faces, Knobs, SimilarityGraph, group_searched, search
from sortbyface.jobs import AUTO
from sortbyface.jobs.common import faces_looked_at, recipe_in_use, sources_now
from sortbyface.jobs.grouping_settings import GroupingSettings, made_by, settings_in_use
from sortbyface.jobs.thresholds import choose_threshold, parse_calibration
from sortbyface.library import FaceSet, Library
from sortbyface.library.portraits import Portrait
from sortbyface.people import Names
from sortbyface.people.acquainting import Acquaintances, acquaint, as_they_are_now
from sortbyface.people.prospects import FaceIndices, Prospect, people_known, prospect, strangers
from sortbyface.showing import pick_faces
from sortbyface.sorting import Sources
from sortbyface.tuning import range_around

MIN_PHOTOS = 2
"""In fewer, somebody new is a passer-by."""


@dataclass(frozen=True, eq=False)
class Tuner:
    """All faces, searched for neighbours once; nothing is changed. Of many threads one at a time may use it."""

    faces: FaceSet
    names: Names
    chosen: float
    """The threshold that suits these photos."""

    settings: GroupingSettings
    """That people were grouped with."""

    threshold: float
    """The same, where that was left to be chosen, too."""

    range: tuple[float, float]
    """The thresholds that can be tried."""

    people: int
    """Who are known now."""

    seen_once: int
    """Who are seen too rarely to be counted, now."""

    _graph: SimilarityGraph
    _known: Acquaintances
    _sources: Sources
    _sizes: dict[int, tuple[int, int]]

    @property
    def iterations(self) -> int:
        """That people were grouped with."""
        return self.settings.iterations

    @classmethod
    def of(
        cls,
        library: Library,
        earlier: "Tuner | None" = None,
        compared: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> "Tuner":
        """earlier: for the same library; if it has the same faces still, nothing is searched for again.

        compared: as for `people_now`. Raises SourceEmpty when no face was found yet or no photo is where it was, and
        LibraryUnusable.
        """
        faces, embedder_threshold = faces_looked_at(library)
        settings, recipe = settings_in_use(library), recipe_in_use(library)
        same = earlier if earlier and _same(earlier.faces, faces) else None
        by = made_by(DEFAULT, settings.threshold, settings.iterations, 0)
        kept = parse_calibration(library.faces.calibration(recipe, by), len(faces.boxes))
        if kept:
            chosen = kept.threshold
        elif same:
            chosen = same.chosen
        else:
            chosen, _ = choose_threshold(AUTO, faces, embedder_threshold, DEFAULT, compared)
        threshold = chosen if settings.threshold == AUTO else settings.threshold
        lowest, highest = range_around(chosen)
        limits = _rounded(min(lowest, threshold), max(highest, threshold))
        if same and same.range[0] <= limits[0]:
            graph = same._graph
        else:
            graph = search(_grouped(faces), limits, DEFAULT, compared)
        known, sources = acquaint(faces, library.people.known()), sources_now(library)
        groups = as_they_are_now(library.faces.groups(recipe, by), known)
        return cls(
            faces,
            Names.of(known.records.values()),
            chosen,
            settings,
            threshold,
            limits,
            people_known(faces, known, sources.present),
            strangers(faces, groups, known, sources.present),
            graph,
            known,
            sources,
            library.photos.sizes_in_pixels(),
        )

    def at(self, threshold: float, iterations: int) -> Prospect:
        """What a sort with these settings, and all faces grouped anew, would come to.

        threshold: within `range`. What the user has said of people is heeded.
        """
        labels = self.labels(threshold, iterations)
        return prospect(self.faces, labels, self._known, MIN_PHOTOS, self._sources.present)

    def labels(self, threshold: float, iterations: int) -> Labels:
        """As `group_faces` gives them."""
        return group_searched(self._graph, _grouped(self.faces), Knobs(threshold, iterations), DEFAULT)

    def portraits(self, faces: FaceIndices, most: int) -> list[Portrait]:
        """Of so many of some faces, the most typical first; without those whose photos are gone."""
        order = pick_faces(self.faces.vectors[faces], "typical", np.random.default_rng(0))
        found = (self._portrait(face) for face in faces[order].tolist())
        return [portrait for portrait, _ in zip((one for one in found if one), range(most), strict=False)]

    def _portrait(self, face: int) -> Portrait | None:
        content, box = int(self.faces.contents[face]), self.faces.boxes[face]
        if content not in self._sources.present or content not in self._sizes or box is None:
            return None
        return Portrait(
            self._sources.hashes[content], self._sources.present[content][0], max(self._sizes[content]), box
        )


def _rounded(lowest: float, highest: float) -> tuple[float, float]:
    """Outwards, to as many digits as thresholds are shown with."""
    return math.floor(lowest * 1000 + 1e-6) / 1000, math.ceil(highest * 1000 - 1e-6) / 1000


def _grouped(faces: FaceSet) -> Faces:
    return Faces(faces.vectors, faces.contents, faces.doubtful)


def _same(one: FaceSet, other: FaceSet) -> bool:
    return (
        one.boxes == other.boxes
        and np.array_equal(one.contents, other.contents)
        and np.array_equal(one.doubtful, other.doubtful)
        and np.array_equal(one.vectors, other.vectors)
    )
