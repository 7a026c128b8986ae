"""One look at one photo: its faces, found, aligned and embedded."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sortbyface.errors import ModelUnusable, PhotoOutOfReach, PhotoUnreadable
from sortbyface.faces.alignment import Placed, cut_chips
from sortbyface.faces.face import Box, Detection, Face, Sight, outline_of
from sortbyface.faces.landmarks import landmarks_of
from sortbyface.faces.quality import LEAST_PIXELS, quality_of
from sortbyface.library.records import FileState, PhotoResult
from sortbyface.models import Embed, Models, load_models
from sortbyface.photos.picture import Picture
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline.pool import photo_clock
from sortbyface.recipe import Recipe


@dataclass(frozen=True, eq=False)
class SeenPhoto:
    """A photo whose faces have been found and cut out, and are not embedded yet."""

    result: PhotoResult
    """Without faces."""

    sights: Sequence[Sight] = ()

    def with_faces(self, faces: Iterable[Face]) -> PhotoResult:
        """The result, whole."""
        return replace(self.result, faces=tuple(faces))


def process_batch(paths: Sequence[str], root: Path, recipe: Recipe) -> list[PhotoResult]:
    """A look at each photo. Depends on the files and the recipe alone, so any process anywhere may do it.

    paths: relative to root. Photos that cannot be used come back with a problem; none raises. Raises ModelUnusable
    when the recipe cannot be followed (any more).
    """
    models = load_models(recipe)
    return [photo.with_faces(embed_sights(photo.sights, models.embed)) for photo in see_batch(paths, root, recipe)]


def see_batch(paths: Sequence[str], root: Path, recipe: Recipe) -> list[SeenPhoto]:
    """The same, but for the vectors: for whoever has them made elsewhere."""
    models = load_models(recipe)
    seen = []
    for path in paths:
        with photo_clock():
            seen.append(see_photo(path, root, models))
    return seen


def see_photo(path: str, root: Path, models: Models) -> SeenPhoto:
    """One photo and its faces, `path` being relative to root."""
    file = root / path
    state, sha256 = FileState(0, 0), None
    try:
        state, sha256 = identify(file)
        picture = read_photo(file, models.finder.working_side)
        sights = find_chips(picture, models)
    except PhotoOutOfReach as error:
        return SeenPhoto(PhotoResult(path, state, None, str(error)))
    except PhotoUnreadable as error:
        return SeenPhoto(PhotoResult(path, state, sha256, str(error)))
    except ModelUnusable:  # which is not the photo's fault
        raise
    except Exception as error:  # one bad photo never stops a run
        problem = f"could not be processed: {type(error).__name__}: {error}"
        return SeenPhoto(PhotoResult(path, state, sha256, problem))
    facts = (picture.width, picture.height, picture.orientation, picture.taken_at)
    return SeenPhoto(PhotoResult(path, state, sha256, None, *facts), sights)


def identify(file: Path) -> tuple[FileState, bytes]:
    """What the file system says of a file, and the SHA-256 of its content. Raises PhotoOutOfReach."""
    try:
        state = FileState.of(file)
        with file.open("rb") as opened:
            return state, hashlib.file_digest(opened, "sha256").digest()
    except OSError as error:
        raise PhotoOutOfReach(error.strerror or str(error)) from error


def find_faces(picture: Picture, models: Models) -> tuple[Face, ...]:
    """The faces of one picture, the best detection first, in pixels of the full-size photo."""
    return embed_sights(find_chips(picture, models), models.embed)


def embed_sights(sights: Sequence[Sight], embed: Embed) -> tuple[Face, ...]:
    """The same faces with their vectors, made all at once."""
    if not sights:
        return ()
    vectors = embed(np.stack([sight.chip for sight in sights]))
    return tuple(sight.embedded(vector) for sight, vector in zip(sights, vectors, strict=True))


def find_chips(picture: Picture, models: Models) -> list[Sight]:
    """The same faces before they are embedded.

    Chips are cut from the sharpest picture that decoding gave; where that leaves a face with too few pixels to be
    recognised, the photo is decoded again, larger.
    """
    found = models.finder.find(picture)
    clear = [detection for detection in found if detection.score >= models.finder.detector.clear_score]
    if clear:
        fewest = min(_outline(detection).side for detection in clear) * picture.zoom
        picture = picture.sharpened(LEAST_PIXELS / fewest)
    return [_sight(detection, picture, models) for detection in found]


def _sight(detection: Detection, picture: Picture, models: Models) -> Sight:
    outline = _outline(detection).scaled(picture.zoom)
    landmarks = landmarks_of(picture.sharp, (detection.frame or detection.box).scaled(picture.zoom))
    (chip,) = cut_chips(picture.sharp, [Placed(landmarks, outline)], models.embedder.template)
    return Sight(
        detection.box.scaled(picture.scale),
        detection.score,
        landmarks * np.float32(picture.scale / picture.zoom),
        quality_of(chip, outline.side, landmarks),
        chip,
    )


def _outline(detection: Detection) -> Box:
    return detection.outline or outline_of(detection.frame or detection.box)
