"""What sorting and finding have in common."""

from collections.abc import Callable
from pathlib import Path

from sortbyface.embedders import EMBEDDERS
from sortbyface.errors import LibraryUnusable, SourceEmpty
from sortbyface.finder import Finder
from sortbyface.library import FaceSet, Library
from sortbyface.recipe import Recipe
from sortbyface.sorting import Sources, find_sources


def recipe_in_use(library: Library) -> Recipe:
    """The recipe of the latest look. Raises LibraryUnusable before the first."""
    if library.recipe is None:
        raise LibraryUnusable("the library holds no photos yet; look at some first: python embedder.py -src PHOTOS")
    return library.recipe


def faces_looked_at(library: Library) -> tuple[FaceSet, float]:
    """The library's faces, and the threshold that their embedder wants. Raises SourceEmpty if there are none."""
    recipe = recipe_in_use(library)
    embedder = EMBEDDERS.get(recipe.embedder_name)
    if embedder is None:
        raise LibraryUnusable(f"photos were looked at as {recipe}, by a newer Sort-By-Face; update this one")
    finder = Finder.of(recipe.detector)
    faces = library.faces.of(recipe, finder.detector.clear_score) if finder else library.faces.of(recipe)
    if not len(faces.vectors):
        raise SourceEmpty("no face was found in any photo yet; look at more: python embedder.py -src PHOTOS")
    return faces, embedder.threshold


def sources_now(library: Library) -> Sources:
    """Where the photos are at this moment. Raises SourceEmpty if none is left."""
    sources = find_sources(library)
    if not sources.present:
        example = next(iter(sources.gone.values()), "any photo")
        raise SourceEmpty(
            f"none of the photos is where it was ({example}); nothing was changed. Is their drive connected?"
        )
    return sources


def gone_with_faces(faces: FaceSet, sources: Sources) -> list[Path]:
    """Photos that show faces and are not where they were, or have changed since they were looked at."""
    with_faces = set(faces.contents.tolist())
    return [path for content, path in sources.gone.items() if content in with_faces]


def counted(total: int, progress: Callable[[int, int], None]) -> Callable[[int], None]:
    """To be called with how many more are done; progress: is called with how many are, and how many are to do."""
    dealt_with = 0

    def count(more: int) -> None:
        nonlocal dealt_with
        dealt_with += more
        progress(dealt_with, total)

    return count
