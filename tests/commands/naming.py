"""Albums whose people have names."""

import shutil
from pathlib import Path

from sortbyface.grouping import DEFAULT
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.people import made_by, people_now
from sortbyface.library import Library
from sortbyface.people.corrections import Corrections

Folders = dict[str, set[str]]


def sort(home: Path) -> Folders:
    """What a sort makes of the people, without its copies: who would have which photos in the folder."""
    with Library.opened(home / LIBRARY) as library:
        assert library.recipe is not None
        now = people_now(library)
        library.people.keep_placements(now.people.placements)
        library.faces.keep_groups(library.recipe, made_by(DEFAULT, now.knobs, now.calibration), now.labels)
        return {
            person.called: {_below(home, now.sources.present[content][0]) for content in person.contents}
            for person in now.people.persons
            if person.id
        }


def name_people(home: Path, truth: dict[str, set[str]]) -> Folders:
    """Sort, give each person the name of whom they are alone in a photo with, and tell the folders."""
    sort(home)
    with Library.opened(home / LIBRARY) as library:
        corrections = Corrections(library)
        for name, photos in truth.items():
            alone = next(photo for photo in sorted(photos) if sum(photo in others for others in truth.values()) == 1)
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
    """As `embedder.py -src Album` would: from a library that knows the pictures, and nobody in them."""
    from tests.conftest import look_again

    lose_library(home)
    shutil.copy(album_library, home / LIBRARY)
    look_again(home)


def _below(home: Path, photo: Path) -> str:
    return photo.relative_to((home / "Album").resolve()).as_posix()
