"""A folder that was moved is found again where it is now."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sortbyface.commands import check as command
from sortbyface.errors import SourceEmpty
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.jobs.check import check_library, relocate
from sortbyface.jobs.look import look_at_photos
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import FileState, Library
from tests.commands.conftest import Typed, typed  # noqa: F401
from tests.conftest import tree

NAMES = ["a.jpg", "2019/b.jpg", os.fsdecode(b"caf\xe9/c\xff.jpg"), "20190/d.jpg"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A library of the four photos in `old`, one of them copied to `old/Sorted`."""
    file, old = tmp_path / "library.sqlite", tmp_path / "old"
    for name in NAMES:
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_bytes(name.encode("utf-8", "surrogateescape"))
    know(file, old, NAMES)
    copied(file, old / "Sorted", old / NAMES[2])
    return file


def know(file: Path, folder: Path, names: list[str]) -> None:
    with Library.opened(file, create=True) as library:
        root, below = library.photos.root_of(folder)
        states = [FileState.of(folder / name) for name in names]
        hashes = [name.encode("utf-8", "surrogateescape").ljust(32, b"-") for name in names]
        contents = library.photos.add_contents(zip(states, hashes, strict=True))
        paths = [os.path.join(below, name) for name in names]
        library.photos.place(root, zip(paths, states, contents, strict=True))


def copied(file: Path, destination: Path, source: Path) -> None:
    query = """INSERT INTO copies (destination, path, content, source, mode)
        VALUES (CAST(? AS TEXT), 'Person 1/c.jpg', 1, CAST(? AS TEXT), 'copy')"""
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(query, [os.fsencode(destination), os.fsencode(source)])
        db.execute("INSERT INTO runs (command, destination, began_at) VALUES ('sort', ?, '2019')", [str(destination)])


def texts(file: Path, query: str) -> list[str]:
    with closing(sqlite3.connect(file)) as db:
        db.text_factory = os.fsdecode
        return [row[0] for row in db.execute(query)]


def places(file: Path) -> list[Path]:
    return [
        Path(path) for path in texts(file, "SELECT r.path || '/' || p.path FROM photos p JOIN roots r ON root = id")
    ]


@pytest.mark.parametrize(
    "spelt",
    [str, lambda old: f"{old}/", lambda old: f"{old}/2019/..", lambda old: os.path.relpath(old)],
    ids=["plainly", "with a slash", "a long way round", "from here"],
)
def test_photos_copies_and_sorts_move_along(file: Path, tmp_path: Path, spelt: Callable[[Path], str]) -> None:
    old, new = tmp_path / "old", tmp_path / "drive" / "new"
    old_as_typed = spelt(old)
    new.parent.mkdir()
    old.rename(new)

    move = relocate(old_as_typed, new, library=file)

    assert (move.photos, move.looked_for, move.found, move.unchanged) == (4, 4, 4, 4)
    assert sorted(places(file)) == sorted(new / name for name in NAMES)
    assert texts(file, "SELECT path FROM roots") == [str(new)]
    assert texts(file, "SELECT destination FROM copies") == [str(new / "Sorted")]
    assert texts(file, "SELECT source FROM copies") == [str(new / NAMES[2])]
    assert texts(file, "SELECT destination FROM runs") == [str(new / "Sorted")]
    assert not [finding for finding in check_library(file).left if "the photo" in finding.what]

    new.rename(old)
    relocate(str(new), old, library=file)
    assert sorted(places(file)) == sorted(old / name for name in NAMES), "and back again"


def test_a_part_of_what_was_looked_through(file: Path, tmp_path: Path) -> None:
    """2019 was moved; 20190, whose name only begins so, was not."""
    (tmp_path / "old" / "2019").rename(tmp_path / "archive")
    assert relocate(str(tmp_path / "old" / "2019"), tmp_path / "archive", library=file).photos == 1
    rest = [tmp_path / "old" / name for name in NAMES if name != "2019/b.jpg"]
    assert sorted(places(file)) == sorted([tmp_path / "archive" / "b.jpg", *rest])


def test_folders_one_above_the_other_stay_apart(file: Path, tmp_path: Path) -> None:
    """Two folders were looked through, and what is above them was moved."""
    (tmp_path / "beside").mkdir()
    (tmp_path / "beside" / "e.jpg").write_bytes(b"e")
    know(file, tmp_path / "beside", ["e.jpg"])
    home = tmp_path / "moved"
    home.mkdir()
    for name in ("old", "beside"):
        (tmp_path / name).rename(home / name)

    relocate(str(tmp_path), home, library=file)

    assert sorted(texts(file, "SELECT path FROM roots")) == [str(home / "beside"), str(home / "old")]


@pytest.mark.parametrize(("old", "new"), [("old", "old/inner"), ("old/2019", "old")])
def test_into_itself_and_out_of_itself(file: Path, tmp_path: Path, old: str, new: str) -> None:
    before = {path: path.read_bytes() for path in places(file) if path.is_relative_to(tmp_path / old)}
    for path, content in before.items():
        path.unlink()
        target = tmp_path / new / path.relative_to(tmp_path / old)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    assert relocate(str(tmp_path / old), tmp_path / new, library=file).found == len(before)

    assert len(places(file)) == len(NAMES)
    assert all(path.is_file() for path in places(file))


def test_what_was_looked_at_there_already_stays(file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    (tmp_path / "old").rename(new)
    (new / "a.jpg").write_bytes(b"another")
    know(file, new, ["a.jpg"])

    relocate(str(tmp_path / "old"), new, library=file)

    assert sorted(places(file)) == sorted(new / name for name in NAMES)
    with Library.opened(file) as library:
        root, _ = library.photos.root_of(new)
        assert library.photos.photos_in(root, "")["a.jpg"].state == FileState.of(new / "a.jpg")


def test_a_link_to_the_new_folder(file: Path, tmp_path: Path) -> None:
    (tmp_path / "old").rename(tmp_path / "new")
    (tmp_path / "link").symlink_to(tmp_path / "new")
    relocate(str(tmp_path / "old"), tmp_path / "link", library=file)
    assert texts(file, "SELECT path FROM roots") == [str(tmp_path / "new")], "as embedder.py would write it"


@pytest.mark.skipif(os.name == "nt", reason="there these paths are no strangers")
@pytest.mark.parametrize("old", ["C:\\Users\\Ada\\Pictures", "c:\\users\\ada\\pictures\\", "C:/Users/Ada/Pictures"])
def test_a_library_that_was_made_on_windows(tmp_path: Path, old: str) -> None:
    file, new = tmp_path / "library.sqlite", tmp_path / "new"
    (new / "2019").mkdir(parents=True)
    (new / "2019" / "b.jpg").write_bytes(b"b")
    with Library.opened(file, create=True):
        pass
    with closing(sqlite3.connect(file)) as db:
        db.executescript(
            r"""INSERT INTO roots VALUES (1, 'C:\Users\Ada\Pictures');
            INSERT INTO photos VALUES (1, '2019\b.jpg', 1, 5, NULL, NULL, 0);"""
        )

    assert relocate(old, new, library=file).found == 1

    assert places(file) == [new / "2019" / "b.jpg"]


def test_refusals_change_nothing(file: Path, tmp_path: Path) -> None:
    before, old = places(file), str(tmp_path / "old")
    (tmp_path / "empty").mkdir()
    for wrong, new, words in [
        (old, tmp_path / "no such", "there is no such folder"),
        (old, tmp_path / "empty", "of 4 photos that were in .*/old, none is there"),
        (str(tmp_path / "OLD"), tmp_path / "empty", "knows no such folder; nothing was changed. It knows: .*/old$"),
        (str(tmp_path / "ol"), tmp_path / "empty", "knows no such folder"),
    ]:
        with pytest.raises(SourceEmpty, match=words):
            relocate(wrong, new, library=file)
    assert places(file) == before


def test_many_photos_are_sampled(file: Path, tmp_path: Path) -> None:
    """Most are missing, and some have another time: that is told."""
    names = [f"{number}.jpg" for number in range(1000)]
    many, new = tmp_path / "many", tmp_path / "new"
    many.mkdir()
    for name in names:
        (many / name).touch()
    know(file, many, names)
    many.rename(new)
    for name in names[::2]:
        os.utime(new / name, ns=(1, 1))
    move = relocate(str(many), new, library=file)
    assert move.photos == 1000
    assert 200 <= move.looked_for < 400
    assert move.found == move.looked_for
    assert 0 < move.unchanged < move.found


def test_after_it_nothing_is_to_be_done(home: Path, typed: Typed) -> None:  # noqa: F811
    """The album was moved with what had been sorted: nothing is looked at, read, or copied anew."""
    (home / "drive").mkdir()
    sort_photos(home / "drive" / "Sorted", library=home / LIBRARY)
    shutil.move(home / "Album", home / "drive" / "Album")
    relocate(str(home / "Album"), home / "drive" / "Album", library=home / LIBRARY)
    (home / "drive").rename(home / "elsewhere")
    album, before = home / "elsewhere" / "Album", tree(home / "elsewhere" / "Sorted")

    said = typed(command.main, "--relocate", home / "drive", home / "elsewhere")

    assert said.code == 0, said
    assert (
        said.out
        == f"20 photos are known to be in {home / 'elsewhere'} now; of 20 that were looked for, 20 were found\n"
    )
    assert not said.err
    assert typed(command.main).code == 0
    looked = look_at_photos(album, library=home / LIBRARY, embeddings=home / EMBEDDINGS, embedder="dlib", processes=1)
    assert (looked.photos, looked.looked_at, looked.vanished) == (20, 0, 0)
    outcome = sort_photos(home / "elsewhere" / "Sorted", library=home / LIBRARY)
    assert outcome.done is not None
    assert outcome.done.made == 0
    assert not outcome.gone
    assert tree(home / "elsewhere" / "Sorted") == before
