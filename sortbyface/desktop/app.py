"""The program around the window."""

import logging
import os
import sys
from pathlib import Path
from threading import Timer

import platformdirs
from PySide6.QtCore import QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from sortbyface.desktop.album import Album
from sortbyface.desktop.resources import icon
from sortbyface.desktop.speaking import speak
from sortbyface.desktop.starting import no_platform
from sortbyface.desktop.style import dress
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY

_PATIENCE = 5.0
"""Seconds from the closing of the window to the end of the program, whatever it is at then."""

_log = logging.getLogger(__name__)


def usual_library() -> Path:
    """The library in this folder, where the commands keep it; if there is none, the user's own."""
    if LIBRARY.is_file():
        return LIBRARY.absolute()
    return platformdirs.user_data_path("sort-by-face", appauthor=False, ensure_exists=True) / LIBRARY


def run(library: Path | None, folder: Path | None) -> int:
    """Show the window until it is closed; gives the exit code. folder: photos to look at, at once."""
    qInstallMessageHandler(_heed)
    app = QApplication(["sort-by-face"])
    app.setApplicationName("sort-by-face")
    app.setApplicationDisplayName("Sort-By-Face")
    app.setOrganizationName("sort-by-face")
    app.setDesktopFileName("sort-by-face")
    app.setWindowIcon(icon())
    dress(app)
    speak(app)
    album = Album(library or usual_library())
    window = MainWindow(album, QSettings())
    window.closing.connect(_leave_soon)
    window.show()
    if folder is not None:
        album.look_at(folder)
    return app.exec()


def _leave_soon() -> None:
    """What cannot be stopped, such as grouping, is left as a kill would leave it: the next start goes on from there."""
    timer = Timer(_PATIENCE, os._exit, [0])
    timer.daemon = True
    timer.start()


def _heed(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Qt says fatal things right before it ends the program: the user gets a sentence instead of a crash."""
    if kind == QtMsgType.QtFatalMsg:
        print(no_platform(message), file=sys.stderr, flush=True)
        os._exit(1)
    _log.debug("Qt: %s", message)
