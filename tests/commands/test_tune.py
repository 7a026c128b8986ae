"""python -m sortbyface tune, from the library to the table and the figure."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sortbyface.commands import tune as command
from sortbyface.embedders import EMBEDDERS
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import sort_photos
from sortbyface.jobs.tune import tune
from tests.commands.conftest import Typed
from tests.commands.painted import Painted
from tests.conftest import tree, untouched

DEFAULT = round(1 - 1.3 * (1 - EMBEDDERS["dlib"].threshold), 3)
"""For an album of twenty faces: as far from 1 as a chosen threshold may be."""

Row = tuple[str, int, int, list[int], int]
"""Threshold, people, those seen once, photos of the five in most, pairs in one photo that are alike."""


def rows(table: str) -> list[Row]:
    lines = re.findall(r"^ *([-\d.]+)  +(\d+)  +(\d+)  +([\d ]*?)  +(\d+)(?:  |$)", table, flags=re.MULTILINE)
    return [(threshold, int(a), int(b), [*map(int, largest.split())], int(c)) for threshold, a, b, largest, c in lines]


def test_each_row_is_what_a_sort_with_its_threshold_finds(home: Path, typed: Typed) -> None:
    done = typed(command.main, "--range", 0.93, 1, "--steps", 11)

    assert done.code == 0, done.err
    table = rows(done.out)
    assert len(table) == 12, "the default is one more"
    for threshold, people, seen_once, largest, _ in table:
        sizes = sizes_of_sort(home, float(threshold))
        assert (people, seen_once) == (sum(size > 1 for size in sizes), sizes.count(1))
        assert largest == sizes[:5]
    assert len({tuple(row[1:3]) for row in table}) >= 3, "or the album is too simple to show a difference"
    assert done.out.count("<- default") == 1
    assert f"{DEFAULT:g}" in next(line for line in done.out.splitlines() if "<- default" in line)


def sizes_of_sort(home: Path, threshold: float) -> list[int]:
    """The photos of each person, the most first, by a sort that starts afresh."""
    plan = sort_photos(
        home / "nowhere", library=home / LIBRARY, threshold=threshold, min_photos=1, regroup=True, dry_run=True
    )
    return sorted((photos for _, photos in plan.folders), reverse=True)


@pytest.mark.parametrize("iterations", [1, 30])
def test_every_label_is_the_one_of_a_sort(home: Path, iterations: int) -> None:
    """Person by person: the photos in each group of tune are those in a folder of the sort."""
    outcome = tune(library=home / LIBRARY, thresholds=(0.94, 1), steps=5, iterations=iterations, seed=3)

    for seen in outcome.outlooks:
        found = sort_photos(
            home / "nowhere", library=home / LIBRARY, threshold=seen.threshold, iterations=iterations, seed=3,
            min_photos=1, regroup=True, dry_run=True,
        )  # fmt: skip
        in_folders = {}
        for made in found.plan.makes:
            in_folders.setdefault(made.path.split("/")[0], set()).add(made.file.content)
        assert groups(home, seen.swept.labels.tolist()) == sorted(map(sorted, in_folders.values()))


def groups(home: Path, labels: list[int]) -> list[list[int]]:
    """The contents of each group."""
    with closing(sqlite3.connect(home / LIBRARY)) as library:
        query = "SELECT content FROM faces JOIN contents ON content = contents.id ORDER BY sha256, left, top"
        contents = [content for (content,) in library.execute(query)]
    members: dict[int, set[int]] = {}
    for label, content in zip(labels, contents, strict=True):
        members.setdefault(label, set()).add(content)
    return sorted(map(sorted, members.values()))


def test_folders_are_the_truth(home: Path, typed: Typed) -> None:
    """Album/portraits/C and Album/portraits/H hold one person each; at 1 everybody is alone, so recall is all but 0."""
    done = typed(command.main, "Album/portraits", "--range", 0.9, 1, "--steps", 2)

    assert done.code == 0, done.err
    assert done.err == ""
    assert re.search(rf"{DEFAULT:g}.* 1\.0000 +1\.0000  <- default", done.out)
    alone = done.out.splitlines()[5]
    assert alone.split()[0] == "1.000"
    # A person's 8 photos, each in a group of its own: no pair is found, and BCubed recall is 1/8
    assert alone.split()[-2:] == ["0.0000", f"{2 * (1 / 8) / (1 + 1 / 8):.4f}"]


def test_a_table_is_the_truth(home: Path, typed: Typed) -> None:
    (home / "who.csv").write_text(
        "path,person\nC/original.jpg,Eileen\nC/dark.jpg,Eileen\nH/original.jpg,Grace\nH/dark.jpg,Somebody else\n"
    )

    done = typed(command.main, "Album/portraits", "--labels", "who.csv", "--range", 0.9, 0.95, "--steps", 2)

    assert done.code == 0, done.err
    # Of two pairs that are put together one is right; of one right pair, that one is found
    assert done.out.splitlines()[3].split()[-2] == f"{2 * 0.5 / 1.5:.4f}"


def test_what_the_truth_leaves_out_is_told(home: Path, typed: Typed) -> None:
    (home / "Album" / "portraits" / "C" / "deeper").mkdir()
    (home / "Album" / "portraits" / "C" / "dark.jpg").rename(home / "Album" / "portraits" / "C" / "deeper" / "dark.jpg")

    done = typed(command.main, "Album/portraits", "--steps", 1)

    assert done.code == 0
    assert "C/deeper/dark.jpg: left out" in done.err


@pytest.mark.parametrize("name", ["tune.png", "tune.SVG"])
def test_the_figure_marks_the_default_and_is_the_same_each_time(home: Path, typed: Typed, name: str) -> None:
    for folder in ("one", "two"):
        (home / folder).mkdir()
        done = typed(command.main, "Album/portraits", "--steps", 3, "-dest", f"{folder}/{name}")
        assert done.code == 0, done.err
        assert done.out.endswith(f"figure: {folder}/{name}\n")

    assert tree(home / "one") == tree(home / "two")
    (drawn,) = tree(home / "one").values()
    if name == "tune.png":
        assert drawn.startswith(b"\x89PNG")
    else:
        for words in (f"default: {DEFAULT:g}", "20 faces", "in several photos", "BCubed", "pairs in one photo"):
            assert words in drawn.decode()


def test_nothing_is_written_but_the_figure(home: Path, typed: Typed) -> None:
    before, library = untouched(home / "Album"), dump(home)

    assert typed(command.main, "--steps", 3, "-dest", "figure.svg").code == 0

    assert untouched(home / "Album") == before
    assert dump(home) == library
    assert {path.name for path in home.iterdir()} == {
        "Album", LIBRARY.name, f"{LIBRARY}.lock", "embeddings.pickle", "figure.svg",
    }  # fmt: skip


def dump(home: Path) -> list[str]:
    """All that a library holds."""
    with closing(sqlite3.connect(home / LIBRARY)) as library:
        return list(library.iterdump())


def test_a_drive_that_is_away_does_not_matter(home: Path, typed: Typed) -> None:
    table = typed(command.main, "--steps", 3).out
    (home / "Album").rename(home / "unplugged")

    assert typed(command.main, "--steps", 3).out == table


def test_strangers_in_one_photo_are_counted(tmp_path: Path, typed: Typed) -> None:
    """Two faces in one photo that are as like as two photos of one person."""
    painted = Painted(tmp_path)
    painted.show(0, 1, 1)
    painted.show(1, 1)
    painted.show(2, 2)
    painted.sort()

    done = typed(command.main, "--steps", 1)

    assert [row[1:] for row in rows(done.out)] == [(1, 2, [2, 1, 1], 1)] * 2


@pytest.mark.parametrize("faces", [1, 2, 5])
def test_a_handful_of_faces(tmp_path: Path, typed: Typed, faces: int) -> None:
    painted = Painted(tmp_path)
    for photo in range(faces):
        painted.show(photo, photo + 1)
    painted.sort()

    done = typed(command.main, "-dest", "tune.png")

    assert done.code == 0, done.err
    assert {row[1:3] for row in rows(done.out)} == {(0, faces)}
    assert Path("tune.png").is_file()


@pytest.mark.parametrize(
    ("change", "arguments", "complaint"),
    [
        ("DELETE FROM faces", (), "no face was found in any photo yet; look at more: python embedder.py -src PHOTOS"),
        ("SELECT 1", ("Album/scenery",), "Album/scenery: none of its 2 photos is in a folder of a person"),
        ("SELECT 1", ("elsewhere",), "elsewhere: No such file or directory"),
        ("DELETE FROM photos", ("Album/portraits",), "Album/portraits: none of its photos was looked at"),
        ("SELECT 1", ("Album", "--labels", "who.csv"), "who.csv: No such file or directory"),
    ],
)
def test_nothing_to_judge_by(home: Path, typed: Typed, change: str, arguments: tuple[str, ...], complaint: str) -> None:
    with closing(sqlite3.connect(home / LIBRARY)) as library, library:
        library.execute(change)

    assert complaint in typed(command.main, *arguments).complaint


@pytest.mark.parametrize(
    "wrong",
    [
        ("--labels", "who.csv"),
        ("--range", "0.8", "0.8"),
        ("--range", "0.8"),
        ("--range", "0.8", "1.1"),
        ("--range", "auto", "0.8"),
        ("--steps", "0"),
    ],
)
def test_wrong_usage(typed: Typed, wrong: tuple[str, ...]) -> None:
    done = typed(command.main, *wrong)

    assert (done.code, done.out) == (2, "")
    assert "usage: " in done.err
