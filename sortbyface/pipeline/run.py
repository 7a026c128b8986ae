"""Many photos -> the library: which of a folder's photos need a look, and who looks at them."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import monotonic

from sortbyface.errors import PhotoOutOfReach, SourceEmpty
from sortbyface.library import FileState, Library, PhotoResult, Root
from sortbyface.models import Embed
from sortbyface.photos.finding import find_photos
from sortbyface.pipeline.crew import Crew, run_batches
from sortbyface.pipeline.large_batches import in_large_batches
from sortbyface.pipeline.looking import SeenPhoto, identify, process_batch, see_batch
from sortbyface.pipeline.pool import affordable_workers, pool_crew
from sortbyface.pipeline.survey import Twin, survey_folder
from sortbyface.recipe import Recipe

_BATCH = 4
"""Photos handed out at a time: they differ a hundredfold in cost, so small batches keep all workers busy to the end."""


@dataclass(frozen=True)
class Progress:
    """How far a run is."""

    photos: int
    """To look at in this run."""

    done: int = 0
    faces: int = 0


@dataclass(frozen=True)
class LookSummary:
    """What is known of a folder after a run."""

    photos: int
    faces: int
    without_face: int
    """Photos that can be read and show no face."""

    problems: list[tuple[str, str]]
    """Photos that cannot be used and folders that cannot be listed, below this folder, each with the reason."""

    looked_at: int
    """Photos that this run had to look at; the others were known."""

    vanished: int
    """Photos that an earlier run saw here and this one did not."""

    seconds: float


def look_at_folder(
    folder: Path,
    library: Library,
    recipe: Recipe,
    *,
    photos: Sequence[str] | None = None,
    processes: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    crew: Crew | None = None,
    embedding: Callable[[], Embed | None] | None = None,
) -> LookSummary:
    """Find, align and embed the faces of all photos in a folder and below it that the library does not know yet.

    photos: these alone, by their paths below the folder; None for all of them.
    processes: None for the cores of this machine, fewer if memory is short. crew: who looks, if not so many
    processes here; the run raises what its futures raise. embedding: asked once there is something to look at,
    for who embeds the faces in this process, while the crew only finds them; None leaves both to the crew. Results
    are committed as they come, so a run that was stopped, however, goes on where it was. progress: called after
    each batch. Raises SourceEmpty, and changes nothing, when the folder is missing or holds no photos.
    """
    started = monotonic()
    unlisted: list[OSError] = []
    found = list(find_photos(folder, unlisted.append) if photos is None else photos)
    if not found:
        raise SourceEmpty(_why_empty(folder, unlisted))
    root, below = library.photos.root_of(folder)
    library.recipe = recipe
    survey = survey_folder([os.path.join(below, path) for path in found], library, root, below, recipe)
    vanished = survey.vanished if photos is None else []
    library.photos.mark_vanished(root, vanished)
    library.photos.place(root, survey.known)

    run = _Run(library, root, recipe, crew or pool_crew(processes or affordable_workers()), embedding, progress)
    run.expect(len(survey.unseen) + len(survey.twins))
    run.look(survey.unseen)
    run.look_at_twins(survey.twins)

    outcomes = library.photos.outcomes(root, below, recipe)
    problems = [(os.path.relpath(error.filename, folder), _not_listed(error)) for error in unlisted]
    problems += [
        (os.path.relpath(outcome.path, below or "."), outcome.problem) for outcome in outcomes if outcome.problem
    ]
    return LookSummary(
        photos=len(outcomes),
        faces=sum(outcome.faces for outcome in outcomes),
        without_face=sum(outcome.problem is None and outcome.faces == 0 for outcome in outcomes),
        problems=problems,
        looked_at=run.state.photos,
        vanished=len(vanished),
        seconds=monotonic() - started,
    )


class _Run:
    """Looks at photos and records what comes of it."""

    def __init__(
        self,
        library: Library,
        root: Root,
        recipe: Recipe,
        crew: Crew,
        embedding: Callable[[], Embed | None] | None,
        progress: Callable[[Progress], None],
    ) -> None:
        self._library, self._root, self._recipe = library, root, recipe
        self._crew, self._embedding, self._progress = crew, embedding, progress
        self.state = Progress(0)

    def expect(self, photos: int) -> None:
        self.state = Progress(photos)
        self._progress(self.state)

    def look(self, paths: Sequence[str]) -> None:
        batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
        for results in self._looks_at(batches) if batches else ():
            self._library.photos.record(self._root, results, self._recipe)
            self._advance(len(results), sum(len(result.faces) for result in results))

    def _looks_at(self, batches: list[Sequence[str]]) -> Iterator[list[PhotoResult]]:
        embed = self._embedding() if self._embedding else None
        if embed is None:
            look = partial(process_batch, root=self._root.path, recipe=self._recipe)
            return run_batches(batches, look, self._crew, self._lost)
        see = partial(see_batch, root=self._root.path, recipe=self._recipe)
        return in_large_batches(run_batches(batches, see, self._crew, self._lost_unseen), embed)

    def look_at_twins(self, twins: Sequence[Twin]) -> None:
        """Place photos whose content has been looked at by now; look at the rest, whose twin could not be read."""
        looked_at = self._library.photos.looked_at(self._recipe)
        known: list[tuple[str, FileState, int]] = []
        unread: list[str] = []
        for path, state, sha256 in twins:
            content = self._library.photos.content_of(sha256)
            if content is not None and content in looked_at:
                known.append((path, state, content))
            else:
                unread.append(path)
        self._library.photos.place(self._root, known)
        self._advance(len(known), 0)
        self.look(unread)

    def _advance(self, photos: int, faces: int) -> None:
        self.state = replace(self.state, done=self.state.done + photos, faces=self.state.faces + faces)
        self._progress(self.state)

    def _lost(self, path: str) -> PhotoResult:
        """A photo that took its worker down: kept as unreadable, so that the next run does not trip over it again."""
        problem = "reading it crashed or took too long; it is probably damaged"
        try:
            state, sha256 = identify(self._root.path / path)
        except PhotoOutOfReach as error:
            return PhotoResult(path, FileState(0, 0), None, str(error))
        return PhotoResult(path, state, sha256, problem)

    def _lost_unseen(self, path: str) -> SeenPhoto:
        return SeenPhoto(self._lost(path))


def _why_empty(folder: Path, unlisted: list[OSError]) -> str:
    if unlisted:
        return (
            f"{folder}: {_not_listed(unlisted[0])}; nothing was changed. If it is on another drive, is that connected?"
        )
    return f"{folder} holds no photos; nothing was changed. If it is on another drive, is that connected?"


def _not_listed(error: OSError) -> str:
    return f"the folder cannot be listed: {error.strerror}"
