"""One new photo for every hundred: nobody loses a name, and no face that was sorted goes to somebody else."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

from benchmarks.synthetic import Synthetic, sizes_of_people, synthetic_faces
from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.jobs import AUTO, LIBRARY, Threshold
from sortbyface.jobs.roster import corrections
from sortbyface.jobs.sort import SortOutcome, sort_photos
from sortbyface.library import FileState, Library, PhotoResult
from sortbyface.recipe import Recipe
from sortbyface.sorting import Mode
from sortbyface.sorting.groups import OTHERS
from tests.promises.people_kept import PeopleKnown

FACES, MORE = 2000, 20
RECIPE = Recipe("whole-1", "landmarks-1", "facenet-1", "0" * 16)


def bring(home: Path, made_up: Synthetic, photos: range) -> None:
    """Photos of one face each, and the library that has looked at them."""
    (home / "Photos").mkdir(exist_ok=True)
    results = []
    for number in photos:
        file = home / "Photos" / f"{number}.jpg"
        file.write_text(str(number))
        face = Face(Box(0, 0, 80, 80), 1.0, np.zeros((5, 2), np.float32), Quality(200, 0.5, 0), made_up.vectors[number])
        digest = hashlib.sha256(file.read_bytes()).digest()
        results.append(PhotoResult(file.name, FileState.of(file), digest, None, 300, 300, 1, None, (face,)))
    with Library.opened(home / LIBRARY, create=True) as library:
        library.recipe = RECIPE
        library.photos.record(library.photos.root_of(home / "Photos")[0], results, RECIPE)


def sort(home: Path, threshold: Threshold) -> SortOutcome:
    return sort_photos(home / "Sorted", library=home / LIBRARY, threshold=threshold, mode=Mode.HARDLINK)


@pytest.mark.parametrize("threshold", [AUTO, 0.72])
def test_one_percent_more(threshold: Threshold, tmp_path: Path) -> None:
    made_up = synthetic_faces(sizes_of_people(FACES), seed=3)
    bring(tmp_path, made_up, range(FACES - MORE))
    sort(tmp_path, threshold)
    with corrections(tmp_path / LIBRARY) as correct:
        for person in range(1, 31):
            correct.rename(person, f"Name {person}")
    sort(tmp_path, threshold)
    before = PeopleKnown.of(tmp_path / LIBRARY)
    assert len(before.names) > 60

    bring(tmp_path, made_up, range(FACES - MORE, FACES))
    plan = sort(tmp_path, threshold).plan

    after = PeopleKnown.of(tmp_path / LIBRARY)
    before.check_kept(after)
    assert before.whose.items() <= after.whose.items(), "an old face moved"
    assert len(after.whose) > len(before.whose), "nobody has come to anybody"
    assert plan.removals == []
    assert {os.path.dirname(move.moved_from or "") for move in plan.moves} <= {OTHERS}, "who is new has a folder now"
    assert plan.photos <= MORE
