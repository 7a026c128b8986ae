"""Sort photos: one folder per person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sortbyface.exchange.importing import import_embeddings
from sortbyface.grouping import DEFAULT, OUTLIER, Algorithm, Knobs
from sortbyface.grouping.calibration import Calibration
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY, SORTED_PICTURES, Threshold
from sortbyface.jobs.common import counted, gone_with_faces
from sortbyface.jobs.grouping_settings import made_by
from sortbyface.jobs.people import PeopleNow, keep_groups, people_among, people_now
from sortbyface.jobs.thresholds import choose_threshold
from sortbyface.library import Library
from sortbyface.sorting import Done, Mode, Plan, make_plan, make_ready, run_plan
from sortbyface.sorting.belongings import leaders
from sortbyface.sorting.groups import Folders, Groups, folders_of, largest_faces

COMMAND = "sort"
"""What a run of this is called in the journal."""


@dataclass(frozen=True)
class SortOutcome:
    """What a sort found and did."""

    folders: list[tuple[str, int]]
    """Each folder with its number of photos: people in the order of their numbers, then Others and Unknown faces.

    A RAW file beside its picture is not counted."""

    plan: Plan
    gone: list[Path]
    """Photos that show faces and are not where they were, or have changed since they were looked at."""

    done: Done | None
    """None for a dry run."""

    calibration: Calibration | None
    """None where the threshold was not chosen from the photos."""


def sort_photos(
    destination: Path = SORTED_PICTURES,
    *,
    library: Path = LIBRARY,
    embeddings: Path | None = None,
    threshold: Threshold = AUTO,
    iterations: int = ITERATIONS,
    algorithm: Algorithm = DEFAULT,
    min_photos: int = 2,
    seed: int = 0,
    regroup: bool = False,
    mode: Mode = Mode.COPY,
    groups: Groups = Groups.EACH,
    dry_run: bool = False,
    compared: Callable[[int, int], None] = lambda _done, _total: None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> SortOutcome:
    """Group the faces of the library, and bring each photo into one folder for every person in it.

    People in fewer than min_photos photos share the folder Others. embeddings: take the faces of such a
    file instead. regroup: group all faces anew; otherwise new faces join the people of the last sort, if that
    had the same settings, and nobody else moves. mode: how new files are made. groups: what a photo of several people
    comes to. dry_run: change nothing, and give the plan. compared: as for
    `people_now`. progress: called with the copies done and to do. Raises SourceEmpty, EmbeddingsUnreadable,
    LibraryBusy, LibraryUnusable, DestinationUnusable.
    """
    with Library.opened(library, create=embeddings is not None) as opened:
        if embeddings:
            faces, default = import_embeddings(embeddings, opened)
            chosen, calibration = choose_threshold(threshold, faces, default, algorithm, compared)
            knobs = Knobs(chosen, iterations, seed)
            now = people_among(faces, opened, knobs, algorithm, min_photos, compared=compared)
            now = replace(now, calibration=calibration)
        else:
            now = people_now(
                opened,
                threshold=threshold,
                iterations=iterations,
                seed=seed,
                algorithm=algorithm,
                min_photos=min_photos,
                regroup=regroup,
                compared=compared,
            )
        wanted = _folders(opened, now, groups, min_photos)
        if not dry_run:
            make_ready(opened, destination, now.sources)
        plan = make_plan(opened, destination, wanted, now.sources, tidy=True, mode=mode)
        done = None
        if not dry_run:
            opened.people.keep_placements(now.people.placements)
            if not embeddings:
                keep_groups(opened, now, made_by(algorithm, threshold, iterations, seed))
            done = run_plan(plan, opened, COMMAND, now.sources, counted(plan.files, progress))
    gone = gone_with_faces(now.faces, now.sources)
    return SortOutcome([(folder, len(contents)) for folder, contents in wanted], plan, gone, done, now.calibration)


def _folders(library: Library, now: PeopleNow, groups: Groups, min_photos: int) -> Folders:
    order = {content: rank for rank, content in enumerate(now.sources.present)}
    names = {record.id: record.name for record in library.people.records()}
    names.update((person.id, person.name) for person in now.people.persons if person.id is not None)
    led = leaders(now.sources)
    return folders_of(
        now.people.persons,
        set(now.faces.contents[now.labels == OUTLIER].tolist()) & order.keys(),
        groups=groups,
        min_photos=min_photos,
        names=names,
        largest=largest_faces(now.faces, now.person_of_face(), led),
        order=order,
        led=led,
    )
