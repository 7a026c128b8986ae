"""Measure how well photos are sorted into people, on photos whose people are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sortbyface.embedders import EMBEDDERS
from sortbyface.errors import SourceEmpty
from sortbyface.evaluation.labels import Label, labels_of_folders, read_labels
from sortbyface.evaluation.protocols import PROTOCOLS
from sortbyface.evaluation.runs import Run, judged
from sortbyface.evaluation.targets import NOT_FOUND, known_faces
from sortbyface.figures.evaluation import draw_group_sizes, draw_thresholds, make_folder, save_both
from sortbyface.finder import Finder
from sortbyface.grouping import DEFAULT, Algorithm, Faces, Knobs, group_searched, search
from sortbyface.jobs import AUTO, ITERATIONS, Threshold
from sortbyface.jobs.passing import kept_or_passing
from sortbyface.jobs.thresholds import choose_threshold
from sortbyface.library import FaceSet, Library
from sortbyface.models import choose_recipe
from sortbyface.pipeline.run import Progress, look_at_folder
from sortbyface.recipe import Recipe

SEEDS = 5
"""How many times the faces are grouped unless something else is asked for."""

_STEPS = 6
"""Thresholds tried for the figures to either side of the chosen one, which is half of the way to 1 at most."""


@dataclass(frozen=True, eq=False)
class GroupsOutcome:
    """What an evaluation found."""

    recipe: Recipe
    algorithm: Algorithm
    labels: list[Label]
    left_out: list[tuple[str, str]]
    """Photos that tell nothing or could not be read, each with the reason."""

    without_face: list[Label]
    """Those whose face was not found."""

    photos: int
    faces: int
    """That were grouped: all that were found in the photos."""

    looked_at: int
    """Photos that this run had to look at; the others were known."""

    seconds: float
    """That the looks took."""

    runs: list[Run]
    """One for each seed."""

    sweep: list[Run]
    """With the first seed, over the threshold, ascending; empty where no figures were asked for."""

    @property
    def photos_of_people(self) -> npt.NDArray[np.int64]:
        """(people,): how many labels name each."""
        return np.unique([label.person for label in self.labels], return_counts=True)[1]


def evaluate_groups(
    folder: Path,
    *,
    labels: Path | None = None,
    library: Path | None = None,
    embedder: str | None = None,
    weights: Path | None = None,
    finder: Finder = Finder(),
    processes: int | None = None,
    threshold: Threshold = AUTO,
    iterations: int = ITERATIONS,
    algorithm: Algorithm = DEFAULT,
    seeds: Sequence[int] = range(SEEDS),
    figures: Path | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    compared: Callable[[int, int], None] = lambda _done, _total: None,
    grouped: Callable[[int, int], None] = lambda _done, _total: None,
) -> GroupsOutcome:
    """Look at photos, group their faces, and score the groups against the truth by each of PROTOCOLS.

    folder: with a folder of photos for each person; or of any form, with labels, a table as for `read_labels`.
    The photos that the truth names are looked at, and no others. library: keeps what the looks brought, so that a later
    evaluation takes seconds; None for one that is thrown away. threshold, iterations, algorithm: as for `sort_photos`.
    seeds: the faces are grouped once with each. figures: a folder for figures, for which other thresholds are tried,
    too; all groupings share one search for neighbours. compared: as for `people_now`. grouped: called with the
    groupings done and to do. The others are those of `look_at_photos`.
    Raises LabelsUnusable, SourceEmpty, ModelUnusable, LibraryBusy, LibraryUnusable, DestinationUnusable.

    >>> outcome = evaluate_groups(Path("lfw"))              # doctest: +SKIP
    >>> outcome.runs[0].headline.pairwise.f                 # doctest: +SKIP
    0.9836
    """
    truth = read_labels(labels, folder) if labels else labels_of_folders(folder)
    if figures:
        make_folder(figures)
    recipe = choose_recipe(embedder, weights, finder)
    photos = list(dict.fromkeys(label.path for label in truth.labels))
    wanted = set(photos)
    with kept_or_passing(library) as opened:
        looks = look_at_folder(folder, opened, recipe, photos=photos, processes=processes, progress=progress)
        unread = [(path, reason) for path, reason in looks.problems if path in wanted]
        contents = _contents(opened, folder, photos)
        faces = _of_contents(opened.faces.of(recipe, finder.detector.clear_score), set(contents.values()))
        if not len(faces.vectors):
            raise SourceEmpty(_no_face(folder, len(photos), unread))
        known = known_faces(truth.labels, faces, opened.photos.sizes_in_pixels(), contents)
        chosen, _ = choose_threshold(threshold, faces, EMBEDDERS[recipe.embedder_name].threshold, algorithm, compared)
        turns = [Knobs(chosen, iterations, seed) for seed in seeds]
        others = [replace(turns[0], threshold=other) for other in _others(chosen)] if figures else []
        candidates = Faces(faces.vectors, faces.contents, faces.doubtful)
        graph = search(candidates, [knobs.threshold for knobs in (turns[0], *others)], algorithm, compared)
        runs: list[Run] = []
        for knobs in (*turns, *others):
            grouped(len(runs), len(turns) + len(others))
            labels_of_faces = group_searched(graph, candidates, knobs, algorithm)
            runs.append(judged(known, candidates, knobs, labels_of_faces))
        grouped(len(runs), len(runs))
    outcome = GroupsOutcome(
        recipe=recipe,
        algorithm=algorithm,
        labels=truth.labels,
        left_out=truth.left_out + unread,
        without_face=[label for label, face in zip(truth.labels, known.targets, strict=True) if face == NOT_FOUND],
        photos=len(photos),
        faces=len(faces.vectors),
        looked_at=looks.looked_at,
        seconds=looks.seconds,
        runs=runs[: len(turns)],
        sweep=sorted([runs[0], *runs[len(turns) :]], key=lambda run: run.knobs.threshold) if figures else [],
    )
    if figures:
        _draw(outcome, figures)
    return outcome


def _contents(library: Library, folder: Path, photos: Sequence[str]) -> dict[str, int]:
    """Of each photo that could be read."""
    content_of_file = {
        file: content for content, files in library.photos.files_of_contents().items() for file, _ in files
    }
    root = folder.resolve()
    return {photo: content_of_file[root / photo] for photo in photos if root / photo in content_of_file}


def _of_contents(faces: FaceSet, contents: set[int]) -> FaceSet:
    """The faces of some photos: a library that is kept may know many others."""
    kept = np.isin(faces.contents, list(contents))
    boxes = [box for box, keep in zip(faces.boxes, kept, strict=True) if keep]
    return FaceSet(faces.contents[kept], boxes, faces.vectors[kept], faces.doubtful[kept])


def _no_face(folder: Path, photos: int, unread: Sequence[tuple[str, str]]) -> str:
    example = f" ({len(unread):,} could not be read: {unread[0][0]}: {unread[0][1]})" if unread else ""
    return f"{folder}: no face was found in any of its {photos:,} photos{example}; give others"


def _others(chosen: float) -> list[float]:
    """Thresholds around the chosen one."""
    steps = [step / (2 * _STEPS) for step in range(-_STEPS, _STEPS + 1)]
    around = {max(-1.0, chosen + (1 - chosen) * step) for step in steps}
    return sorted(around - {chosen})


def _draw(outcome: GroupsOutcome, folder: Path) -> None:
    chosen = outcome.runs[0].knobs.threshold
    what = f"{len(outcome.labels):,} labels of {len(outcome.photos_of_people):,} people"
    title = f"{outcome.recipe.embedder_name}, {outcome.algorithm.name}, {what} (protocol {PROTOCOLS[-1].letter})"
    points = [(run.knobs.threshold, run.headline) for run in outcome.sweep]
    save_both(draw_thresholds(points, chosen, title), folder, "thresholds")
    save_both(draw_group_sizes(outcome.runs[0].sizes, outcome.photos_of_people, chosen, title), folder, "group-sizes")
