"""Goes through the window as a user does, by clicks and keys, with a picture of the screen after each step.

journey.py HOME PICTURES: HOME holds `Album`, the demo's, and `me.jpg`. Ends with 0 if all that was to be seen was seen.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QLocale, QPoint, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.find_page import FindPage
from sortbyface.desktop.merge_dialog import MergeDialog
from sortbyface.desktop.people_page import PeoplePage
from sortbyface.desktop.photos_page import PhotosPage
from sortbyface.desktop.sort_page import SortPage
from sortbyface.desktop.speaking import speak
from sortbyface.desktop.style import dress
from sortbyface.desktop.tile_view import TileView
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY
from tests.conftest import folders

PATIENCE = 30_000
LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


class Traveller:
    """With a window, on a screen."""

    def __init__(self, home: Path, pictures: Path) -> None:
        self.home, self._pictures, self._taken = home, pictures, 0
        self.album = Album(home / LIBRARY, thumbnails=home / "thumbnails")
        self.troubles: list[str] = []
        self.album.failed.connect(self.troubles.append)
        self.album.broken.connect(lambda error: self.troubles.append(repr(error)))
        self.window = MainWindow(self.album, QSettings(str(home / "settings.ini"), QSettings.Format.IniFormat))
        self.window.move(0, 0)
        self.window.show()
        self.to_front(self.window)
        pages = self.window.pages
        self.photos = next(page for page in pages if isinstance(page, PhotosPage))
        self.people = next(page for page in pages if isinstance(page, PeoplePage))
        self.find = next(page for page in pages if isinstance(page, FindPage))
        self.sort = next(page for page in pages if isinstance(page, SortPage))

    def wait(self, seen: Callable[[], bool], what: str) -> None:
        """Until it is so."""
        deadline = QDeadlineTimer(PATIENCE)
        while not seen():
            if deadline.hasExpired():
                self.picture("too late")
                raise AssertionError(f"{what}: never seen; {self.troubles}")
            QTest.qWait(10)

    def settle(self) -> None:
        """Until nothing is asked for any more, and all faces are cut."""
        album = self.album
        self.wait(
            lambda: not album.work.busy and not album.reading.busy and not album.thumbnails._wishes, "an end of work"
        )

    def to_front(self, widget: QWidget) -> None:
        """Nobody else does, without a window manager."""
        widget.window().activateWindow()
        self.wait(widget.window().isActiveWindow, f"{widget.window().windowTitle()} in front")

    def picture(self, step: str) -> None:
        """Of the whole screen."""
        if step != "too late":
            self.settle()
        QTest.qWait(50)
        self._taken += 1
        self.window.screen().grabWindow(0).save(str(self._pictures / f"{self._taken:02} {step}.png"))

    def go_to(self, page: QWidget) -> None:
        """By its key."""
        QTest.keyClick(self.window, Qt.Key(Qt.Key.Key_1 + self.window.pages.index(page)), CTRL)  # type: ignore[arg-type]
        self.wait(page.isVisible, page.accessibleName())
        self.settle()

    def press(self, button: QPushButton) -> None:
        self.wait(lambda: button.isVisible() and button.isEnabled(), f"{button.text()} to be pressed")
        QTest.mouseClick(button, LEFT)

    def click_tile(self, view: TileView, row: int, *, ctrl: bool = False) -> None:
        where = view.visualRect(view.model().index(row, 0)).center() - QPoint(0, 20)
        QTest.mouseClick(view.viewport(), LEFT, CTRL if ctrl else Qt.KeyboardModifier.NoModifier, where)

    def answer_file_dialog(self, path: Path) -> None:
        """As soon as it comes up."""

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            field = dialog.findChild(QLineEdit, "fileNameEdit") if isinstance(dialog, QFileDialog) else None
            if field is None:
                QTimer.singleShot(50, answer)
                return
            field.setFocus()
            field.selectAll()
            QTest.keyClicks(field, str(path))
            QTest.keyClick(field, Qt.Key.Key_Return)

        QTimer.singleShot(50, answer)

    def wall(self) -> dict[str, str]:
        """Name on the wall -> what stands below it."""
        model = self.people.model
        tiles = [model.tile(model.index(row)) for row in range(model.rowCount())]
        return {tile.person.name: model.note(tile) for tile in tiles if tile is not None and hasattr(tile, "person")}

    def row_of(self, name: str) -> int:
        return [self.people.model.index(row).data() for row in range(self.people.model.rowCount())].index(name)

    def name(self, old: str, new: str) -> None:
        """On the wall, with F2."""
        wall = self.people.wall
        wall.setFocus()
        wall.setCurrentIndex(self.people.model.index(self.row_of(old)))
        QTest.keyClick(wall, Qt.Key.Key_F2)
        self.wait(lambda: any(one.isVisible() for one in wall.findChildren(QLineEdit)), "a field for the name")
        field = next(one for one in wall.findChildren(QLineEdit) if one.isVisible())
        field.selectAll()
        QTest.keyClicks(field, new)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.wait(lambda: new in self.wall(), new)

    def sees(self, wall: dict[str, str]) -> None:
        self.wait(lambda: self.wall() == wall, f"{wall}, not {self.wall()}")

    def said(self, words: str) -> None:
        self.wait(lambda: words in self.window._said.text(), words)


def look(at: Traveller) -> None:
    """A folder in; who is in it comes by itself."""
    at.picture("welcome")
    at.answer_file_dialog(at.home / "Album")
    at.press(at.photos.welcome.choose_button)
    at.to_front(at.window)
    at.wait(lambda: at.album.progress is not None and at.album.progress.done > 2, "photos being looked at")
    at.window.grab().save(str(at._pictures / "looking.png"))
    at.wait(lambda: at.people.isVisible() and len(at.wall()) == 2, "two people")
    at.sees({"Person 1": "10 photos", "Person 2": "10 photos"})
    at.picture("people")


def name_and_correct(at: Traveller) -> None:
    """Two names; one face to somebody new, who is then merged; one face to nobody."""
    at.name("Person 1", "Ada")
    at.name("Person 2", "Grace")
    at.picture("named")
    view = at.people.person_view

    at.click_tile(at.people.wall, at.row_of("Ada"))
    at.wait(lambda: view.isVisible() and view.model.rowCount() == 10, "ten faces")
    at.click_tile(view.faces, 0)
    at.picture("one person")
    at.press(view.actions_bar.split_off)
    at.wait(lambda: view.model.rowCount() == 9, "nine faces")
    wall = at.people.wall
    QTest.keyClick(view.faces, Qt.Key.Key_Escape)
    at.wait(wall.isVisible, "everybody")
    at.sees({"Grace": "10 photos", "Ada": "9 photos", "Person 3": "1 photo"})

    wall.setFocus()
    wall.setCurrentIndex(at.people.model.index(at.row_of("Ada")))
    at.click_tile(wall, at.row_of("Person 3"), ctrl=True)
    QTest.keyClick(wall, Qt.Key.Key_M, CTRL)
    at.wait(lambda: any(one.isVisible() for one in at.window.findChildren(MergeDialog)), "a question")
    question = next(one for one in at.window.findChildren(MergeDialog) if one.isVisible())
    at.to_front(question)
    at.picture("merge")
    QTest.mouseClick(question.merge_button, LEFT)
    at.to_front(at.window)
    at.sees({"Ada": "10 photos", "Grace": "10 photos"})

    at.click_tile(wall, at.row_of("Ada"))
    at.wait(lambda: view.isVisible() and view.model.rowCount() == 10, "ten faces again")
    at.click_tile(view.faces, 9)
    at.press(view.actions_bar.reject)
    at.wait(lambda: view.model.rowCount() == 9, "nine faces")
    QTest.keyClick(view.faces, Qt.Key.Key_Return)
    at.wait(view.photo.isVisible, "a photo seen large")
    at.picture("one photo")
    QTest.keyClick(view.photo.canvas, Qt.Key.Key_Escape)
    at.picture("corrected")
    QTest.keyClick(view.faces, Qt.Key.Key_Escape)
    at.wait(wall.isVisible, "everybody again")
    at.sees({"Grace": "10 photos", "Ada": "9 photos"})


def find_me(at: Traveller) -> None:
    """From a picture to copies."""
    at.go_to(at.find)
    at.answer_file_dialog(at.home / "me.jpg")
    at.press(at.find.buttons.choose_button)
    at.to_front(at.window)
    at.wait(lambda: at.find.who.words.text() == "This is Grace.", "Grace")
    at.picture("found")
    (at.home / "Grace").mkdir()
    at.answer_file_dialog(at.home / "Grace")
    at.press(at.find.matches.copy_button)
    at.to_front(at.window)
    at.said("10 photos copied")
    at.picture("copied")
    assert len([one for one in (at.home / "Grace").iterdir() if not one.name.startswith(".")]) == 10


def sort_and_undo(at: Traveller) -> None:
    """Folders with names, and one for who is nobody; and none any more."""
    at.go_to(at.sort)
    form, view, sorted_into = at.sort.form, at.sort.view, at.home / "Sorted"
    form.folder.selectAll()
    QTest.keyClicks(form.folder, str(sorted_into))
    at.wait(lambda: at.sort._preview is not None and at.sort._preview.choices.destination == sorted_into, "a plan")
    at.picture("plan")
    assert not sorted_into.exists()
    at.press(view.start_button)
    at.wait(lambda: view.summary.text().startswith("All is in place already"), "all in place")
    at.picture("sorted")
    assert {name: len(files) for name, files in folders(sorted_into).items()} == {
        "Grace": 10,
        "Ada": 9,
        "Others": 1,
    }

    QTest.mouseClick(view.tabs.tabBar(), LEFT, pos=view.tabs.tabBar().tabRect(1).center())
    at.picture("history")
    QTest.keyClick(at.window, Qt.Key.Key_Z, CTRL)
    at.said("Taken back: what was put into")
    at.picture("taken back")
    assert not sorted_into.exists()


def main(home: Path, pictures: Path) -> None:
    app = QApplication([])
    dress(app)
    speak(app, QLocale("en_GB"))
    at = Traveller(home, pictures)
    for step in (look, name_and_correct, find_me, sort_and_undo):
        step(at)
        assert at.troubles == []
    at.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
