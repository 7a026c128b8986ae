"""What a worker on another machine needs, looked for there, and brought along where it is missing.

All here but `Outfit.of` runs there: the worker has this program, and the photos at the same place.
"""

import asyncio
import os
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sortbyface import __version__
from sortbyface.cache import cache_folder
from sortbyface.errors import ModelUnusable
from sortbyface.models import exported_networks, load_models
from sortbyface.networks.checksum import sha256_of
from sortbyface.photos.finding import find_photos
from sortbyface.pipeline.pool import settle_in
from sortbyface.recipe import Recipe

_PHOTOS_TRIED = 8
_SECONDS = 60
"""Storage that has not answered by then hangs."""


class Readiness(NamedTuple):
    """Ready if there is neither trouble nor anything lacking."""

    trouble: str | None = None
    """What the worker cannot do, for a sentence that begins with its name."""

    lacking: tuple[str, ...] = ()
    """Exported networks that are to be brought."""


@dataclass(frozen=True)
class Outfit:
    """What it takes to look at the photos of one folder."""

    version: str
    recipe: Recipe
    folder: Path
    photos: tuple[tuple[Path, int], ...]
    """A few of its photos, each with its size in bytes."""

    networks: tuple[tuple[str, str], ...]
    """Files in the cache folder, each with its SHA-256."""

    @classmethod
    def of(cls, folder: Path, recipe: Recipe) -> "Outfit":
        """As it is on this machine."""
        folder = folder.resolve()
        photos = ((folder / photo, _size(folder / photo)) for photo in find_photos(folder, lambda _: None))
        readable = ((photo, size) for photo, size in photos if isinstance(size, int))
        networks = tuple((path.name, sha256_of(path)) for path in exported_networks(recipe))
        return cls(__version__, recipe, folder, tuple(islice(readable, _PHOTOS_TRIED)), networks)


def version_here() -> str:
    """Of the program, on whatever machine it is asked."""
    return __version__


async def make_ready(outfit: Outfit, resource: str, dask_worker: Any) -> Readiness:
    """Announce the resource that batches ask for, if this worker has all that it takes."""
    from distributed.core import Status

    try:
        readiness = await asyncio.wait_for(asyncio.to_thread(_look_over, outfit), _SECONDS)
    except TimeoutError:
        return Readiness(f"has waited for {outfit.folder} for {_SECONDS} seconds, in vain")
    if readiness == Readiness():
        settle_in()
        await dask_worker.set_resources(**{resource: 1})
        if dask_worker.status == Status.running:  # the scheduler looks for work that waits for somebody like us
            dask_worker.status = Status.paused  # only when a worker comes, or is running again
            dask_worker.status = Status.running
    return readiness


async def bring(networks: dict[str, bytes]) -> Readiness:
    """Keep exported networks, by their names, where they would be if they had been exported here."""
    try:
        for name, content in networks.items():
            await asyncio.to_thread(_keep, cache_folder() / name, content)
    except OSError as error:
        return Readiness(f"cannot keep the networks in {cache_folder()}: {error.strerror}")
    return Readiness()


def _keep(path: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _look_over(outfit: Outfit) -> Readiness:
    if outfit.version != __version__:
        return Readiness(f"runs Sort-By-Face {__version__} and not {outfit.version}; install the same there")
    for photo, size in outfit.photos:
        seen = _size(photo)
        if seen != size:
            what = f"has {seen} bytes there and {size} here" if isinstance(seen, int) else seen.strerror
            return Readiness(f"does not see the photos in {outfit.folder} ({photo.name}: {what}); mount them there")
    lacking = tuple(name for name, sha256 in outfit.networks if not _is_here(name, sha256))
    if lacking:
        return Readiness(None, lacking)
    try:
        load_models(outfit.recipe)
    except ModelUnusable as error:
        return Readiness(f"cannot work: {error}")
    return Readiness()


def _size(photo: Path) -> int | OSError:
    """In bytes, of a file that can be read."""
    try:
        with photo.open("rb") as file:
            file.read(1)
            return os.fstat(file.fileno()).st_size
    except OSError as error:
        return error


def _is_here(name: str, sha256: str) -> bool:
    path = cache_folder() / name
    return path.is_file() and sha256_of(path) == sha256
