"""The first minutes: photos are shown to the window, and it looks at them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.photos_page import PhotosPage
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY
from tests.conftest import Album as Photos
from tests.conftest import untouched

PATIENCE = 60_000
LEFT = Qt.MouseButton.LeftButton

Open = Callable[[], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens a window on this user's library, which need not be there yet; again and again if asked."""
    windows: list[MainWindow] = []

    def open_one() -> MainWindow:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Album(tmp_path / "data" / LIBRARY, thumbnails=tmp_path / "thumbnails"), settings)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        return window

    (tmp_path / "data").mkdir()
    yield open_one
    for window in windows:
        window.close()


@pytest.fixture
def photos(album: Photos, tmp_path: Path) -> Path:
    """Twenty photos, and one that cannot be read."""
    folder = shutil.copytree(album.folder, tmp_path / "Pictures")
    (folder / "broken.jpg").write_bytes(b"no picture")
    return folder


@pytest.fixture
def many_photos(album: Photos, tmp_path: Path) -> Path:
    """Four hundred, no two of them the same file."""
    folder = tmp_path / "Many"
    for number in range(20):
        for photo in shutil.copytree(album.folder, folder / str(number)).rglob("*.*"):
            with photo.open("ab") as file:
                file.write(bytes([number]))
    return folder


def page_of(window: MainWindow) -> PhotosPage:
    return next(page for page in window.pages if isinstance(page, PhotosPage))


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drag files over the window and let them go; gives whether it takes them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (mime, LEFT, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(200, 200).toPoint(), Qt.DropAction.CopyAction, *how)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, *how))
    return enter.isAccepted()


def test_from_nothing_to_the_people(
    qtbot: QtBot, open_window: Open, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(photos))
    originals, window = untouched(photos), open_window()
    page, said = page_of(window), set()
    window._album.looking_changed.connect(lambda: said.add(page.looking.words.text()))
    assert page.isVisible()
    assert page.welcome.isVisible()

    qtbot.mouseClick(page.welcome.choose_button, LEFT)
    qtbot.waitUntil(page.looking.bar.isVisible, timeout=PATIENCE)
    with qtbot.waitSignal(window._album.looked, timeout=PATIENCE):
        pass

    assert any("of 21 photos" in words for words in said)
    assert any("photos a second" in words for words in said)
    qtbot.waitUntil(lambda: page.looking.faces.faces.rowCount() > 0, timeout=PATIENCE)
    window.show_page("photos")
    qtbot.waitUntil(page.problems.isVisible, timeout=PATIENCE)
    listed = page.problems.list.model()
    assert listed.index(0, 0).data().startswith(str(photos / "broken.jpg"))
    assert untouched(photos) == originals
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["Pictures", "data", "thumbnails"]


def test_paused_closed_and_continued_another_day(qtbot: QtBot, open_window: Open, many_photos: Path) -> None:
    window = open_window()
    album, page = window._album, page_of(window)
    assert drop(window, many_photos)
    qtbot.waitUntil(lambda: album.progress is not None and album.progress.done > 0, timeout=PATIENCE)

    qtbot.mouseClick(page.looking.pause_button, LEFT)
    assert not page.looking.pause_button.isEnabled()
    qtbot.waitUntil(lambda: album.paused, timeout=PATIENCE)
    assert "Many" in page.looking.heading.text()
    assert page.looking.pause_button.isEnabled()
    window.close()

    window = open_window()
    album, page = window._album, page_of(window)
    window.show_page("photos")
    qtbot.waitUntil(lambda: album.paused and page.looking.isVisible(), timeout=PATIENCE)
    assert album.progress is None
    qtbot.mouseClick(page.looking.pause_button, LEFT)
    qtbot.waitUntil(lambda: album.progress is not None and album.progress.photos > 0, timeout=PATIENCE)
    assert album.progress is not None
    assert album.progress.photos < 400
    window.close()

    window = open_window()  # which was not paused this time
    album = window._album
    qtbot.waitUntil(lambda: album.progress is not None and album.progress.photos > 0, timeout=PATIENCE)


def test_the_keyboard_alone(
    qtbot: QtBot, open_window: Open, many_photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(many_photos))
    window = open_window()
    page = page_of(window)

    page.welcome.choose_button.setFocus()
    qtbot.keyClick(page.welcome.choose_button, Qt.Key.Key_Space)
    qtbot.waitUntil(page.looking.isVisible, timeout=PATIENCE)
    page.looking.pause_button.setFocus()
    qtbot.keyClick(page.looking.pause_button, Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: window._album.paused, timeout=PATIENCE)


def test_only_folders_can_be_dropped(open_window: Open, photos: Path) -> None:
    window = open_window()

    assert not drop(window, photos / "broken.jpg", photos / "no such folder")
    assert window._album.progress is None


def test_what_cannot_be_looked_at_is_said_in_a_sentence(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window, empty = open_window(), tmp_path / "Empty"
    empty.mkdir()

    drop(window, empty)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=PATIENCE)

    box = window.findChild(QMessageBox)
    assert box is not None
    assert "Empty holds no photos" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert page_of(window).welcome.isVisible()


def test_a_known_folder_is_looked_at_again(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("photos")
    page, album = page_of(window), window._album
    qtbot.waitUntil(lambda: bool(page.folders.findChildren(QPushButton)), timeout=PATIENCE)
    (again,) = page.folders.findChildren(QPushButton)
    assert again.accessibleName() == "Look again at Album"

    with qtbot.waitSignal(album.looked, timeout=PATIENCE) as ended:
        qtbot.mouseClick(again, LEFT)

    assert ended.args is not None
    assert ended.args[0].photos == 20
