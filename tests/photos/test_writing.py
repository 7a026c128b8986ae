"""Pictures of our own making: whole or not at all, known again, and never in the place of another file."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sortbyface.arrays import RGBImage
from sortbyface.errors import DestinationUnusable
from sortbyface.photos.finding import OUTPUT_MARK, find_photos
from sortbyface.photos.writing import make_own_folder, remove_pictures_except, write_picture
from tests.conftest import tree

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


def gray(level: int) -> RGBImage:
    return np.full((64, 48, 3), level, dtype=np.uint8)


def level_of(path: Path) -> int:
    with Image.open(path) as image:
        assert (image.format, image.size) == ("JPEG", (48, 64))
        return round(float(np.asarray(image).mean()))


def test_the_picture_is_there(tmp_path: Path) -> None:
    path = write_picture(gray(100), tmp_path, "Zoë & Zoé")
    assert path == tmp_path / "Zoë & Zoé.jpg"
    assert level_of(path) == 100
    assert os.listdir(tmp_path) == [path.name]


def test_sharp_edges_stay_sharp(tmp_path: Path) -> None:
    """Letters, say: neither blurred nor with coloured fringes."""
    edge = gray(255)
    edge[:, 20:] = (200, 0, 0)
    with Image.open(write_picture(edge, tmp_path, "edge")) as image:
        assert np.abs(np.asarray(image).astype(int) - edge).max() < 30


def test_the_next_one_of_a_title_takes_its_place(tmp_path: Path) -> None:
    paths = [write_picture(gray(level), tmp_path, "Person 1") for level in (50, 90, 130)]
    assert set(paths) == {tmp_path / "Person 1.jpg"}
    assert level_of(paths[0]) == 130
    assert len(os.listdir(tmp_path)) == 1


@pytest.mark.parametrize("content", [b"", b"mine", b"Made by Sort-By-Face", b"\xff\xd8\xff\xe0" + bytes(4000)])
def test_another_file_of_that_name_is_never_touched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "Person 1.jpg").write_bytes(content)
    for level in (50, 90):
        path = write_picture(gray(level), tmp_path, "Person 1")
        assert path == tmp_path / "Person 1 (2).jpg", "the second time it is ours, and replaced"
        assert level_of(path) == level
    assert (tmp_path / "Person 1.jpg").read_bytes() == content


def test_one_of_ours_with_another_title_is_not_touched(tmp_path: Path) -> None:
    write_picture(gray(50), tmp_path, "Person 1").rename(tmp_path / "Person 2.jpg")
    assert write_picture(gray(90), tmp_path, "Person 2").name == "Person 2 (2).jpg"
    assert level_of(tmp_path / "Person 2.jpg") == 50


def make_folder(path: Path) -> None:
    path.mkdir()


def make_link(path: Path) -> None:
    ours = write_picture(gray(50), path.parent, path.stem)
    path.symlink_to(ours.rename(path.parent / "linked.jpg"))


def make_broken_link(path: Path) -> None:
    path.symlink_to("nowhere")


@needs_links
@pytest.mark.parametrize("obstacle", [make_folder, make_link, make_broken_link])
def test_what_is_no_file_of_ours_is_left_alone(tmp_path: Path, obstacle: Callable[[Path], None]) -> None:
    obstacle(tmp_path / "Person 1.jpg")
    before = {path.name: (path.is_symlink(), path.is_dir()) for path in tmp_path.iterdir()}
    assert write_picture(gray(90), tmp_path, "Person 1").name == "Person 1 (2).jpg"
    after = {path.name: (path.is_symlink(), path.is_dir()) for path in tmp_path.iterdir()}
    assert after == {**before, "Person 1 (2).jpg": (False, False)}


@pytest.mark.parametrize("there_before", [True, False])
def test_a_full_disk_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bool) -> None:
    if there_before:
        write_picture(gray(50), tmp_path, "Person 1")
    before = tree(tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_picture(gray(90), tmp_path, "Person 1")
    assert tree(tmp_path) == before
    assert not list(tmp_path.glob(".*"))


def test_what_a_kill_left_behind_goes_with_the_next_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", lambda *_: None)
        killed.setattr(Path, "unlink", lambda *_, **__: None)
        killed.setattr("sortbyface.photos.writing.give_name", lambda *_: None)
        write_picture(gray(50), tmp_path, "Person 1")
    assert [path.name[0] for path in tmp_path.iterdir()] == ["."], "hidden, so that nobody takes it for a photo"
    write_picture(gray(90), tmp_path, "Person 2")
    assert os.listdir(tmp_path) == ["Person 2.jpg"]


# --- folders --------------------------------------------------------------------------------------------------------


def photos_in(folder: Path) -> list[str]:
    return list(find_photos(folder, lambda error: pytest.fail(str(error))))


@pytest.mark.parametrize("below", ["Montages", "a/b/Montages"])
def test_pictures_in_a_folder_of_our_own_are_not_looked_at(tmp_path: Path, below: str) -> None:
    make_own_folder(tmp_path / below)
    write_picture(gray(50), tmp_path / below, "Person 1")
    (tmp_path / "holiday.jpg").touch()
    assert photos_in(tmp_path) == ["holiday.jpg"]


def test_an_empty_folder_will_do_and_so_will_the_same_again(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").touch()
    for _ in range(2):
        make_own_folder(tmp_path)
        write_picture(gray(50), tmp_path, "Person 1")
    assert photos_in(tmp_path) == []


def test_a_folder_within_one_of_ours_needs_no_mark(tmp_path: Path) -> None:
    (tmp_path / OUTPUT_MARK).touch()
    (tmp_path / "Person 1").mkdir()
    (tmp_path / "Person 1" / "holiday.jpg").touch()
    make_own_folder(tmp_path / "Person 1")
    assert os.listdir(tmp_path / "Person 1") == ["holiday.jpg"]


def test_a_folder_with_other_files_is_not_made_ours(tmp_path: Path) -> None:
    """Whatever photos come there would never be looked at."""
    (tmp_path / "letter.txt").touch()
    with pytest.raises(DestinationUnusable, match="holds other files"):
        make_own_folder(tmp_path)
    assert os.listdir(tmp_path) == ["letter.txt"]


# --- tidying up -----------------------------------------------------------------------------------------------------


def test_pictures_of_other_titles_go(tmp_path: Path) -> None:
    for title in ("Person 1", "Person 2", "People", "People 2"):
        write_picture(gray(50), tmp_path, title)
    remove_pictures_except({"Person 2", "People"}, tmp_path)
    assert set(tree(tmp_path)) == {"Person 2.jpg", "People.jpg"}


def test_numbered_ones_go_too(tmp_path: Path) -> None:
    (tmp_path / "Person 1.jpg").write_bytes(b"mine")
    write_picture(gray(50), tmp_path, "Person 1")
    remove_pictures_except(set(), tmp_path)
    assert tree(tmp_path) == {"Person 1.jpg": b"mine"}


def test_nothing_else_goes(tmp_path: Path) -> None:
    (tmp_path / "mine.jpg").write_bytes(b"mine")
    (tmp_path / "Person 7.jpg").write_bytes(b"mine")
    (tmp_path / "folder.jpg").mkdir()
    write_picture(gray(50), tmp_path, "Person 1").rename(tmp_path / "Grandmother.jpg")
    write_picture(gray(50), tmp_path, "Person 2").rename(tmp_path / "Person 21.jpg")
    before = set(os.listdir(tmp_path))
    remove_pictures_except({"Person 3"}, tmp_path)
    assert set(os.listdir(tmp_path)) == before
