"""Which files under a folder are taken for photos."""

import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.photos.finding import OUTPUT_MARK, find_photos

ORDINARY = ["jpg", "jpeg", "png", "tif", "tiff", "bmp", "webp", "gif", "heic", "heif", "avif"]
RAW = ["cr2", "cr3", "nef", "arw", "dng", "raf", "orf", "rw2"]
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


def plant(folder: Path, *files: str) -> Path:
    """Empty files, with the folders that they lie in."""
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def found(folder: Path) -> list[str]:
    """All photos; every folder must have been listed."""
    unlisted: list[OSError] = []
    photos = [path.replace(os.sep, "/") for path in find_photos(folder, unlisted.append)]
    assert unlisted == []
    return photos


@pytest.mark.parametrize("extension", ORDINARY + RAW)
def test_a_photo_is_known_by_its_extension_in_any_case(tmp_path: Path, extension: str) -> None:
    names = [f"1.{extension}", f"2.{extension.upper()}", f"3.{extension.title()}", f"4.tar.{extension}"]
    assert found(plant(tmp_path, *names)) == names


def test_other_files_are_ignored(tmp_path: Path) -> None:
    others = [
        "notes.txt",
        "film.mp4",
        "IMG_1.jpg.part",
        "IMG_1.xmp",
        "IMG_1.aae",
        "jpg",
        "no extension",
        "a.jpg.json",
        "x.",
    ]
    assert found(plant(tmp_path, *others, "photo.jpg")) == ["photo.jpg"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    """Trash, thumbnail stores, and the twins that macOS leaves on foreign drives."""
    hidden = ["._photo.jpg", ".photo.jpg", ".jpg", ".Trash-1000/files/a.jpg", "trip/.thumbnails/b.jpg", "trip/._c.jpg"]
    assert found(plant(tmp_path, *hidden, "photo.jpg", "trip/c.jpg")) == ["photo.jpg", "trip/c.jpg"]


def test_a_hidden_folder_that_was_asked_for_is_searched(tmp_path: Path) -> None:
    assert found(plant(tmp_path / ".private", "a.jpg")) == ["a.jpg"]


def test_a_folder_named_like_a_photo_is_a_folder(tmp_path: Path) -> None:
    assert found(plant(tmp_path, "album.jpg/a.png")) == ["album.jpg/a.png"]


def test_our_own_output_is_never_read(tmp_path: Path) -> None:
    output = [f"Sorted-pictures/{OUTPUT_MARK}", "Sorted-pictures/a.jpg", "Sorted-pictures/Person 1/b.jpg"]
    assert found(plant(tmp_path, *output, "a.jpg", "trip/b.jpg")) == ["a.jpg", "trip/b.jpg"]


def test_our_own_output_is_not_read_when_it_is_the_folder_itself(tmp_path: Path) -> None:
    assert found(plant(tmp_path, OUTPUT_MARK, "a.jpg", "Person 1/b.jpg")) == []


@needs_links
def test_links_to_photos_and_to_folders_are_followed(tmp_path: Path) -> None:
    plant(tmp_path / "drive", "holiday/b.jpg", "c.jpg")
    photos = plant(tmp_path / "photos", "a.jpg")
    (photos / "linked").symlink_to(tmp_path / "drive" / "holiday")
    (photos / "c.jpg").symlink_to(tmp_path / "drive" / "c.jpg")
    assert found(photos) == ["a.jpg", "c.jpg", "linked/b.jpg"]


@needs_links
def test_a_link_to_its_own_parent_is_no_trap(tmp_path: Path) -> None:
    plant(tmp_path, "a.jpg", "trip/b.jpg")
    (tmp_path / "trip" / "again").symlink_to(tmp_path / "trip")
    (tmp_path / "trip" / "up").symlink_to("..")
    (tmp_path / "circle.jpg").symlink_to(tmp_path / "circle.jpg")
    assert [photo for photo in found(tmp_path) if photo != "circle.jpg"] == ["a.jpg", "trip/b.jpg"]


@needs_links
def test_a_folder_that_two_links_lead_to_is_read_once(tmp_path: Path) -> None:
    plant(tmp_path / "drive", "a.jpg")
    photos = plant(tmp_path / "photos", "z.jpg")
    (photos / "one").symlink_to(tmp_path / "drive")
    (photos / "two").symlink_to(tmp_path / "drive")
    assert found(photos) == ["z.jpg", "one/a.jpg"]


def test_a_folder_that_goes_away_is_reported_and_the_rest_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "a.jpg", "b/lost.jpg", "c/c.jpg")
    unlisted: list[OSError] = []
    photos = find_photos(tmp_path, unlisted.append)
    assert next(photos) == "a.jpg"
    shutil.rmtree(tmp_path / "b")
    assert list(photos) == [os.path.join("c", "c.jpg")]
    assert [Path(error.filename) for error in unlisted] == [tmp_path / "b"]


class Entries:
    """What os.scandir gives, in the opposite order of the file system's."""

    def __init__(self, entries: Any) -> None:
        with entries:
            self.entries = list(entries)

    def __iter__(self) -> "Entries":
        return self

    def __next__(self) -> Any:
        if not self.entries:
            raise StopIteration
        return self.entries.pop()

    def __enter__(self) -> "Entries":
        return self

    def __exit__(self, *_: object) -> None:
        return None


def test_a_folder_that_may_not_be_listed_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused in the file system's place, because an administrator, as tests may run, is refused nothing."""
    plant(tmp_path, "a.jpg", "locked/b.jpg", "open/c.jpg")
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if os.path.basename(path) == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    unlisted: list[OSError] = []
    assert len(list(find_photos(tmp_path, unlisted.append))) == 2
    assert [(type(error), Path(error.filename).name) for error in unlisted] == [(PermissionError, "locked")]


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    unlisted: list[OSError] = []
    assert list(find_photos(tmp_path / "drive", unlisted.append)) == []
    assert [Path(error.filename).name for error in unlisted] == ["drive"]


def test_the_order_does_not_depend_on_the_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, *(f"{folder}/{name}.jpg" for folder in "cab" for name in ("9", "10", "é", "B", "a")), "z.jpg")
    expected = found(tmp_path)
    assert len(expected) == 16
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: Entries(scandir(path)))
    assert found(tmp_path) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
@pytest.mark.parametrize(
    "name",
    [
        "🏖️ beach.jpg",
        unicodedata.normalize("NFC", "café.jpg"),
        unicodedata.normalize("NFD", "café.jpg"),
        "two\nlines.jpg",
        "tab\t'\"\\ $(x) %s.jpg",
        "-rf.jpg",
        " .jpg",
        os.fsdecode(b"\xff.jpg"),
        os.fsdecode(b"IMG\xe9.JPG"),
    ],
    ids=ascii,
)
def test_any_name_is_found_as_it_is(tmp_path: Path, name: str) -> None:
    plant(tmp_path / name, name)
    assert found(tmp_path) == [f"{name}/{name}"]
    assert (tmp_path / found(tmp_path)[0]).is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold the two names for one")
def test_names_that_look_alike_are_two_photos(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "café.jpg") for form in ("NFC", "NFD"))
    assert set(found(plant(tmp_path, composed, decomposed))) == {composed, decomposed}


STEMS = st.text("aB.é😀 ", min_size=1, max_size=4)
NAMES = st.one_of(
    st.builds("{}.{}".format, STEMS, st.sampled_from([*ORDINARY, *RAW, "JPG", "Nef", "txt", "jpg~", ""])),
    st.sampled_from(["trip", ".cache", "album.jpg", OUTPUT_MARK]),
)
PATHS = st.lists(NAMES.filter(lambda name: name.strip(". ")), min_size=1, max_size=4).map("/".join)


def by_hand(folder: Path) -> Iterator[str]:
    """The same rules, said slowly, for folders without links."""
    marked = {mark.parent for mark in folder.rglob(OUTPUT_MARK) if mark.is_file()}
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        known = path.suffix.lower().removeprefix(".") in {*ORDINARY, *RAW}
        if path.is_file() and known and not hidden and marked.isdisjoint(path.parents):
            yield path.relative_to(folder).as_posix()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PATHS, max_size=12))
def test_any_tree_gives_what_the_rules_say(paths: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in paths:
            try:
                plant(folder, path)
            except OSError:  # a file stands where this path wants a folder
                continue
        photos = found(folder)
        assert sorted(photos) == sorted(by_hand(folder))
        assert len(set(photos)) == len(photos)
