"""python -m sortbyface map, from the library to the picture; and where the points of faces lie."""

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sortbyface.commands import map as command
from sortbyface.figures.map import MOST_NAMED
from sortbyface.figures.points import Layout, place_faces
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.map import write_map
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import Library
from tests.commands.conftest import Typed
from tests.commands.painted import Painted
from tests.conftest import tree
from tests.grouping.people import mixture

COLLINS, HOPPER = (0x33, 0x22, 0x88), (0x88, 0xCC, 0xEE)
"""The first two colours."""


def test_the_people_of_the_album_are_named_where_their_faces_are(home: Path, typed: Typed) -> None:
    done = typed(command.main, "-dest", "faces.svg")

    assert (done.code, done.err) == (0, "")
    assert done.out == "faces.svg: 20 faces, 2 people\n"
    drawn = Path("faces.svg").read_text()
    assert set(re.findall(r"<text [^>]*>([^<]*)<", drawn)) == {"20 faces, 2 people", "Person 1", "Person 2"}
    assert [drawn.count(f"fill: #{colour}") for colour in ("332288", "88ccee")] == [10, 10], "a point for each face"


def test_a_picture_is_what_is_made_by_default(home: Path, typed: Typed) -> None:
    done = typed(command.main)

    assert done.code == 0, done.err
    with Image.open("faces.png") as image:
        assert image.size == (1500, 1500)
        seen = {pixel for _, pixel in image.convert("RGB").getcolors(maxcolors=1 << 24)}
    for colour in (COLLINS, HOPPER):
        mixed = tuple(round(0.85 * channel + 0.15 * 255) for channel in colour)
        assert any(max(abs(a - b) for a, b in zip(pixel, mixed, strict=True)) <= 2 for pixel in seen)


def test_numbers_are_those_of_the_last_sort(home: Path, typed: Typed) -> None:
    """Whose first sort knew one person alone: the other came later, and is the second."""
    with Library.opened(home / LIBRARY) as library:
        library.people.keep_placements([])
    sort_photos(home / "Sorted-pictures", library=home / LIBRARY)
    names = {"Person 1", "Person 2"}
    with Library.opened(home / LIBRARY) as library:
        library.people.keep_placements([p._replace(person=p.person + 6) for p in library.people.placements()])

    assert typed(command.main, "-dest", "faces.svg").code == 0

    assert set(re.findall(r">(Person \d+)<", Path("faces.svg").read_text())) == {"Person 7", "Person 8"} != names


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_same_seed_gives_the_same_bytes(home: Path, typed: Typed, ending: str) -> None:
    for folder, seed in (("one", 5), ("two", 5), ("other", 6)):
        (home / folder).mkdir()
        assert typed(command.main, "-dest", f"{folder}/faces.{ending}", "--seed", seed).code == 0

    assert tree(home / "one") == tree(home / "two")


def test_of_many_people_the_biggest_are_named(tmp_path: Path, typed: Typed) -> None:
    painted = Painted(tmp_path)
    photos = iter(range(255))
    for person in range(1, MOST_NAMED + 3):
        for _ in range(2 + (person > 2)):
            painted.show(next(photos), person)
    painted.show(next(photos), 0)
    painted.sort()

    done = typed(command.main, "-dest", "faces.svg")

    assert done.code == 0, done.err
    assert done.out.endswith(f"{MOST_NAMED + 2} people, the {MOST_NAMED} biggest in colours\n")
    named = re.findall(r">Person (\d+)<", Path("faces.svg").read_text())
    assert sorted(map(int, named)) == list(range(3, MOST_NAMED + 3)), "1 and 2 have fewer faces"


@pytest.mark.parametrize("faces", [1, 2, 5, 6, 7])
@pytest.mark.parametrize("alike", [True, False])
def test_a_handful_of_faces(tmp_path: Path, typed: Typed, faces: int, alike: bool) -> None:
    """Also of one and the same face."""
    painted = Painted(tmp_path)
    for photo in range(faces):
        painted.show(photo, 1 if alike else photo + 1)
    painted.sort()

    done = typed(command.main)

    assert done.code == 0, done.err
    assert done.out.startswith(f"faces.png: {faces} faces, ")
    assert Path("faces.png").read_bytes().startswith(b"\x89PNG")


def test_of_too_many_a_sample_is_drawn_and_that_is_said(
    home: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[int, int]] = []
    for name in ("one.svg", "two.svg"):
        outcome = write_map(
            home / name, library=home / LIBRARY, most_faces=9, seed=2, begun=lambda *words: said.append(words)
        )
    assert (outcome.faces, outcome.shown, said) == (20, 9, [(9, 20)] * 2)
    assert (home / "one.svg").read_bytes() == (home / "two.svg").read_bytes()
    assert ">9 of 20 faces, 2 people<" in (home / "one.svg").read_text()

    monkeypatch.setattr(command, "write_map", lambda *_, **options: write_map(*_, **options, most_faces=9))
    done = typed(command.main)
    assert done.err == "of 20 faces, 9 are drawn, chosen at random for --seed\n"
    assert done.out == "faces.png: 9 of 20 faces, 2 people\n"


def check_that_people_lie_together(layout: Layout) -> None:
    """Of 60 faces of three people, all are nearest to one of their own; and the same seed gives the same points."""
    vectors = np.concatenate([mixture(20, 1, 0.1, seed) for seed in range(3)])

    points = place_faces(vectors, layout, seed=1)

    assert points.shape == (60, 2)
    distances = np.linalg.norm(points[:, np.newaxis] - points, axis=2) + np.diag(np.full(60, np.inf))
    assert (distances.argmin(axis=1) // 20 == np.arange(60) // 20).all()
    assert np.array_equal(points, place_faces(vectors, layout, seed=1))


def check_points_of_few_faces(count: int, layout: Layout) -> None:
    """Of two people, of the same face again and again, and of two faces that have nothing in common."""
    one_and_other = np.eye(2, dtype=np.float32)[np.arange(count) % 2]
    for vectors in (mixture(count, 2, 0.5, seed=1), np.tile(mixture(1, 1, 0.5, seed=1), (count, 1)), one_and_other):
        points = place_faces(vectors, layout)
        assert points.shape == (count, 2)
        assert np.isfinite(points).all()


def test_faces_of_one_person_lie_together() -> None:
    check_that_people_lie_together("tsne")


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 10, 40])
def test_points_of_few_faces(count: int) -> None:
    check_points_of_few_faces(count, "tsne")


def test_umap(home: Path, typed: Typed) -> None:
    """All in one test: it is compiled anew in each process, for several seconds.

    TensorFlow, which it would load if that is there, would take 500 MB and talk to the user, for nothing.
    """
    if find_spec("umap") is None:
        pytest.skip("umap-learn is not installed")
    loaded = "tensorflow" in sys.modules

    done = typed(command.main, "-dest", "faces.svg", "--layout", "umap")

    assert (done.code, done.out, done.err) == (0, "faces.svg: 20 faces, 2 people\n", "")
    assert ("tensorflow" in sys.modules) == loaded
    check_that_people_lie_together("umap")
    for count in (1, 5, 6, 10, 40):
        check_points_of_few_faces(count, "umap")


def test_a_layout_that_is_not_installed(home: Path, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "umap", None)

    done = typed(command.main, "--layout", "umap")

    assert "pip install umap-learn, or leave out --layout umap" in done.complaint
    assert not Path("faces.png").exists()
