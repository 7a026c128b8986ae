"""See what each threshold would make of the photos, and choose one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sortbyface.errors import LabelsUnusable
from sortbyface.evaluation.labels import labels_of_folders, read_labels
from sortbyface.evaluation.protocols import PROTOCOLS
from sortbyface.evaluation.targets import Known, known_faces
from sortbyface.figures.style import ENDINGS, save
from sortbyface.figures.tune import draw_outlooks
from sortbyface.grouping import DEFAULT, Faces
from sortbyface.grouping.sweeping import sweep
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY
from sortbyface.jobs.common import faces_looked_at
from sortbyface.jobs.destination import check_destination, new_file
from sortbyface.jobs.thresholds import choose_threshold
from sortbyface.library import FaceSet, Library
from sortbyface.tuning import Outlook, outlook, range_around, thresholds_between

STEPS = 21
"""Thresholds tried unless something else is asked for."""


@dataclass(frozen=True)
class TuneOutcome:
    """What was seen."""

    faces: int
    default: float
    """The threshold of a sort for which none is given."""

    outlooks: list[Outlook]
    """By threshold, ascending."""

    left_out: list[tuple[str, str]]
    """Photos whose people are not known, where some are, each with the reason."""


@dataclass(frozen=True)
class WhoIsWho:
    """Where it is known who is in photos of the library."""

    folder: Path
    """With a folder of photos for each person, or of any form with a table."""

    table: Path | None = None
    """As for `read_labels`."""


def tune(
    *,
    library: Path = LIBRARY,
    thresholds: tuple[float, float] | None = None,
    steps: int = STEPS,
    iterations: int = ITERATIONS,
    seed: int = 0,
    who: WhoIsWho | None = None,
    destination: Path | None = None,
    compared: Callable[[int, int], None] = lambda _done, _total: None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> TuneOutcome:
    """Group the faces of the library anew with each of several thresholds, from one search for neighbours.

    The library stays as it is. thresholds: the lowest and the highest, None for some to either side of the default.
    steps: how many, the default besides. who: the groups are judged by what is known of some photos, by the
    headline of PROTOCOLS. destination: a new file for a figure, PNG or SVG. compared: as for `people_now`.
    progress: called with the thresholds done and to do. Raises SourceEmpty, LabelsUnusable, DestinationUnusable,
    LibraryBusy, LibraryUnusable.
    """
    if destination:
        check_destination(destination, ENDINGS)
    with Library.opened(library) as opened:
        faces, embedders = faces_looked_at(opened)
        known, left_out = _known(who, faces, opened) if who else (None, [])
    default, _ = choose_threshold(AUTO, faces, embedders, DEFAULT, compared)
    tried = thresholds_between(*(thresholds or range_around(default)), steps, default)
    outlooks = []
    candidates = Faces(faces.vectors, faces.contents, faces.doubtful)
    for swept in sweep(candidates, tried, iterations, seed, compared):
        judgement = PROTOCOLS[-1].judge(known, swept.labels) if known else None
        outlooks.append(outlook(swept, faces.contents, judgement))
        progress(len(outlooks), len(tried))
    if destination:
        figure = draw_outlooks(outlooks, default, f"{len(candidates):,} faces")
        with new_file(destination) as part:
            save(figure, part, destination.suffix)
    return TuneOutcome(len(candidates), default, outlooks, left_out)


def _known(who: WhoIsWho, faces: FaceSet, library: Library) -> tuple[Known, list[tuple[str, str]]]:
    truth = read_labels(who.table, who.folder) if who.table else labels_of_folders(who.folder)
    content_of_file = {
        file: content for content, files in library.photos.files_of_contents().items() for file, _ in files
    }
    root = who.folder.resolve()
    paths = {label.path for label in truth.labels}
    contents = {path: content_of_file[root / path] for path in paths if root / path in content_of_file}
    if not contents:
        raise LabelsUnusable(
            f"{who.folder}: none of its photos was looked at; do that first: python embedder.py -src {who.folder}"
        )
    return known_faces(truth.labels, faces, library.photos.sizes_in_pixels(), contents), truth.left_out
