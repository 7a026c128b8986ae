"""`python -m sortbyface models`, as a user types it, in a checkout of one's own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from sortbyface.networks.weights import packaged_dlib_file
from tests.conftest import CHECKOUT, Album, Finished, Run
from tests.faulty_server import Answer, serving
from tests.networks.catalogues import BEGUN, CONTENT, FIRST, RIGHT, WHOLE, entry, installed, publish

FACENET = "facenet-20180402-114759.npz"

Models = Callable[..., Finished]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The Models/ folder of a copy of the program, with a catalogue of one file that nobody serves."""
    shutil.copytree(CHECKOUT / "sortbyface", tmp_path / "checkout" / "sortbyface")
    publish(tmp_path / "checkout" / "Models", entry())
    return tmp_path / "checkout" / "Models"


def command(folder: Path, *arguments: object) -> list[str]:
    start = f"import sys; sys.path.insert(0, {str(folder.parent)!r}); from sortbyface.__main__ import main; main()"
    return [sys.executable, "-c", start, "models", *map(str, arguments)]


@pytest.fixture
def models(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Models:
    """Run it from a folder that is not the checkout: models("fetch", "face")."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    def run_command(*arguments: object) -> Finished:
        done = subprocess.run(
            command(folder, *arguments), cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    return run_command


def listed(models: Models, file: str = "weights.h5") -> dict[str, object]:
    """The record of one file in the list for programs."""
    (record,) = (record for record in json.loads(models("list", "--json").out) if record["file"] == file)
    return dict(record)


# --- list ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["list"]])
def test_the_list_says_what_there_is_and_whence(models: Models, arguments: list[str]) -> None:
    done = models(*arguments)

    assert (done.code, done.err) == (0, "")
    assert "weights.h5" in done.out
    assert "not here" in done.out
    assert "https://example.org/weights" in done.out
    assert "MIT" in done.out


def test_the_list_for_programs_holds_the_same(models: Models, folder: Path) -> None:
    assert listed(models) == {**entry(), "url": None, "package": None, "state": "absent", "path": None}

    (folder / "weights.h5").write_bytes(CONTENT)
    assert listed(models)["state"] == "verified"
    (folder / "weights.h5").write_bytes(CONTENT[:-1])
    assert listed(models)["state"] == "damaged"
    assert listed(models)["path"] == str(folder / "weights.h5")
    (folder / "weights.h5").rename(folder / "weights.h5.part")
    assert listed(models)["state"] == "partial"


# --- fetch -----------------------------------------------------------------------------------------------------------


def test_a_download_from_beginning_to_end(models: Models, folder: Path) -> None:
    with serving(RIGHT) as server:
        publish(folder, entry(url=server.url))
        assert "models fetch face" in models().out
        first, second = models("fetch", "face"), models("fetch", "face")

    assert (first.code, first.err) == (0, ""), "no progress bar where there is no terminal"
    assert "verified" in first.out
    assert "nothing was done" in second.out
    assert installed(folder) == WHOLE
    assert len(server.asked) == 1
    assert "verified" in models().out


@pytest.mark.usefixtures("models")
@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal to look at")
def test_on_a_terminal_a_bar_is_drawn(models: Models, folder: Path, tmp_path: Path) -> None:
    import pty
    import termios

    screen, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    with serving(RIGHT) as server:
        publish(folder, entry(url=server.url))
        subprocess.run(command(folder, "fetch", "face"), cwd=tmp_path, stderr=terminal, timeout=60, check=True)
    os.close(terminal)

    assert b"downloading" in os.read(screen, 10_000)
    os.close(screen)


def test_a_wrong_file_is_refused_in_one_line(models: Models, folder: Path) -> None:
    with serving(Answer(b"<html>Not found</html>", kind="text/html")) as server:
        publish(folder, entry(url=server.url))
        complaint = models("fetch", "face").complaint

    assert "web page" in complaint
    assert "https://example.org/weights" in complaint
    assert installed(folder) == {}


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_download_that_is_stopped_goes_on_later(models: Models, folder: Path, tmp_path: Path, end: int) -> None:
    """And another one meanwhile says that it is not the only one."""
    sent = threading.Event()
    with serving(Answer(CONTENT, cut=FIRST, stall=True), RIGHT) as server:
        server.on_answer = lambda _: sent.set()
        publish(folder, entry(url=server.url))
        with subprocess.Popen(
            command(folder, "fetch", "face"), cwd=tmp_path, stderr=subprocess.PIPE, text=True
        ) as fetching:
            assert sent.wait(60)
            complaint = models("fetch", "face").complaint
            while installed(folder) != BEGUN:
                assert fetching.poll() is None
            fetching.send_signal(end)
            _, words = fetching.communicate(timeout=20)
        finished = models("fetch", "face")

    assert "another run" in complaint
    if end == signal.SIGINT:
        assert fetching.returncode == 130
        assert words == "stopped. What was done is kept; the same command goes on from here\n"
    assert finished.code == 0, finished.err
    assert server.asked == [None, f"bytes={FIRST}-"]
    assert installed(folder) == WHOLE


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["these can be downloaded: face"]),
        (["unknown"], ["unknown is not known", "these can be downloaded: face"]),
        (["by-hand"], ["https://example.org/weights", "models add FILE"]),
        (["in-package"], ["pip install mtcnn"]),
    ],
)
def test_what_cannot_be_downloaded(models: Models, folder: Path, arguments: list[str], words: list[str]) -> None:
    other = entry(name="by-hand", file="b.h5"), entry(name="in-package", file="pnet.lz4", sha256=None, package="mtcnn")
    publish(folder, entry(url="http://127.0.0.1:9/weights.h5"), *other)

    complaint = models("fetch", *arguments).complaint

    assert all(each in complaint for each in words)


@pytest.mark.parametrize("arguments", [["add"], ["remove", "face"], ["fetch", "face", "face"]])
def test_wrong_usage(models: Models, arguments: list[str]) -> None:
    assert models(*arguments).code == 2


# --- add -------------------------------------------------------------------------------------------------------------


def test_the_real_weights_are_known_by_their_checksum(models: Models, folder: Path, shared: Path) -> None:
    shutil.copy(CHECKOUT / "Models" / "models.toml", folder)

    added, again = models("add", shared / "weights" / FACENET), models("add", shared / "weights" / FACENET)

    assert added.code == 0, added.err
    assert "as it was published" in added.out
    assert "nothing was done" in again.out
    assert installed(folder).keys() == {FACENET}
    assert listed(models, FACENET)["state"] == "verified"


def test_weights_that_no_catalogue_knows_are_tried(models: Models, shared: Path) -> None:
    added = models("add", shared / "weights" / FACENET)

    assert added.code == 0, added.err
    assert "your own; network facenet)" in added.out
    assert listed(models, FACENET)["state"] == "added"


@pytest.mark.parametrize("what", ["a web page", "a network that comes along", "nothing"])
def test_what_is_not_of_a_network_is_refused_in_one_line(
    models: Models, folder: Path, tmp_path: Path, what: str
) -> None:
    shutil.copy(CHECKOUT / "Models" / "models.toml", folder)
    if what == "a web page":
        (tmp_path / "facenet.h5").write_text("<html>Please log in</html>")
    elif what != "nothing":
        shutil.copy(packaged_dlib_file("mmod_human_face_detector.dat"), tmp_path / "facenet.h5")

    assert "facenet.h5" in models("add", "facenet.h5").complaint
    assert installed(folder) == {}


# --- nothing else goes out -------------------------------------------------------------------------------------------

WATCH = """
import os, sys

def look(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname") or (
        event == "socket.connect" and isinstance(arguments[1], tuple)
    ):
        with open(os.environ["CALLS"], "a") as calls:
            calls.write(f"{event} {arguments}\\n")

sys.addaudithook(look)
"""


def test_only_a_download_that_was_asked_for_leaves_the_computer(
    run: Run, models: Models, folder: Path, home: Path, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every process is watched, workers and exports, too."""
    calls = home / "calls"
    (home / "watch").mkdir()
    (home / "watch" / "sitecustomize.py").write_text(WATCH)
    shutil.copy(next(album.folder.rglob("*.jpg")), home / "Album" / "new.jpg")
    with (home / "Album" / "new.jpg").open("ab") as file:
        file.write(b"so that it is looked at")
    monkeypatch.setenv("CALLS", str(calls))
    monkeypatch.setenv("PYTHONPATH", f"{home / 'watch'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")

    selfie = album.folder / "portraits" / "H" / "tilted.jpg"
    assert run("embedder.py", "-src", "Album", "--embedder", "dlib").code == 0
    assert run("sort_images.py").code == 0
    assert run("get_individual.py", "-src", selfie, "-dest", "Me").code == 0
    assert models("list").code == 0
    (home / "mine.h5").write_bytes(CONTENT)
    assert models("add", "mine.h5").code == 0
    assert not calls.exists()

    (folder / "weights.h5").unlink()
    with serving(RIGHT) as server:
        publish(folder, entry(url=server.url))
        assert models("fetch", "face").code == 0
    assert "socket.connect" in calls.read_text(), "whoever calls is seen"
