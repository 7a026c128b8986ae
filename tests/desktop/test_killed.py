"""A window that is killed loses nothing that it had shown as done."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.people import group_photos
from sortbyface.library import Library
from tests.conftest import CHECKOUT, untouched
from tests.conftest import Album as Photos

SCRIPT = Path(__file__).parent / "killed_window.py"
PATIENCE = 60_000

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")


def killed_while(moment: str, library: Path, photos: Path) -> int:
    """Runs a window of its own until it has killed itself; gives how many photos it had shown as looked at."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(CHECKOUT), *filter(None, sys.path)])}
    command = [sys.executable, str(SCRIPT), moment, str(library), str(photos)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    return int(done.stdout)


def looks(library: Path) -> int:
    with Library.opened(library) as opened:
        return sum(record.content is not None for record in opened.overview.photos(opened.recipe))


def faces(library: Path) -> dict[str, int]:
    """Hash of a photo -> how many faces were found in it."""
    with Library.opened(library) as opened:
        recipe = opened.recipe
        assert recipe is not None
        return {
            content.sha256.hex(): len(opened.overview.faces_in(content.id, recipe))
            for content in opened.overview.contents()
        }


def test_a_look_goes_on_where_the_window_was_killed(qtbot: QtBot, album: Photos, tmp_path: Path) -> None:
    photos = shutil.copytree(album.folder, tmp_path / "photos")
    originals, library = untouched(photos), tmp_path / LIBRARY

    shown = killed_while("looking", library, photos)
    kept = looks(library)

    again = Album(library, thumbnails=tmp_path / "thumbnails")
    window = MainWindow(again, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    with qtbot.waitSignal(again.looked, timeout=PATIENCE) as ended:
        window.show()

    assert 8 <= shown <= kept < 20
    assert ended.args is not None
    assert (ended.args[0].photos, ended.args[0].faces) == (20, 20)
    assert ended.args[0].looked_at <= 20 - shown
    again.close()
    assert untouched(photos) == originals
    assert sum(faces(library).values()) == 20
    with Library.opened(library) as opened:
        assert opened.unfinished_look is None
        assert len(opened.people.records()) >= 2


def test_a_name_that_was_shown_is_there(home: Path) -> None:
    library = home / LIBRARY
    group_photos(library=library)

    killed_while("correcting", library, home / "Album")

    with Library.opened(library) as opened:
        assert "Ada" in [record.name for record in opened.people.records()]
