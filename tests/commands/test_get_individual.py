"""get_individual.py, as a user runs it."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from sortbyface.jobs import LIBRARY
from tests.conftest import Album, Run, tree, untouched


def names(photos: set[str]) -> set[str]:
    return {os.path.basename(photo) for photo in photos}


def test_every_photo_of_the_person_on_a_new_picture(run: Run, home: Path, album: Album) -> None:
    with Image.open(album.folder / "portraits" / "H" / "original.jpg") as image:
        image.convert("L").resize((320, 380)).save(home / "me.png")
    before = untouched(home / "Album")

    done = run("get_individual.py", "-src", "me.png", "-dest", "Me")

    assert done.code == 0, done.err
    assert "10 photos found, 10 copied" in done.out
    assert tree(home / "Me") == {os.path.basename(p): (album.folder / p).read_bytes() for p in album.truth["Hopper"]}
    assert untouched(home / "Album") == before


def test_the_picture_itself_is_not_copied(run: Run, home: Path, album: Album) -> None:
    run("get_individual.py", "-src", "Album/portraits/C/original.jpg", "-dest", "Eileen")

    assert set(tree(home / "Eileen")) == names(album.truth["Collins"]) - {"original.jpg"}


def test_what_is_there_already_stays(run: Run, home: Path) -> None:
    (home / "Eileen").mkdir()
    (home / "Eileen" / "tilted.jpg").write_bytes(b"something of the user's")
    for _ in range(2):
        done = run("get_individual.py", "-src", "Album/portraits/C/original.jpg", "-dest", "Eileen")

    assert "0 copied, 9 in place already" in done.out
    assert (home / "Eileen" / "tilted.jpg").read_bytes() == b"something of the user's"
    assert (home / "Eileen" / "tilted (2).jpg").is_file()


def test_two_people_into_one_folder(run: Run, home: Path) -> None:
    """A second search adds to the first, and takes nothing back."""
    run("get_individual.py", "-src", "Album/portraits/C/original.jpg", "-dest", "Both")
    run("get_individual.py", "-src", "Album/portraits/H/original.jpg", "-dest", "Both")

    assert len(tree(home / "Both")) == 9 + 9 - 2, "two photos show both"


def test_nobody_is_found(run: Run, home: Path) -> None:
    """All other photos of Hopper are gone from the library, so that nobody like her is left."""
    with closing(sqlite3.connect(home / LIBRARY)) as connection, connection:
        connection.execute("""DELETE FROM faces WHERE content IN
            (SELECT content FROM photos WHERE path LIKE 'portraits/H/%' OR path LIKE 'together/%')""")

    done = run("get_individual.py", "-src", "Album/portraits/H/original.jpg", "-dest", "Nobody")

    assert "no photo shows the person" in done.complaint
    assert not (home / "Nobody").exists()


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ("Album/together/meeting.jpg", "2 faces"),
        ("Album/scenery/temple.jpg", "no face"),
        ("tiny.png", "too small"),
        ("letter.jpg", "not an image"),
        ("missing.jpg", "No such file"),
        ("Album", "regular file"),
    ],
)
def test_a_picture_that_will_not_do(run: Run, home: Path, picture: str, words: str) -> None:
    with Image.open(home / "Album" / "portraits" / "H" / "original.jpg") as image:
        image.resize((159, 189)).save(home / "tiny.png")
    (home / "letter.jpg").write_text("Dear Grace")

    done = run("get_individual.py", "-src", picture, "-dest", "Me")

    assert words in done.complaint
    assert picture in done.complaint
    assert not (home / "Me").exists()


def test_no_library_yet(run: Run, album: Album) -> None:
    done = run("get_individual.py", "-src", album.folder / "portraits" / "H" / "original.jpg", "-dest", "Me")

    assert "embedder.py -src" in done.complaint


def test_a_library_whose_network_is_not_at_hand(run: Run, home: Path) -> None:
    """Vectors of different networks are never compared."""
    with closing(sqlite3.connect(home / LIBRARY)) as connection, connection:
        connection.execute("UPDATE settings SET value = replace(value, '/dlib-', '/dlib-0')")
    shutil.copy(home / "Album" / "portraits" / "H" / "original.jpg", home / "me.jpg")

    assert "embedder.py again" in run("get_individual.py", "-src", "me.jpg", "-dest", "Me").complaint
