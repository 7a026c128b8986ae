"""python -m sortbyface montage, where photos, people, or the room for pictures are missing."""

import errno
import os
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from PIL import Image

from sortbyface.faces import thumbnails
from sortbyface.photos.reading import read_photo
from tests.commands.conftest import Montage
from tests.commands.painted import Painted
from tests.conftest import tree, untouched


def test_photos_that_are_gone_or_changed_are_left_out_and_named(
    painted: Painted, montage: Montage, tmp_path: Path
) -> None:
    (painted.folder / "041.png").unlink()
    Image.new("RGB", (299, 300), "white").save(painted.folder / "042.png")

    done = montage("--min-photos", 1)

    assert done.code == 0
    assert painted.photos_in(tmp_path / "Montages" / "Person 2.jpg") == [43]
    assert [os.path.basename(line.split(": ")[0]) for line in done.err.splitlines()] == ["041.png", "042.png"]
    assert done.out.splitlines()[-1].endswith(", 2 photos gone")


def test_photos_that_cannot_be_read_any_more_are_left_out_and_named(
    painted: Painted, montage: Montage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They vanish after the command has begun, all of person 2's among them."""

    def vanishing(path: Path, side: Callable[[int], int]) -> object:
        if path.stem in ("041", "042", "043", "050"):
            path.unlink()
        return read_photo(path, side)

    monkeypatch.setattr(thumbnails, "read_photo", vanishing)

    done = montage()

    assert done.code == 0
    assert [line.split(": ")[1] for line in done.err.splitlines()] == ["No such file or directory"] * 4
    assert done.out.splitlines()[-1].endswith("1 pictures, everybody in People.jpg, 4 not readable")
    assert set(tree(tmp_path / "Montages")) == {"Person 1.jpg", "People.jpg"}


def test_no_library(montage: Montage) -> None:
    assert "embedder.py -src" in montage().complaint


def test_nobody_has_been_sorted_yet(painted: Painted, montage: Montage, tmp_path: Path) -> None:
    painted.sort(1, 2, 3)
    assert "python sort_images.py" in montage().complaint
    assert not (tmp_path / "Montages").exists()


@pytest.mark.parametrize("gone", [range(51), [*range(44), 50]])
def test_an_unplugged_drive_changes_nothing(
    painted: Painted, montage: Montage, tmp_path: Path, gone: Collection[int]
) -> None:
    painted.show(49)  # without a face
    painted.sort()
    montage()
    before = untouched(tmp_path / "Montages")
    for photo in gone:
        (painted.folder / f"{photo:03d}.png").unlink(missing_ok=True)

    assert "nothing was changed" in montage().complaint

    assert untouched(tmp_path / "Montages") == before


@pytest.mark.parametrize(
    ("destination", "words"),
    [
        ("Painted", "holds the photos themselves"),
        ("a file", "is a file"),
        ("a file/below", "a file"),
        ("full", "full holds other files"),
        (".", "holds other files"),
    ],
)
def test_a_destination_that_will_not_do(
    painted: Painted, montage: Montage, tmp_path: Path, destination: str, words: str
) -> None:
    (tmp_path / "a file").write_text("in the way")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "Person 1.jpg").write_bytes(b"mine")
    before = {path: content for path, content in tree(tmp_path).items() if ".sqlite" not in path}

    assert words in montage("-dest", destination).complaint

    assert {path: content for path, content in tree(tmp_path).items() if ".sqlite" not in path} == before


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "make room"), (errno.EROFS, "allow writing there"), (errno.EIO, "allow writing there")],
)
def test_a_disk_that_is_full_or_broken(
    painted: Painted, montage: Montage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str
) -> None:
    montage()
    before = tree(tmp_path / "Montages")

    def broken(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", broken)
        assert f"Montages: {os.strerror(number)}; to go on, {remedy}" in montage("--seed", 1).complaint

    assert tree(tmp_path / "Montages") == before
    assert {path.name for path in (tmp_path / "Montages").glob(".*")} == {".sort-by-face"}


@pytest.mark.parametrize("arguments", [["--pick", "pretty"], ["--min-photos", "0"], ["--seed", "-1"], ["x"]])
def test_wrong_usage_is_2(montage: Montage, arguments: list[str]) -> None:
    assert montage(*arguments).code == 2
