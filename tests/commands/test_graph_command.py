"""python -m sortbyface graph, read back with networkx."""

import os
import sys
from pathlib import Path

import networkx
import numpy as np
import pytest

from sortbyface.commands import graph as command
from sortbyface.embedders import EMBEDDERS
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import Library
from tests.commands.conftest import Typed
from tests.commands.painted import Painted
from tests.conftest import folders


def read(path: str | Path = "faces.graphml") -> "networkx.Graph[str]":
    return networkx.read_graphml(path)


@pytest.mark.parametrize("threshold", [None, 0.9, 0.99])
def test_the_album_as_a_graph(home: Path, typed: Typed, threshold: float | None) -> None:
    """Against all pairs, one by one."""
    done = typed(command.main, *(["-t", threshold] if threshold else []))

    assert done.code == 0, done.err
    graph = read()
    used = threshold or round(1 - 1.3 * (1 - EMBEDDERS["dlib"].threshold), 3)  # so few faces are judged leniently
    with Library.opened(home / LIBRARY) as library:
        faces = library.faces.of(library.recipe)  # type: ignore[arg-type]
        files = library.photos.files_of_contents()
    similarities = faces.vectors @ faces.vectors.T
    expected = {
        (first, second): similarities[first, second] - used
        for first in range(len(similarities))
        for second in range(first + 1, len(similarities))
        if similarities[first, second] > used
    }
    weights = {(int(a), int(b)): weight for a, b, weight in graph.edges(data="weight")}
    assert {tuple(sorted(pair)) for pair in weights} == set(expected)
    assert weights == pytest.approx(expected, abs=1e-6)
    for face, attributes in graph.nodes(data=True):
        assert attributes["photo"] == str(files[int(faces.contents[int(face)])][0][0])
        assert [float(side) for side in attributes["box"].split()] == pytest.approx(faces.boxes[int(face)], rel=1e-4)
    assert f"20 faces, {len(expected):,} edges above {used:g}, " in done.out


def test_people_have_the_numbers_of_the_last_sort(home: Path, typed: Typed) -> None:
    sort_photos(home / "Sorted-pictures", library=home / LIBRARY)
    with Library.opened(home / LIBRARY) as library:
        library.people.keep_placements([p._replace(person=9 - p.person) for p in library.people.placements()])
    names = folders(home / "Sorted-pictures")

    assert typed(command.main).code == 0

    photos: dict[str, set[str]] = {}
    for _, attributes in read().nodes(data=True):
        photos.setdefault(attributes["person"], set()).add(Path(attributes["photo"]).read_bytes().hex())
    copied = {
        f"Person {9 - int(name.split()[1])}": {
            (home / "Sorted-pictures" / name / file).read_bytes().hex() for file in files
        }
        for name, files in names.items()
    }
    assert photos == copied
    assert set(copied) == {"Person 7", "Person 8"}


def test_nobody_in_particular_has_no_person(tmp_path: Path, typed: Typed) -> None:
    painted = Painted(tmp_path)
    painted.show(0, 1)
    painted.show(1, 1)
    painted.show(2, 0)
    painted.sort()

    assert typed(command.main).code == 0

    persons = sorted((Path(a["photo"]).stem, a.get("person")) for _, a in read().nodes(data=True))
    assert persons == [("000", "Person 1"), ("001", "Person 1"), ("002", None)]


@pytest.mark.parametrize("faces", [1, 2, 5])
def test_a_handful_of_faces_who_are_strangers(tmp_path: Path, typed: Typed, faces: int) -> None:
    painted = Painted(tmp_path)
    for photo in range(faces):
        painted.show(photo, photo + 1)
    painted.sort()

    assert typed(command.main).code == 0
    assert (len(read()), read().number_of_edges()) == (faces, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere, names are text")
@pytest.mark.parametrize(
    ("name", "written"),
    [
        (b"caf\xc3\xa9 <&> \"'.png", "café <&> \"'.png"),
        (b"caf\xe9.png", "caf\\xe9.png"),
        (b"line\nbell\x07.png", "line\\nbell\\x07.png"),
    ],
    ids=["marks of XML", "not UTF-8", "control characters"],
)
def test_photos_with_odd_names(tmp_path: Path, typed: Typed, name: bytes, written: str) -> None:
    painted = Painted(tmp_path)
    painted.show(0, 1)
    painted.sort()
    os.rename(painted.folder / "000.png", os.fsencode(painted.folder) + b"/" + name)
    with Library.opened(painted.library) as library:
        root, _ = library.photos.root_of(painted.folder)
        known = library.photos.photos_in(root, "")["000.png"]
        assert known.content is not None
        library.photos.place(root, [(os.fsdecode(name), known.state, known.content)])

    done = typed(command.main)

    assert done.code == 0, done.err
    (attributes,) = (attributes for _, attributes in read().nodes(data=True))
    assert Path(attributes["photo"]).name == written


def test_the_same_photos_give_the_same_file(home: Path, typed: Typed) -> None:
    for name in ("one.graphml", "two.graphml"):
        assert typed(command.main, "-dest", name).code == 0
    assert Path("one.graphml").read_bytes() == Path("two.graphml").read_bytes()
    assert np.isfinite([weight for *_, weight in read("one.graphml").edges(data="weight")]).all()
