"""A whole journey in a window on a display without a window manager: from a folder of photos to sorted ones, and back.

The pictures of each step are kept in the folder that JOURNEY_PICTURES names, else among the test's own files.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import CHECKOUT, Album, untouched

STEPS = ["welcome", "people", "named", "one person", "merge", "one photo", "corrected", "found", "copied"]
STEPS += ["plan", "sorted", "history", "taken back"]
TRY = "from PySide6.QtWidgets import QApplication; QApplication([])"


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    """An environment whose windows come up on a screen of their own."""
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb, a display without a screen, which is not here")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1180x780x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        if not number:
            pytest.skip("Xvfb does not start here")
        yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": "1"}
    finally:
        server.terminate()
        server.wait()


def test_a_whole_journey(display: dict[str, str], album: Album, tmp_path: Path) -> None:
    tried = subprocess.run([sys.executable, "-c", TRY], env=display, capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"Qt cannot use an X11 display here: {tried.stderr.strip()[-200:]}")
    pictures = Path(os.environ.get("JOURNEY_PICTURES", tmp_path / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    home = tmp_path / "home"
    shutil.copytree(album.folder, home / "Album")
    with Image.open(album.folder / "portraits" / "H" / "tilted.jpg") as image:
        image.resize((320, 380)).save(home / "me.jpg")
    photos = untouched(home / "Album")

    done = subprocess.run(
        [sys.executable, "-m", "tests.desktop.journey", home, pictures],
        cwd=CHECKOUT,
        env=display,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert untouched(home / "Album") == photos
    taken = {path.stem.split(maxsplit=1)[-1] for path in pictures.glob("*.png")}
    assert taken >= set(STEPS)
