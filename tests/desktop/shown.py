"""A window on the demo's album, drawn into memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.speaking import speak
from sortbyface.desktop.style import dress
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.people import group_photos


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Dressed as the user sees it, and in English."""
    dress(qapp)
    speak(qapp, QLocale("en_GB"))
    return qapp


@pytest.fixture
def shown_album(home: Path, qtbot: QtBot) -> Iterator[Album]:
    """The demo's album, looked at and grouped: two people in ten photos each."""
    group_photos(library=home / LIBRARY)
    album = Album(home / LIBRARY, thumbnails=home / "thumbnails")
    yield album
    album.close()


@pytest.fixture
def window(shown_album: Album, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The whole window, on screen."""
    window = MainWindow(shown_album, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show()
    return window
