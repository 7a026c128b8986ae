"""The library on its own."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sortbyface.arrays import UNGROUPED
from sortbyface.errors import LibraryUnusable
from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.library import FileState, Library, OurFile, PhotoResult, Placement
from sortbyface.recipe import Recipe

RECIPE = Recipe("hog-1", "five-points-1", "dlib-1", "0123456789abcdef")
CLEAR = Quality(pixels=100, sharpness=0.2, yaw=0.1)
OTHER_RECIPE = RECIPE._replace(embedder="facenet-1")


def look(path: str, content: bytes = b"a", faces: int = 1) -> PhotoResult:
    """The outcome of a look at a photo; faces differ by their place."""
    landmarks, vector = np.zeros((5, 2), dtype=np.float32), np.eye(4, dtype=np.float32)[0]
    found = tuple(
        Face(Box(place, 0, place + 9, 9), 1.5, landmarks, CLEAR, vector) for place in range(0, 10 * faces, 10)
    )
    return PhotoResult(path, FileState(1, 2), content * 32, None, 640, 480, 1, "2019-07-14T18:03:22", found)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


def test_what_was_recorded_is_there_after_a_restart(file: Path, tmp_path: Path) -> None:
    with Library.opened(file, create=True) as library:
        root, below = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [look("one.jpg", b"a", faces=2), look("two.jpg", b"b", faces=0)], RECIPE)

    with Library.opened(file) as library:
        assert below == ""
        assert library.recipe == RECIPE
        assert [(o.path, o.problem, o.faces) for o in library.photos.outcomes(root, "", RECIPE)] == [
            ("one.jpg", None, 2),
            ("two.jpg", None, 0),
        ]
        faces = library.faces.of(RECIPE)
        assert faces.boxes == [Box(0, 0, 9, 9), Box(10, 0, 19, 9)]
        np.testing.assert_array_equal(faces.vectors, np.eye(4)[[0, 0]])


def test_faces_of_different_recipes_are_kept_apart(file: Path, tmp_path: Path) -> None:
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [look("one.jpg", faces=2)], RECIPE)
        library.recipe = OTHER_RECIPE
        library.photos.record(root, [look("one.jpg", faces=3)], OTHER_RECIPE)

        assert len(library.faces.of(RECIPE).vectors) == 2
        assert len(library.faces.of(OTHER_RECIPE).vectors) == 3


def test_the_same_content_is_recorded_once(file: Path, tmp_path: Path) -> None:
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [look("one.jpg"), look("copy.jpg")], RECIPE)
        library.photos.record(root, [look("one.jpg")], RECIPE)

        assert len(library.faces.of(RECIPE).vectors) == 1
        assert [path for path, _, _ in library.faces.of_files(RECIPE)] == [
            str(tmp_path / "copy.jpg"),
            str(tmp_path / "one.jpg"),
        ]


@pytest.mark.parametrize("name", [os.fsdecode(b"\xff\xfe.jpg"), "a'b\"c.jpg", "🎉/né.jpg", "line\nbreak.jpg", "%_.jpg"])
def test_any_name_comes_back_as_it_went_in(file: Path, tmp_path: Path, name: str) -> None:
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [look(name)], RECIPE)
        library.journal.note(tmp_path, [(name, OurFile(1, tmp_path / name, FileState(1, 2), "copy", FileState(1, 2)))])

        assert list(library.photos.photos_in(root, "")) == [name]
        assert list(library.journal.ours(tmp_path)) == [name]
        library.photos.mark_vanished(root, [name])
        assert library.photos.photos_in(root, "")[name].vanished
        library.journal.forget(tmp_path, [name])
        assert not library.journal.ours(tmp_path)


def test_roots_grow_together(file: Path, tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "ab").mkdir()
    with Library.opened(file, create=True) as library:
        library.recipe = RECIPE
        inner, _ = library.photos.root_of(tmp_path / "a" / "b")
        library.photos.record(inner, [look("one.jpg")], RECIPE)
        neighbour, _ = library.photos.root_of(tmp_path / "ab")
        assert library.photos.root_of(tmp_path / "a" / "b") == (inner, "")

        outer, below = library.photos.root_of(tmp_path / "a")

        assert below == ""
        assert list(library.photos.photos_in(outer, "")) == [os.path.join("b", "one.jpg")]
        assert library.photos.root_of(tmp_path / "a" / "b") == (outer, "b")
        assert list(library.photos.photos_in(outer, "b")) == [os.path.join("b", "one.jpg")]
        assert library.photos.roots() == {tmp_path / "a", neighbour.path}, "ab is not below a"


def test_numbers_of_people_are_never_used_twice(file: Path, tmp_path: Path) -> None:
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [look("one.jpg")], RECIPE)
        assert library.people.next_person() == 1
        library.people.keep_placements([Placement(1, Box(0, 0, 9, 9), 1), Placement(1, None, 2)])
        assert library.people.placements() == [Placement(1, Box(0, 0, 9, 9), 1, id=1), Placement(1, None, 2, id=2)]
        library.people.keep_placements([])

        assert library.people.next_person() == 3


def test_a_library_from_the_future_is_left_alone(file: Path) -> None:
    with Library.opened(file, create=True):
        pass
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(LibraryUnusable, match="newer"), Library.opened(file):
        pass


def test_a_change_that_fails_half_way_changes_nothing(file: Path, tmp_path: Path) -> None:
    def interrupted() -> Iterator[PhotoResult]:
        yield look("one.jpg")
        raise KeyboardInterrupt

    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE

        with pytest.raises(KeyboardInterrupt):
            library.photos.record(root, interrupted(), RECIPE)

        assert not library.photos.photos_in(root, "")
        assert not len(library.faces.of(RECIPE).vectors)


@pytest.mark.parametrize(
    ("score", "quality"),
    [
        (0.9, CLEAR),
        (1.5, CLEAR._replace(pixels=20)),
        (1.5, CLEAR._replace(sharpness=0.02)),
        (1.5, CLEAR._replace(yaw=0.6)),
        (1.5, CLEAR._replace(yaw=-0.6)),
    ],
)
def test_faces_that_are_hard_to_recognise_are_marked(
    file: Path, tmp_path: Path, score: float, quality: Quality
) -> None:
    clear = look("one.jpg")
    poor = tuple(replace(face, score=score, quality=quality) for face in look("two.jpg").faces)
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [clear, replace(look("two.jpg", b"b"), faces=poor)], RECIPE)

        assert library.faces.of(RECIPE, clear_score=0.95).doubtful.tolist() == [False, True]


def test_groups_are_remembered_with_how_they_came_about(file: Path, tmp_path: Path) -> None:
    """Faces that came later, and groups that came about in another way, are as if never grouped."""
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [look("one.jpg", faces=2)], RECIPE)
        assert library.faces.groups(RECIPE, "one way").tolist() == [UNGROUPED, UNGROUPED]
        library.faces.keep_groups(RECIPE, "one way", np.array([3, -1]))
    with Library.opened(file) as library:
        assert library.faces.groups(RECIPE, "one way").tolist() == [3, -1]
        assert library.faces.groups(RECIPE, "another way").tolist() == [UNGROUPED, UNGROUPED]
        root, _ = library.photos.root_of(tmp_path)
        library.photos.record(root, [look("two.jpg", b"b", faces=1)], RECIPE)
        assert sorted(library.faces.groups(RECIPE, "one way").tolist()) == [UNGROUPED, -1, 3]


def test_a_content_met_before_it_was_looked_at_gets_its_size(file: Path, tmp_path: Path) -> None:
    """As one that an embeddings file has named."""
    result = look("one.jpg")
    assert result.sha256 is not None
    with Library.opened(file, create=True) as library:
        (content,) = library.photos.add_contents([(result.state, result.sha256)])
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [result], RECIPE)
        assert library.photos.sizes_in_pixels() == {content: (640, 480)}


def test_damage_is_told_in_one_line(file: Path, tmp_path: Path) -> None:
    with Library.opened(file, create=True):
        pass
    content = bytearray(file.read_bytes())
    content[100:2000] = bytes(1900)
    file.write_bytes(content)

    with pytest.raises(LibraryUnusable, match="damaged"), Library.opened(file):
        pass


def test_a_disk_that_fills_up_at_work_is_told_in_one_line(file: Path, tmp_path: Path) -> None:
    """What was done before is kept."""
    with Library.opened(file, create=True) as library:
        root, _ = library.photos.root_of(tmp_path)
        library.recipe = RECIPE
        library.photos.record(root, [look("one.jpg")], RECIPE)

    def fill() -> None:
        with Library.opened(file) as library:
            pages = library._connection.execute("PRAGMA page_count").fetchone()[0]
            library._connection.execute(f"PRAGMA max_page_count = {pages}")
            library.photos.record(root, [look("two.jpg", b"b", faces=999)], RECIPE)

    with pytest.raises(LibraryUnusable, match=r"the disk is full; what was done before is kept\. Make room"):
        fill()

    with Library.opened(file) as library:
        assert list(library.photos.photos_in(root, "")) == ["one.jpg"]


@pytest.mark.parametrize(
    "addition",
    [
        "CREATE TRIGGER more AFTER INSERT ON roots BEGIN DELETE FROM people; END",
        "CREATE VIEW more AS SELECT * FROM people",
    ],
)
def test_a_library_that_somebody_has_taught_to_act_is_not_used(file: Path, addition: str) -> None:
    with Library.opened(file, create=True):
        pass
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(addition)

    with pytest.raises(LibraryUnusable, match="would do more than keep"), Library.opened(file):
        pass
