"""The three jobs, whole: look at photos, sort them, find one person. The commands are skins over these."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sortbyface.embedders import EMBEDDERS
from sortbyface.errors import LibraryUnusable, NobodyFound, SourceEmpty
from sortbyface.exchange.embeddings_pickle import write_embeddings
from sortbyface.exchange.importing import import_embeddings
from sortbyface.grouping import ITERATIONS, group_faces
from sortbyface.library import FaceSet, Library
from sortbyface.models import choose_recipe, load_models
from sortbyface.people import Person, recognise_people
from sortbyface.pipeline.run import LookSummary, Progress, look_at_folder
from sortbyface.recipe import Recipe
from sortbyface.retrieval import contents_of_person, read_query
from sortbyface.sorting import Done, Plan, Sources, carry_out, find_sources, make_plan

LIBRARY = Path("sort-by-face.sqlite")
EMBEDDINGS = Path("embeddings.pickle")
SORTED_PICTURES = Path("Sorted-pictures")
OTHERS = "Others"


@dataclass(frozen=True)
class SortOutcome:
    """What a sort found and did."""

    folders: list[tuple[str, int]]
    """Each folder with its number of photos: the people in the order of their numbers, then Others."""

    plan: Plan
    gone: list[Path]
    """Photos that show faces and are not where they were, or have changed since they were looked at."""

    done: Done | None
    """None for a dry run."""


@dataclass(frozen=True)
class FindOutcome:
    """Where one person was found."""

    photos: list[Path]
    """All photos of the person, the query itself left out, by path."""

    plan: Plan
    done: Done


def look_at_photos(
    source: Path,
    *,
    library: Path = LIBRARY,
    embeddings: Path = EMBEDDINGS,
    embedder: str | None = None,
    weights: Path | None = None,
    processes: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> LookSummary:
    """Find the faces of all photos in a folder and below it, and keep them in the library and in embeddings.pickle.

    Photos that are known are not looked at again. embedder: "facenet" or "dlib"; None takes FaceNet if its
    weights are at hand. weights: a weights file that lies elsewhere than in Models/. processes: None for as
    many as the cores and the memory allow. Raises SourceEmpty, ModelUnusable, LibraryBusy, LibraryUnusable,
    DestinationUnusable (embeddings.pickle cannot be written).

    >>> summary = look_at_photos(Path("Pictures"))      # doctest: +SKIP
    >>> summary.photos, summary.faces                   # doctest: +SKIP
    (1204, 1731)
    """
    recipe = choose_recipe(embedder, weights)
    with Library.opened(library, create=True) as opened:
        summary = look_at_folder(source, opened, recipe, processes=processes, progress=progress)
        write_embeddings(embeddings, opened.faces_of_files(recipe), recipe)
    return summary


def sort_photos(
    destination: Path = SORTED_PICTURES,
    *,
    library: Path = LIBRARY,
    embeddings: Path | None = None,
    threshold: float | None = None,
    iterations: int = ITERATIONS,
    min_photos: int = 2,
    seed: int = 0,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> SortOutcome:
    """Group the faces of the library, and copy each photo into one folder for every person in it.

    People in fewer than min_photos photos share the folder Others. embeddings: take the faces of such a
    file instead. threshold: cosine similarity, None for the embedder's default. dry_run: change nothing,
    and give the plan. progress: called with the copies done and to do. Raises SourceEmpty,
    EmbeddingsUnreadable, LibraryBusy, LibraryUnusable, DestinationUnusable.
    """
    with Library.opened(library, create=embeddings is not None) as opened:
        faces, default = import_embeddings(embeddings, opened) if embeddings else _faces_looked_at(opened)
        labels = group_faces(faces.vectors, default if threshold is None else threshold, iterations, seed)
        sources = _sources(opened)
        order = {content: rank for rank, content in enumerate(sources.present)}
        people = recognise_people(faces, labels, opened.placements(), opened.next_person(), min_photos, order)
        wanted = _folders(people.persons, min_photos, order)
        plan = make_plan(opened, destination, wanted, sources, tidy=True)
        done = None
        if not dry_run:
            opened.replace_placements(people.placements)
            done = _carry_out(plan, opened, progress)
    with_faces = set(faces.contents.tolist())
    gone = [path for content, path in sources.gone.items() if content in with_faces]
    return SortOutcome([(folder, len(contents)) for folder, contents in wanted], plan, gone, done)


def find_person(
    selfie: Path,
    destination: Path,
    *,
    library: Path = LIBRARY,
    threshold: float | None = None,
    iterations: int = ITERATIONS,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> FindOutcome:
    """Copy every photo of the person whom a picture shows. The picture itself is not copied if it is one of them.

    Raises QueryUnusable unless the picture shows exactly one face, NobodyFound when no photo shows the
    person, and what sort_photos raises.
    """
    with Library.opened(library) as opened:
        recipe = _recipe_in_use(opened)
        query, sha256 = read_query(selfie, load_models(recipe))
        faces, default = _faces_looked_at(opened)
        chosen = default if threshold is None else threshold
        sources = _sources(opened)
        matches = set(contents_of_person(query, faces, chosen, iterations, seed).tolist())
        matches = {content for content in matches if sources.hashes[content] != sha256}
        found = [content for content in sources.present if content in matches]
        if not found:
            raise NobodyFound(_nobody(selfie, len(matches), chosen))
        plan = make_plan(opened, destination, [("", found)], sources, tidy=False)
        done = _carry_out(plan, opened, progress)
    return FindOutcome([sources.present[content][0] for content in found], plan, done)


def _recipe_in_use(library: Library) -> Recipe:
    if library.recipe is None:
        raise LibraryUnusable("the library holds no photos yet; look at some first: python embedder.py -src PHOTOS")
    return library.recipe


def _faces_looked_at(library: Library) -> tuple[FaceSet, float]:
    """The library's faces, and the threshold that their embedder wants."""
    recipe = _recipe_in_use(library)
    faces = library.faces(recipe)
    if not len(faces.vectors):
        raise SourceEmpty("no face was found in any photo yet; look at more: python embedder.py -src PHOTOS")
    return faces, EMBEDDERS[recipe.embedder_name].threshold


def _sources(library: Library) -> Sources:
    sources = find_sources(library)
    if not sources.present:
        example = next(iter(sources.gone.values()), "any photo")
        raise SourceEmpty(
            f"none of the photos is where it was ({example}); nothing was changed. Is their drive connected?"
        )
    return sources


def _folders(persons: list[Person], min_photos: int, order: dict[int, int]) -> list[tuple[str, list[int]]]:
    """The folders of a sort, each with its contents."""
    rare: set[int] = set()
    folders = []
    for person in persons:
        if person.id is None or len(person.contents) < min_photos:
            rare.update(person.contents)
        else:
            folders.append((f"Person {person.id}", list(person.contents)))
    if rare:
        folders.append((OTHERS, sorted(rare, key=order.__getitem__)))
    return folders


def _carry_out(plan: Plan, library: Library, progress: Callable[[int, int], None]) -> Done:
    dealt_with = 0

    def count(photos: int) -> None:
        nonlocal dealt_with
        dealt_with += photos
        progress(dealt_with, len(plan.copies))

    return carry_out(plan, library, count)


def _nobody(selfie: Path, gone: int, threshold: float) -> str:
    if gone:
        return f"the {gone} photos of the person in {selfie} are not where they were; is their drive connected?"
    return f"no photo shows the person in {selfie}; try another picture, or a threshold below {threshold:g} with -t"
