"""A window that kills itself, as a power cut would, at the very moment at which it has shown something as done.

killed_window.py looking|correcting LIBRARY PHOTOS: what it had shown goes to its output.
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLabel

from sortbyface.desktop.album import Album
from sortbyface.desktop.window import MainWindow

LEAST = 8


def main(moment: str, library: Path, photos: Path) -> None:
    app = QApplication([])
    album = Album(library, thumbnails=library.parent / "thumbnails")
    window = MainWindow(album, QSettings(str(library.parent / "settings.ini"), QSettings.Format.IniFormat))
    window.show()
    if moment == "looking":
        album.look_at(photos)
    else:
        album.correct(lambda corrections: corrections.rename(1, "Ada"))

    def watch() -> None:
        shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
        if moment == "looking":
            ends = album.progress is not None and album.progress.done >= LEAST and any("photos" in t for t in shown)
        else:
            ends = any("Ada" in text for text in shown)
        if ends:
            os.write(1, f"{album.progress.done if album.progress else 0}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    clock = QTimer(interval=5)
    clock.timeout.connect(watch)
    clock.start()
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
