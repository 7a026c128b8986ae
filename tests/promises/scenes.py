"""What a user has, and is about to do: where a kill is to be met."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from sortbyface.faces.detectors.whole import WholeDetector
from sortbyface.finder import Finder
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.jobs.look import look_at_photos
from sortbyface.jobs.roster import corrections, show_photo
from sortbyface.sorting import Mode
from tests.sorting.crowd import Crowd


class Scene(NamedTuple):
    """A command, in a folder that was prepared."""

    prepare: Callable[[Path], object]
    command: tuple[str, ...]
    points: int
    """Of time, at which it is killed."""


_EMBED = ("embed", "-src", "Photos", "--embedder", "dlib", "--detector", "whole", "--processes", "1")
_SORT = ("sort", "-dest", "Sorted", "-t", "0.5", "--min-photos", "1")


def pictures(home: Path) -> None:
    """Seven small pictures, of which two are the same, and two that cannot be read."""
    photos = home / "Photos"
    for number in range(7):
        path = photos / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = np.random.default_rng(number % 6).integers(0, 255, (12, 12, 3), dtype=np.uint8)
        Image.fromarray(noise).resize((160, 160)).save(path)
    (photos / "broken.jpg").write_bytes(b"\xff\xd8 and no more")
    (photos / "empty.jpg").touch()


def more_pictures(home: Path) -> None:
    """Some are known; one of them has moved, one is gone, and two are new."""
    pictures(home)
    new = [home / "Photos" / "a" / "0.png", home / "Photos" / "b" / "1.png"]
    for path in new:
        path.rename(home / path.name)
    finder = Finder(WholeDetector())
    look_at_photos(
        home / "Photos",
        library=home / LIBRARY,
        embeddings=home / EMBEDDINGS,
        embedder="dlib",
        finder=finder,
        processes=1,
    )
    for path in new:
        (home / path.name).rename(path)
    (home / "Photos" / "a" / "2.png").rename(home / "Photos" / "moved.png")
    (home / "Photos" / "b" / "3.png").unlink()


def crowd(home: Path) -> Crowd:
    """Three people in nine photos, two of one name, one that is there twice, and files that go with some."""
    crowd = Crowd(home)
    crowd.photo("a/IMG_1.jpg", 1)
    crowd.photo("b/IMG_1.jpg", 1)
    crowd.photo("a/IMG_2.jpg", 1, 2, largest=2)
    crowd.photo("a/IMG_3.jpg", 1, 2, 3, largest=1)
    crowd.photo("b/IMG_4.jpg", 2)
    crowd.photo("b/party ü.jpg", 1, 2)
    crowd.photo("b/IMG_5.jpg", 3)
    crowd.photo("b/IMG_6.jpg", 3)
    crowd.beside("a/IMG_1.xmp", b"edits")
    crowd.beside("b/IMG_4.MOV", b"moving")
    crowd.look()
    return crowd


def sorted_crowd(home: Path, mode: Mode = Mode.COPY) -> Crowd:
    """The same, after a first sort: Person 1 is in five photos, Person 2 in four, Person 3 in three."""
    there = crowd(home)
    there.sort(mode=mode)
    return there


def changed_crowd(home: Path) -> Crowd:
    """The same, with one who has a name, two who are one, a face that is taken away, and new photos."""
    there = sorted_crowd(home)
    at_the_party = show_photo(there.photos / "b" / "party ü.jpg", there.library)
    with corrections(there.library) as correct:
        correct.rename(1, "Anna")
        correct.merge(3, 2)
        correct.reject([sighting.face for sighting in at_the_party if sighting.face and sighting.person == 1])
    there.photo("new/IMG_1.jpg", 1)
    there.photo("new/IMG_7.jpg", 2, 4)
    there.look()
    (there.photos / "b" / "IMG_6.jpg").unlink()
    return there


def changed_crowd_sorted(home: Path) -> Crowd:
    """The same, sorted once more: by moves, copies and removals."""
    there = changed_crowd(home)
    there.sort()
    return there


def merged_crowd(home: Path) -> Crowd:
    """The first sort, and a merge that is to be undone."""
    there = sorted_crowd(home)
    with corrections(there.library) as correct:
        correct.rename(2, "Anna")
        correct.merge(1, 2)
    return there


SCENES = {
    "look": Scene(pictures, _EMBED, 30),
    "look again": Scene(more_pictures, _EMBED, 15),
    "sort": Scene(crowd, _SORT, 25),
    "sort by hard links": Scene(crowd, (*_SORT, "--mode", "hardlink"), 12),
    "sort by links": Scene(crowd, (*_SORT, "--mode", "symlink"), 10),
    "sort by clones": Scene(crowd, (*_SORT, "--mode", "reflink"), 12),
    "sort together": Scene(crowd, (*_SORT, "--groups", "together"), 10),
    "sort after changes": Scene(changed_crowd, _SORT, 25),
    "sort after changes, by hard links": Scene(changed_crowd, (*_SORT, "--mode", "hardlink"), 10),
    "regroup": Scene(changed_crowd, (*_SORT, "--regroup"), 10),
    "undo a sort": Scene(sorted_crowd, ("undo",), 15),
    "undo hard links": Scene(lambda home: sorted_crowd(home, Mode.HARDLINK), ("undo",), 10),
    "undo a sort after changes": Scene(changed_crowd_sorted, ("undo",), 20),
    "name": Scene(sorted_crowd, ("people", "name", "1", "Anna"), 4),
    "merge": Scene(sorted_crowd, ("people", "merge", "3", "1"), 8),
    "split": Scene(sorted_crowd, ("people", "split", "1", "2"), 6),
    "move": Scene(sorted_crowd, ("people", "move", "1", "2", "3"), 6),
    "reject": Scene(sorted_crowd, ("people", "reject", "1", "3"), 6),
    "undo a merge": Scene(merged_crowd, ("people", "undo"), 8),
}
