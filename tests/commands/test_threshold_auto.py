"""`-t auto`: the threshold comes from the photos, and the user is told so."""

import re
from pathlib import Path

import numpy as np
import pytest

from sortbyface.evaluation import pairwise
from sortbyface.evaluation.labels import read_labels
from sortbyface.evaluation.protocols import groups_of_targets
from sortbyface.evaluation.targets import known_faces
from sortbyface.grouping import Faces, Knobs, group_faces
from sortbyface.grouping.calibration import Calibration, calibrate
from sortbyface.jobs import AUTO, EMBEDDINGS, ITERATIONS, LIBRARY, thresholds
from sortbyface.jobs.common import faces_looked_at
from sortbyface.jobs.look import look_at_photos
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import Library
from tests.conftest import Run, folders

FACENET = "facenet-20180402-114759.npz"


def sentence(out: str) -> tuple[str, int]:
    """The threshold and the number of faces that a command says it has chosen; its first line."""
    words = re.match(
        r"threshold (0\.\d+), chosen from ([\d,]+) different faces( and [\d,]+ pairs? of strangers)?\n", out
    )
    assert words, out
    return words[1], int(words[2].replace(",", ""))


def test_sorting_says_what_was_chosen_and_from_what(run: Run, home: Path) -> None:
    """The album's twenty photos are some pictures of two people, in several forms: that many different faces."""
    done = run("sort_images.py", "-t", "auto")

    assert done.code == 0, done.err
    threshold, faces = sentence(done.out)
    assert 2 <= faces < 20
    assert float(threshold) < 0.951, "of so few, less is asked than dlib's usual threshold"
    assert set(folders(home / "Sorted-pictures")) == {"Person 1", "Person 2"}

    again = run("sort_images.py", "-t", threshold)
    assert "0 copied, 20 in place already" in again.out
    assert "chosen" not in again.out


def test_finding_says_so_too(run: Run, home: Path) -> None:
    done = run("get_individual.py", "-src", home / "Album" / "portraits" / "H" / "dark.jpg", "-dest", "H", "-t", "auto")

    assert done.code == 0, done.err
    sentence(done.out)
    assert list((home / "H").glob("*.jpg"))


def test_a_threshold_that_moves_with_the_photos_moves_nobody(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first sort's threshold parted everybody; what suits the photos later would not."""
    monkeypatch.chdir(home)
    with monkeypatch.context() as then:
        then.setattr(thresholds, "calibrate", lambda *_: Calibration(1.0, 20, 0, raised=False))
        first = sort_photos(threshold=AUTO)

    later, regrouped = sort_photos(threshold=AUTO), sort_photos(threshold=AUTO, regroup=True)

    assert [folder for folder, _ in first.folders] == ["Others"]
    assert later.folders == first.folders
    assert regrouped.folders == [("Person 1", 10), ("Person 2", 10)]


def test_no_other_word_is_understood(run: Run, home: Path) -> None:
    done = run("sort_images.py", "-t", "automatic")

    assert done.code == 2
    assert "automatic" in done.err


@pytest.mark.parametrize(
    ("collection", "embedder"), [("soccer-129", "dlib"), ("few-people", "dlib"), ("few-people", "facenet")]
)
def test_hardly_any_threshold_is_better(shared: Path, tmp_path: Path, collection: str, embedder: str) -> None:
    """On real photos with real labels: pairwise F is within 0.01 of the best of thirty thresholds."""
    photos = shared / "data" / collection
    weights = shared / "weights" / FACENET if embedder == "facenet" else None
    library = tmp_path / LIBRARY
    look_at_photos(photos, library=library, embeddings=tmp_path / EMBEDDINGS, embedder=embedder, weights=weights)
    with Library.opened(library) as opened:
        found, usual = faces_looked_at(opened)
        contents = {
            str(file.relative_to(photos.resolve())): content
            for content, files in opened.photos.files_of_contents().items()
            for file, _ in files
        }
        known = known_faces(
            read_labels(photos / "labels.csv", photos).labels, found, opened.photos.sizes_in_pixels(), contents
        )
    faces = Faces(found.vectors, found.contents, found.doubtful)

    def f(threshold: float) -> float:
        groups = groups_of_targets(known, group_faces(faces, Knobs(threshold, ITERATIONS)))
        return pairwise(known.people, groups).f

    best = max(f(1 - distance * (1 - usual)) for distance in np.linspace(0.6, 2.05, 30))
    assert f(calibrate(faces, usual).threshold) >= best - 0.01
