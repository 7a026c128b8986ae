"""Faces of many photos, embedded together: for who takes hardly longer for hundreds than for one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from time import monotonic

from sortbyface.library.records import PhotoResult
from sortbyface.models import Embed
from sortbyface.pipeline.looking import SeenPhoto, embed_sights

CHIPS = 256
"""How many are waited for."""

SECONDS = 3
"""For how long: what waits is lost in a kill."""


def in_large_batches(batches: Iterable[Sequence[SeenPhoto]], embed: Embed) -> Iterator[list[PhotoResult]]:
    """The photos with their faces, gathered until there are CHIPS of them, or SECONDS have passed."""
    waiting: list[SeenPhoto] = []
    chips, since = 0, monotonic()
    for photos in batches:
        waiting += photos
        chips += sum(len(photo.sights) for photo in photos)
        if chips >= CHIPS or monotonic() - since >= SECONDS:
            yield _embedded(waiting, embed)
            waiting, chips, since = [], 0, monotonic()
    if waiting:
        yield _embedded(waiting, embed)


def _embedded(photos: list[SeenPhoto], embed: Embed) -> list[PhotoResult]:
    faces = iter(embed_sights([sight for photo in photos for sight in photo.sights], embed))
    return [photo.with_faces(islice(faces, len(photo.sights))) for photo in photos]
