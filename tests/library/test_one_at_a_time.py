"""Two runs on one library: the second one is told who is there."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sortbyface.errors import LibraryUnusable
from sortbyface.library import Library
from tests.conftest import CHECKOUT

HOLD = """
import sys
from pathlib import Path
from sortbyface.library import Library

sys.argv[0] = "/somewhere/sort_images.py"
with Library.opened(Path(sys.argv[1]), create=True):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def holder(file: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the library until its input ends."""
    command = [sys.executable, "-c", HOLD, str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=CHECKOUT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


TRY = """
import sys
from pathlib import Path
from sortbyface.errors import LibraryBusy
from sortbyface.library import Library

try:
    with Library.opened(Path(sys.argv[1])):
        print("opened")
except LibraryBusy as busy:
    print(busy)
"""


def complaint(file: Path) -> str:
    """What another program hears that wants the library now."""
    command = [sys.executable, "-c", TRY, str(file)]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=True).stdout


def test_threads_of_one_program_share_it(file: Path, tmp_path: Path) -> None:
    with Library.opened(file, create=True) as first:
        with Library.opened(file) as second:
            root, _ = first.photos.root_of(tmp_path)
            assert second.photos.roots() == {root.path}
        assert "is in use by" in complaint(file), "until the last of them leaves it"
    assert complaint(file) == "opened\n"


def test_the_second_is_told_who_holds_it(file: Path, holder: "subprocess.Popen[str]") -> None:
    who = rf"is in use by `sort_images\.py` \(process {holder.pid} on \S+, since \d\d:\d\d\); wait for it"
    assert re.search(who, complaint(file))

    holder.communicate()
    with Library.opened(file):
        pass
    assert {path.name for path in file.parent.iterdir()} == {"library.sqlite", "library.sqlite.lock"}


def test_who_was_killed_holds_nothing(file: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    holder.wait()
    note = Path(f"{file}.in-use")
    left_behind = note.read_text()

    with Library.opened(file):
        assert f"process {os.getpid()} on" in complaint(file)
        note.write_text(left_behind)
        assert "is in use by another run; wait" in complaint(file), "what the dead one wrote is told of nobody else"
    with Library.opened(file):
        pass


def unreadable(note: Path) -> None:
    note.unlink()
    note.mkdir()


def of_another_process(note: Path) -> None:
    about = json.loads(note.read_text())
    note.write_text(json.dumps({**about, "started": 1.0}))


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        unreadable,
        of_another_process,
        lambda note: note.write_text(""),
        lambda note: note.write_text("[1, 2]"),
        lambda note: note.write_text('{"process": 1e400, "host": "", "since": "x"}'),
        lambda note: note.write_bytes(b"\xff\x00"),
    ],
)
def test_without_a_note_the_second_still_stops(file: Path, spoil: object) -> None:
    with Library.opened(file, create=True):
        spoil(Path(f"{file}.in-use"))  # type: ignore[operator]
        assert "is in use by another run; wait" in complaint(file)


def test_yesterday_is_told_with_its_date(file: Path) -> None:
    with Library.opened(file, create=True):
        note = Path(f"{file}.in-use")
        note.write_text(json.dumps({**json.loads(note.read_text()), "since": "2019-07-14T12:00:00+00:00"}))
        assert "since 2019-07-1" in complaint(file)


def test_a_folder_in_place_of_a_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnusable, match="unable to open"), Library.opened(tmp_path, create=True):
        pass
