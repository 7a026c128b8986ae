"""Makes `window-*.jpg`, pictures of the window: python docs/pictures/make_window.py

Shows the demo's album, and so only photographs that ship inside well-known packages.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QLocale, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sortbyface.demo import make_album
from sortbyface.desktop.album import Album
from sortbyface.desktop.find_page import FindPage
from sortbyface.desktop.people_page import PeoplePage
from sortbyface.desktop.speaking import speak
from sortbyface.desktop.style import dress
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.jobs.look import look_at_photos
from sortbyface.jobs.people import group_photos
from sortbyface.jobs.roster import corrections, list_people, show_person

PATIENCE = 60_000
SIZE = (1000, 600)
NAMES = {"C": "Eileen", "H": "Grace"}
"""Folder of somebody's portraits in the demo's album -> who that is."""


def wait(until: Callable[[], bool]) -> None:
    """And let the window work."""
    deadline = QDeadlineTimer(PATIENCE)
    while not until():
        assert not deadline.hasExpired()
        QTest.qWait(20)


def prepare(home: Path) -> Path:
    """The demo's album, with its people named; gives its library."""
    library = home / LIBRARY
    make_album(home / "Album")
    look_at_photos(home / "Album", library=library, embeddings=home / EMBEDDINGS)
    group_photos(library=library)
    names = {}
    for person in list_people(library):
        folders = {sighting.photo.parent.name for sighting in show_person(str(person.id), library)[1]}
        names[person.id] = next(name for folder, name in NAMES.items() if folder in folders)
    with corrections(library) as to:
        for number, name in names.items():
            to.rename(number, name)
    return library


def main(home: Path) -> None:
    app = QApplication([])
    dress(app)
    speak(app, QLocale("en_GB"))
    album = Album(prepare(home), thumbnails=home / "thumbnails")
    window = MainWindow(album, QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat))
    window.resize(*SIZE)
    window.show()
    people = next(page for page in window.pages if isinstance(page, PeoplePage))
    find = next(page for page in window.pages if isinstance(page, FindPage))

    def settle() -> None:
        for _ in range(3):  # what is answered may lead to the next question
            QTest.qWait(300)
            wait(lambda: not album.work.busy and not album.reading.busy and not album.thumbnails._wishes)

    def picture(name: str) -> None:
        settle()
        window.grab().toImage().save(str(Path(__file__).with_name(f"window-{name}.jpg")), "JPG", 88)

    settle()
    people.wall.opened.emit(people.model.index(0))
    picture("person")
    view = people.person_view
    together = [tile.faces[0].likeness.scene.photo.name for tile in view.model.tiles].index("meeting.jpg")
    view.faces.opened.emit(view.model.index(together))
    picture("photo")
    window.show_page("find")
    find.look_at(home / "Album" / "portraits" / "H" / "tilted.jpg", "tilted.jpg")
    wait(find.matches.isVisible)
    picture("find")
    window.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(folder))
