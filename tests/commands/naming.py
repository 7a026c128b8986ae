"""Albums whose people have names."""

import shutil
from pathlib import Path

from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import Library
from sortbyface.people.corrections import Corrections
from tests.conftest import look_again, tree

Folders = dict[str, set[str]]


def sort(home: Path) -> Folders:
    """What a sort to a new place brings: the folders of people, and which photos of the album are in each."""
    place = home / f"Sorted {len(list(home.glob('Sorted *')))}"
    sort_photos(place, library=home / LIBRARY)
    original = {content: path for path, content in tree(home / "Album").items()}
    folders: Folders = {}
    for path, content in tree(place).items():
        if not path.endswith(".xmp"):  # which travel with their photos
            folders.setdefault(path.split("/")[0], set()).add(original[content])
    return folders


def name_people(home: Path, truth: dict[str, set[str]]) -> Folders:
    """Sort, give each person the name of whom they are alone in a photo with, and tell the folders."""
    sort(home)
    with Library.opened(home / LIBRARY) as library:
        corrections = Corrections(library)
        for name, photos in truth.items():
            alone = min(photo for photo in photos if sum(photo in others for others in truth.values()) == 1)
            content = library.photos.content_at(home / "Album" / alone)
            assert content is not None
            [placement] = library.people.placements_in(content)
            corrections.rename(placement.person, name)
    return sort(home)


def lose_library(home: Path) -> None:
    """All but the photos and what lies beside them."""
    for path in home.glob(f"{LIBRARY}*"):
        path.unlink()


def look_as_new(home: Path, album_library: Path) -> None:
    """As `embedder.py -src Album` would after the loss: a library that knows the pictures, and nobody in them."""
    lose_library(home)
    shutil.copy(album_library, home / LIBRARY)
    look_again(home)
