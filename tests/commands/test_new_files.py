"""The file that tune, map and graph write: whole or not at all, and never in the place of another."""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sortbyface.commands import graph, map, terminal, tune
from sortbyface.jobs import LIBRARY
from sortbyface.jobs import destination as destinations
from tests.commands.conftest import Typed

WRITERS = [(tune.main, "new.png"), (map.main, "new.svg"), (graph.main, "new.graphml")]

each_writer = pytest.mark.parametrize(("main", "name"), WRITERS, ids=["tune", "map", "graph"])


def things(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def occupy_with_file(place: Path) -> None:
    place.write_text("mine")


def occupy_with_folder(place: Path) -> None:
    place.mkdir()


def occupy_with_dangling_link(place: Path) -> None:
    place.symlink_to(place.parent / "on a drive that is away")


@each_writer
@pytest.mark.parametrize("occupy", [occupy_with_file, occupy_with_folder, occupy_with_dangling_link])
def test_what_has_the_name_stays(
    home: Path, typed: Typed, main: terminal.Command, name: str, occupy: Callable[[Path], None]
) -> None:
    occupy(home / name)
    before = os.lstat(home / name)

    done = typed(main, "-dest", name)

    assert done.complaint == f"{name} exists and is not replaced; choose another name, or remove it"
    assert os.lstat(home / name) == before


@each_writer
@pytest.mark.parametrize(
    ("destination", "complaint"),
    [
        ("new.pdf", "new.pdf: the name must end with ."),
        ("new", "new: the name must end with ."),
        ("missing/{name}", "missing/{name}: there is no folder missing; make it, or choose another"),
        ("Album/scenery/flower.jpg/{name}", "there is no folder Album/scenery/flower.jpg"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_refused_at_once(
    tmp_path: Path, typed: Typed, main: terminal.Command, name: str, destination: str, complaint: str
) -> None:
    """Before the library is opened: here is none."""
    done = typed(main, "-dest", destination.format(name=name))

    assert complaint.format(name=name) in done.complaint
    assert not things(tmp_path)


@each_writer
def test_a_disk_that_is_full(
    home: Path, typed: Typed, main: terminal.Command, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = things(home)

    def bring_to_disk(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(destinations.os, "fsync", bring_to_disk)
    done = typed(main, "-dest", name)

    assert done.complaint == f"{name} cannot be written: No space left on device; choose another place"
    assert things(home) == before


@each_writer
def test_a_folder_that_may_not_be_written(
    home: Path, typed: Typed, main: terminal.Command, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which the name of the unfinished file stands for here: there is no such folder."""
    monkeypatch.setattr(destinations, "unfinished_copy", lambda _: home / "gone" / "part")

    done = typed(main, "-dest", name)

    assert done.complaint.startswith(f"{name} cannot be written: No such file or directory")


@each_writer
def test_a_name_that_is_taken_while_the_work_goes_on(
    home: Path, typed: Typed, main: terminal.Command, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unfinished_copy = destinations.unfinished_copy

    def meanwhile(target: Path) -> Path:
        target.write_text("mine")
        return unfinished_copy(target)

    monkeypatch.setattr(destinations, "unfinished_copy", meanwhile)
    before = things(home)
    done = typed(main, "-dest", name)

    assert "exists and is not replaced" in done.complaint
    assert (home / name).read_text() == "mine"
    assert things(home) == before | {name}


@each_writer
def test_a_stop_in_the_middle_leaves_nothing(
    home: Path, typed: Typed, main: terminal.Command, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = things(home)

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(destinations.os, "fsync", stop)

    assert typed(main, "-dest", name).code == terminal.INTERRUPTED
    assert things(home) == before


@each_writer
@pytest.mark.parametrize(
    ("change", "complaint"),
    [("DELETE FROM faces", "no face was found in any photo yet"), ("DELETE FROM settings", "holds no photos yet")],
)
def test_nobody(home: Path, typed: Typed, main: terminal.Command, name: str, change: str, complaint: str) -> None:
    with closing(sqlite3.connect(home / LIBRARY)) as library, library:
        library.execute(change)
    before = things(home)

    assert complaint in typed(main, "-dest", name).complaint
    assert things(home) == before


@each_writer
def test_no_library(typed: Typed, main: terminal.Command, name: str) -> None:
    assert f"{LIBRARY}: no library here yet; look at photos first" in typed(main, "-dest", name).complaint


@pytest.mark.parametrize(("main", "name"), WRITERS[1:], ids=["map", "graph"])
def test_a_drive_that_is_away(home: Path, typed: Typed, main: terminal.Command, name: str) -> None:
    (home / "Album").rename(home / "unplugged")

    assert "Is their drive connected?" in typed(main, "-dest", name).complaint
    assert not (home / name).exists()
