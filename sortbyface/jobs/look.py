"""Look at photos: every face found and remembered."""

from collections.abc import Callable
from pathlib import Path

from sortbyface.exchange.embeddings_pickle import write_embeddings
from sortbyface.faces.detectors.detector import Detector
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.library import Library
from sortbyface.models import choose_recipe
from sortbyface.pipeline.run import LookSummary, Progress, look_at_folder


def look_at_photos(
    source: Path,
    *,
    library: Path = LIBRARY,
    embeddings: Path = EMBEDDINGS,
    embedder: str | None = None,
    weights: Path | None = None,
    detector: Detector | None = None,
    processes: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> LookSummary:
    """Find the faces of all photos in a folder and below it, and keep them in the library and in embeddings.pickle.

    Photos that are known are not looked at again. embedder: "facenet" or "dlib"; None takes FaceNet if its
    weights are at hand. weights: a weights file that lies elsewhere than in Models/. detector: None for HOG.
    processes: None for as many as the cores and the memory allow. Raises SourceEmpty, ModelUnusable,
    LibraryBusy, LibraryUnusable, DestinationUnusable (embeddings.pickle cannot be written).

    >>> summary = look_at_photos(Path("Pictures"))      # doctest: +SKIP
    >>> summary.photos, summary.faces                   # doctest: +SKIP
    (1204, 1731)
    """
    recipe = choose_recipe(embedder, weights, detector)
    with Library.opened(library, create=True) as opened:
        summary = look_at_folder(source, opened, recipe, processes=processes, progress=progress)
        write_embeddings(embeddings, opened.faces_of_files(recipe), recipe)
    return summary
