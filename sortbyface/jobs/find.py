"""Find one person: every photo of whoever a picture shows."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from sortbyface.errors import NobodyFound
from sortbyface.grouping import DEFAULT, Algorithm, Knobs
from sortbyface.grouping.calibration import Calibration
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY, Threshold
from sortbyface.jobs.common import counted, faces_looked_at, recipe_in_use, sources_now
from sortbyface.jobs.thresholds import choose_threshold
from sortbyface.library import Library
from sortbyface.models import load_models
from sortbyface.retrieval import faces_of_person, only_face, read_query
from sortbyface.sorting import Done, Mode, Plan, Sources, make_plan, make_ready, run_plan
from sortbyface.sorting.belongings import leaders

COMMAND = "find"
"""What a run of this is called in the journal."""


@dataclass(frozen=True)
class FindOutcome:
    """Where one person was found."""

    photos: list[Path]
    """All photos of the person, the query itself left out, by path."""

    plan: Plan
    done: Done
    calibration: Calibration | None
    """None where the threshold was not chosen from the photos."""


def find_person(
    selfie: Path,
    destination: Path,
    *,
    library: Path = LIBRARY,
    threshold: Threshold = AUTO,
    iterations: int = ITERATIONS,
    seed: int = 0,
    algorithm: Algorithm = DEFAULT,
    mode: Mode = Mode.COPY,
    compared: Callable[[int, int], None] = lambda _done, _total: None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FindOutcome:
    """Copy every photo of the person whom a picture shows. The picture itself is not copied if it is one of them.

    mode: how new files are made. compared: as for `people_now`. progress: called with the files dealt with and to
    deal with. Raises QueryUnusable unless the picture shows exactly one face, NobodyFound when no photo shows the
    person, and what sort_photos raises.
    """
    with Library.opened(library) as opened:
        query = read_query(selfie, load_models(recipe_in_use(opened)))
        face = only_face(query, selfie)
        faces, default = faces_looked_at(opened)
        chosen, calibration = choose_threshold(threshold, faces, default, algorithm, compared)
        knobs = Knobs(chosen, iterations, seed)
        sources = sources_now(opened)
        theirs = faces_of_person(face, faces, knobs, algorithm, progress=compared)
        matches = {content for content in faces.contents[theirs].tolist() if sources.hashes[content] != query.sha256}
        if not matches & sources.present.keys():
            raise NobodyFound(_nobody(selfie, len(matches), chosen))
        outcome = _bring(opened, matches, destination, sources, mode, progress)
    return replace(outcome, calibration=calibration)


def copy_photos(
    contents: Collection[int],
    destination: Path,
    *,
    library: Path = LIBRARY,
    mode: Mode = Mode.COPY,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FindOutcome:
    """Copy photos that were found and chosen, as `find_person` does. Raises NobodyFound when none is where it was."""
    with Library.opened(library) as opened:
        sources = sources_now(opened)
        if not sources.present.keys() & set(contents):
            raise NobodyFound("the photos that you chose are not where they were; is their drive connected?")
        return _bring(opened, contents, destination, sources, mode, progress)


def _bring(
    library: Library,
    contents: Collection[int],
    destination: Path,
    sources: Sources,
    mode: Mode,
    progress: Callable[[int, int], None],
) -> FindOutcome:
    found = [content for content in sources.present if content in contents]
    led = leaders(sources)
    wanted = dict.fromkeys(led.get(content, content) for content in found)
    make_ready(library, destination, sources)
    plan = make_plan(library, destination, [("", wanted)], sources, tidy=False, mode=mode)
    done = run_plan(plan, library, COMMAND, sources, counted(plan.files, progress))
    return FindOutcome([sources.present[content][0] for content in found], plan, done, None)


def _nobody(selfie: Path, gone: int, threshold: float) -> str:
    if gone:
        return f"the {gone} photos of the person in {selfie} are not where they were; is their drive connected?"
    return f"no photo shows the person in {selfie}; try another picture, or a threshold below {threshold:g} with -t"
