"""Faces from a file of embeddings, in place of those that the library has looked at itself."""

import os
from collections import defaultdict
from pathlib import Path

import numpy as np

from sortbyface.errors import PhotoOutOfReach, SourceEmpty
from sortbyface.exchange.embeddings_pickle import read_embeddings
from sortbyface.library import FaceSet, FileState, Library
from sortbyface.pipeline.looking import identify


def import_embeddings(path: Path, library: Library) -> tuple[FaceSet, float]:
    """The faces of the file whose photos exist, and the threshold that suits them.

    The photos are noted in the library (so that people keep their numbers, and copies their journal), the
    faces are not: the file stays the place where they live. Relative paths count from the working folder.
    Raises EmbeddingsUnreadable, SourceEmpty.
    """
    file = read_embeddings(path)
    contents = _contents_of(sorted({os.path.abspath(photo) for photo in file.paths}), library)
    known = [place for place, photo in enumerate(file.paths) if os.path.abspath(photo) in contents]
    if not known:
        raise SourceEmpty(f"none of the photos that {path} names exists, {file.paths[0]} for one; nothing was changed")
    content_of_face = [contents[os.path.abspath(file.paths[place])] for place in known]
    hashes = library.photos.sha256_of_contents()
    order = sorted(range(len(known)), key=lambda i: (hashes[content_of_face[i]], file.boxes[known[i]] or (), known[i]))
    faces = FaceSet(
        contents=np.array([content_of_face[i] for i in order], dtype=np.int64),
        boxes=[file.boxes[known[i]] for i in order],
        vectors=file.vectors[[known[i] for i in order]],
        doubtful=np.zeros(len(order), dtype=np.bool_),  # of their quality, the file says nothing
    )
    return faces, file.threshold


def _contents_of(paths: list[str], library: Library) -> dict[str, int]:
    """Path -> content, for the files that can be read."""
    identified: dict[str, tuple[FileState, bytes]] = {}
    for path in paths:
        try:
            identified[path] = identify(Path(path))
        except PhotoOutOfReach:
            continue
    contents = dict(zip(identified, library.photos.add_contents(identified.values()), strict=True))
    below: defaultdict[str, list[str]] = defaultdict(list)
    for path in identified:
        below[Path(path).anchor].append(path)
    for together in below.values():  # one root a drive
        root, _ = library.photos.root_of(Path(os.path.commonpath([os.path.dirname(path) for path in together])))
        files = [
            (os.path.relpath(os.path.realpath(path), root.path), identified[path][0], contents[path])
            for path in together
        ]
        library.photos.place(root, files)
    return contents
