"""Look at photos: every face found and remembered."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import cache, partial
from pathlib import Path

from sortbyface.exchange.embeddings_pickle import write_embeddings
from sortbyface.finder import Finder
from sortbyface.gpu import embed_on_gpu
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.library import Library
from sortbyface.models import choose_recipe
from sortbyface.pipeline.cluster import cluster_crew
from sortbyface.pipeline.run import LookSummary, Progress, look_at_folder


def look_at_photos(
    source: Path,
    *,
    library: Path = LIBRARY,
    embeddings: Path = EMBEDDINGS,
    embedder: str | None = None,
    weights: Path | None = None,
    finder: Finder = Finder(),
    processes: int | None = None,
    cluster: str | None = None,
    gpu: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> LookSummary:
    """Find the faces of all photos in a folder and below it, and keep them in the library and in embeddings.pickle.

    Photos that are known are not looked at again. embedder: "facenet", say, or "dlib"; None takes FaceNet if its
    weights are at hand. weights: a weights file that lies elsewhere than in Models/. finder: the detector, and
    the smallest face wanted. processes: None for as many as the cores and the memory allow. cluster: the
    address of a Dask scheduler, whose workers look instead (docs/cluster.md). gpu: let a GPU embed the faces, if there
    is one (docs/gpu.md). Raises SourceEmpty, ModelUnusable, ClusterUnusable, LibraryBusy, LibraryUnusable,
    DestinationUnusable (embeddings.pickle cannot be written).

    >>> summary = look_at_photos(Path("Pictures"))      # doctest: +SKIP
    >>> summary.photos, summary.faces                   # doctest: +SKIP
    (1204, 1731)
    """
    recipe = choose_recipe(embedder, weights, finder)
    embedding = cache(partial(embed_on_gpu, recipe, weights)) if gpu else None
    looking = cluster_crew(cluster, source, recipe) if cluster else nullcontext()
    with looking as crew, Library.opened(library, create=True) as opened:
        summary = look_at_folder(
            source, opened, recipe, processes=processes, crew=crew, embedding=embedding, progress=progress
        )
        write_embeddings(embeddings, opened.faces.of_files(recipe), recipe)
    return summary
