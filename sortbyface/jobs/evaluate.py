"""Measure how well faces are told apart, on pictures whose people are known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sortbyface.arrays import FloatMatrix
from sortbyface.evaluation.centre import central_faces
from sortbyface.evaluation.pairs import Pair, find_pictures, read_pairs
from sortbyface.evaluation.verification import Similarities, Verification, verify
from sortbyface.finder import Finder
from sortbyface.jobs.passing import kept_or_passing
from sortbyface.models import choose_recipe
from sortbyface.pipeline.run import Progress, look_at_folder
from sortbyface.recipe import Recipe


@dataclass(frozen=True, eq=False)
class PairsOutcome:
    """What the pairs say of a recipe."""

    recipe: Recipe
    pairs: list[Pair]
    similarities: Similarities
    """(pairs,): NaN where a picture of the pair shows no face."""

    verification: Verification
    pictures: int
    without_face: list[str]
    """Pictures in which no face was found, below the folder, by path."""

    problems: list[tuple[str, str]]
    """Those of them that could not be read, each with the reason."""

    looked_at: int
    """Pictures that this run had to look at; the others were known."""

    seconds: float
    """That the looks took."""

    @property
    def pairs_without_face(self) -> int:
        """Pairs with a picture in which no face was found: errors, all of them."""
        return int(np.isnan(self.similarities).sum())

    @property
    def misjudged(self) -> list[tuple[Pair, float | None]]:
        """The errors, each with its similarity, the worst first; those without a face (None) last."""
        cosines = [None if np.isnan(cosine) else float(cosine) for cosine in self.similarities]
        return [(self.pairs[index], cosines[index]) for index in self.verification.misjudged]


def evaluate_pairs(
    folder: Path,
    pairs_file: Path,
    *,
    library: Path | None = None,
    embedder: str | None = None,
    weights: Path | None = None,
    finder: Finder = Finder(),
    processes: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> PairsOutcome:
    """Follow the protocol of Labeled Faces in the Wild, from the pictures to the accuracy.

    folder: with a folder of pictures for each person. pairs_file: LFW's pairs.txt, or another of its form.
    library: keeps what the looks at the pictures brought, so that a later evaluation takes seconds; None
    for one that is thrown away. The others are those of `look_at_photos`. Raises PairsUnusable,
    ModelUnusable, LibraryBusy, LibraryUnusable.

    >>> outcome = evaluate_pairs(Path("lfw"), Path("pairs.txt"))    # doctest: +SKIP
    >>> outcome.verification.accuracy                               # doctest: +SKIP
    0.9877
    """
    pairs = read_pairs(pairs_file)
    paths = find_pictures(folder, pairs)
    recipe = choose_recipe(embedder, weights, finder)
    photos = list(paths.values())
    with kept_or_passing(library) as opened:
        looks = look_at_folder(folder, opened, recipe, photos=photos, processes=processes, progress=progress)
        faces = opened.faces.of(recipe)
        face_of_content = central_faces(faces, opened.photos.sizes_in_pixels())
        content_of_file = {
            file: content for content, files in opened.photos.files_of_contents().items() for file, _ in files
        }
    root, unknown = folder.resolve(), -1
    faces_of_pictures = {
        picture: face_of_content.get(content_of_file.get(root / path, unknown), -1) for picture, path in paths.items()
    }
    similarities = _similarities(pairs, faces_of_pictures, faces.vectors)
    return PairsOutcome(
        recipe=recipe,
        pairs=pairs,
        similarities=similarities,
        verification=verify(similarities, np.array([pair.same for pair in pairs]), [pair.fold for pair in pairs]),
        pictures=len(paths),
        without_face=[path for picture, path in paths.items() if faces_of_pictures[picture] < 0],
        problems=[(path, reason) for path, reason in looks.problems if path in photos],
        looked_at=looks.looked_at,
        seconds=looks.seconds,
    )


def _similarities(pairs: list[Pair], faces: Mapping[str, int], vectors: FloatMatrix) -> Similarities:
    """faces: each picture's row of the vectors, -1 where it shows no face."""
    first, second = np.array([(faces[pair.first], faces[pair.second]) for pair in pairs]).T
    decided = (first >= 0) & (second >= 0)
    similarities = np.full(len(pairs), np.nan, dtype=np.float32)
    similarities[decided] = np.einsum("nd,nd->n", vectors[first[decided]], vectors[second[decided]])
    return similarities
