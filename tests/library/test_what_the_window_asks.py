"""Folders, problems, and the look that was not finished."""

import os
from pathlib import Path

from sortbyface.jobs import LIBRARY
from sortbyface.library import Library
from tests.conftest import look_again


def test_folders_and_what_cannot_be_read_in_them(home: Path) -> None:
    (home / "Album" / "broken.jpg").write_bytes(b"no picture")
    look_again(home)

    with Library.opened(home / LIBRARY) as library:
        folders, problems = library.overview.photos_below_roots(), library.overview.problems(library.recipe)

    assert folders == {(home / "Album").resolve(): 21}
    ((path, reason),) = problems
    assert path == (home / "Album" / "broken.jpg").resolve()
    assert reason


def test_what_is_gone_is_no_problem(home: Path) -> None:
    (home / "Album" / "broken.jpg").write_bytes(b"no picture")
    look_again(home)
    (home / "Album" / "broken.jpg").unlink()
    look_again(home)

    with Library.opened(home / LIBRARY) as library:
        assert library.overview.problems(library.recipe) == []
        assert list(library.overview.photos_below_roots().values()) == [20]


def test_an_unfinished_look_is_remembered_whatever_its_folder_is_called(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("Fotos – 2019 ".encode() + b"\xff")
    for expected in (folder, tmp_path, None, None):
        with Library.opened(tmp_path / LIBRARY, create=True) as library:
            library.unfinished_look = expected
        with Library.opened(tmp_path / LIBRARY) as library:
            assert library.unfinished_look == expected
