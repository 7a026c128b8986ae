"""Sort photos: one folder per person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sortbyface.exchange.importing import import_embeddings
from sortbyface.grouping import DEFAULT, OUTLIER, Algorithm, Knobs
from sortbyface.grouping.calibration import Calibration
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY, SORTED_PICTURES, Threshold
from sortbyface.jobs.common import carry_out_counting, gone_with_faces, recipe_in_use
from sortbyface.jobs.people import made_by, people_among, people_now
from sortbyface.jobs.thresholds import choose_threshold
from sortbyface.library import Library
from sortbyface.people import UNKNOWN, Person, name_of
from sortbyface.sorting import Done, Plan, make_plan

OTHERS = "Others"
"""People in fewer photos than make a folder."""


@dataclass(frozen=True)
class SortOutcome:
    """What a sort found and did."""

    folders: list[tuple[str, int]]
    """Each folder with its number of photos: people in the order of their numbers, then Others and Unknown faces."""

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
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> SortOutcome:
    """Group the faces of the library, and copy each photo into one folder for every person in it.

    People in fewer than min_photos photos share the folder Others. embeddings: take the faces of such a
    file instead. regroup: group all faces anew; otherwise new faces join the people of the last sort, if that
    had the same settings, and nobody else moves. dry_run: change nothing, and give the plan. progress: called with
    the copies done and to do. Raises SourceEmpty, EmbeddingsUnreadable, LibraryBusy, LibraryUnusable,
    DestinationUnusable.
    """
    with Library.opened(library, create=embeddings is not None) as opened:
        if embeddings:
            faces, default = import_embeddings(embeddings, opened)
            chosen, calibration = choose_threshold(threshold, faces, default, algorithm)
            now = people_among(faces, opened, Knobs(chosen, iterations, seed), algorithm, min_photos)
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
            )
        faces = now.faces
        order = {content: rank for rank, content in enumerate(now.sources.present)}
        unknown = set(faces.contents[now.labels == OUTLIER].tolist()) & set(order)
        wanted = _folders(now.people.persons, unknown, min_photos, order)
        plan = make_plan(opened, destination, wanted, now.sources, tidy=True)
        done = None
        if not dry_run:
            opened.people.replace_placements(now.people.placements)
            if not embeddings:
                opened.faces.keep_groups(
                    recipe_in_use(opened), made_by(algorithm, now.knobs, now.calibration), now.labels
                )
            done = carry_out_counting(plan, opened, progress)
    gone = gone_with_faces(faces, now.sources)
    return SortOutcome([(folder, len(contents)) for folder, contents in wanted], plan, gone, done, now.calibration)


def _folders(
    persons: list[Person], unknown: set[int], min_photos: int, order: dict[int, int]
) -> list[tuple[str, list[int]]]:
    """The folders of a sort, each with its contents."""
    rare: set[int] = set()
    folders = []
    for person in persons:
        if person.id is None or len(person.contents) < min_photos:
            rare.update(person.contents)
        else:
            folders.append((name_of(person.id), list(person.contents)))
    for name, contents in ((OTHERS, rare), (UNKNOWN, unknown)):
        if contents:
            folders.append((name, sorted(contents, key=order.__getitem__)))
    return folders
