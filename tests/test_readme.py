"""Everything that the README tells the reader to type works as written, from top to bottom."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sortbyface.commands import check, embed, find, sort
from sortbyface.embedders import EMBEDDERS
from tests.conftest import CHECKOUT, Album, folders

README = (CHECKOUT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture
def reader(tmp_path: Path, album: Album, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Someone with ~/Pictures, a picture of themselves, and the three commands at hand."""
    shutil.copytree(album.folder, tmp_path / "Pictures")
    shutil.copy(album.folder / "portraits" / "H" / "tilted.jpg", tmp_path / "me.jpg")
    for command in CHECKOUT.glob("*.py"):
        (tmp_path / command.name).symlink_to(command)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (tmp_path / "bin" / "python").chmod(0o755)
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(CHECKOUT))
    return tmp_path


def test_the_commands_from_top_to_bottom(reader: Path) -> None:
    commands = [line for block in blocks("sh") for line in block.splitlines() if not line.startswith("make")]
    assert len(commands) >= 8

    for command in commands:
        done = subprocess.run(command, shell=True, cwd=reader, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, (command, done.stderr)

    assert sorted(map(len, folders(reader / "Sorted-pictures").values())) == [10, 10]
    assert len(list((reader / "Photos of me").glob("[!.]*"))) == 9
    assert {"Family", "Montages", "Sorted", "Sorted-from-file", "Sorted-more-strictly", "thresholds.png"} <= set(
        os.listdir(reader)
    )


def test_the_python_example(reader: Path) -> None:
    (example,) = blocks("python")

    done = subprocess.run(
        [sys.executable, "-c", example], cwd=reader, capture_output=True, text=True, timeout=300, check=False
    )

    assert done.stdout.splitlines() == ["20 faces in 20 photos", "[('Person 1', 10), ('Person 2', 10)]", "9"], (
        done.stderr
    )


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines() if "make" in line])
def test_the_make_targets_run_what_is_described(line: str) -> None:
    done = subprocess.run(
        [*shlex.split(line), "--dry-run"], cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "embedder.py -src" in done.stdout if "sort" in line else "-m pytest" in done.stdout


def test_every_option_that_is_named_exists(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (embed, sort, find, check):
        with pytest.raises(SystemExit):
            command.main(["--help"])

    named = set(re.findall(r"(?<=`)-{1,2}[a-z-]+", README)) - {"--help"}
    assert named
    assert named <= set(re.findall(r"-{1,2}[a-z-]+", capsys.readouterr().out))


def test_the_default_thresholds_are_the_ones_in_use() -> None:
    dlib, facenet = EMBEDDERS["dlib"].threshold, EMBEDDERS["facenet"].threshold

    assert f"{dlib} with dlib's network and {facenet} with FaceNet" in " ".join(README.split())
