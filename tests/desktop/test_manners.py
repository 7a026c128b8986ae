"""What holds for every page: keys, names for screen readers, undo, light and dark, and that nothing blocks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from benchmarks.ticks import Ticks
from sortbyface.desktop.album import Album
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import Library
from tests.conftest import tree

PATIENCE = 60_000


def usable(window: MainWindow) -> list[QWidget]:
    """What the keyboard is to reach now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window._album.work.busy, timeout=PATIENCE)


def name_of(library: Path, person: int) -> str | None:
    with Library.opened(library) as opened:
        return next(record.name for record in opened.people.records() if record.id == person)


def test_each_page_has_its_key(qtbot: QtBot, window: MainWindow) -> None:
    for row, page in enumerate(window.pages):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + row), Qt.KeyboardModifier.ControlModifier)
        assert page.isVisible(), page.title
        settled(qtbot, window)


def test_all_that_can_be_used_has_a_name_for_screen_readers(qtbot: QtBot, window: MainWindow) -> None:
    nameless = []
    for row, page in enumerate(window.pages):
        window.sidebar.setCurrentRow(row)
        settled(qtbot, window)
        for widget in usable(window):
            told = QAccessible.queryAccessibleInterface(widget)
            if not told.text(QAccessible.Text.Name):
                nameless.append((page.title, type(widget).__name__, widget.objectName()))

    assert nameless == []


def test_all_that_can_be_used_is_reached_by_the_tab_key(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    for row, page in enumerate(window.pages):
        window.sidebar.setCurrentRow(row)
        settled(qtbot, window)
        expected, reached = set(usable(window)), set()
        window.sidebar.setFocus()
        for _ in range(3 * len(expected)):
            focused = QApplication.focusWidget()
            if focused is not None:
                reached.add(focused)
            window.focusNextChild()

        assert {type(widget).__name__ for widget in expected - reached} == set(), page.title


def test_ctrl_z_takes_back_what_was_done_last(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """First the sort, then the name; and then there is nothing left."""
    album, library, sorted_ = window._album, window._album.library, tmp_path / "Sorted"
    with qtbot.waitSignal(album.said, timeout=PATIENCE):
        album.correct(lambda corrections: corrections.rename(1, "Ada"))
    sort_photos(sorted_, library=library)
    assert "Ada" in {path.split("/")[0] for path in tree(sorted_)}

    for expected in ("Sorted", "is called Ada now", "nothing to undo"):
        with qtbot.waitSignal(album.noted, timeout=PATIENCE) as noted:
            qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert noted.args is not None
        assert expected in noted.args[0]
        assert any(label.text() == noted.args[0] for label in window.findChildren(QLabel))
        settled(qtbot, window)
        assert (name_of(library, 1) == "Ada") is (expected == "Sorted")

    assert not sorted_.exists()
    assert window.findChild(QMessageBox) is None


def test_ctrl_z_leaves_an_earlier_sort_alone(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    album = window._album
    sort_photos(tmp_path / "Sorted", library=album.library)
    before = tree(tmp_path / "Sorted")
    with qtbot.waitSignal(album.said, timeout=PATIENCE):
        album.correct(lambda corrections: corrections.rename(1, "Ada"))
    assert window.undo_button.isVisible()

    with qtbot.waitSignal(album.noted, timeout=PATIENCE):
        qtbot.mouseClick(window.undo_button, Qt.MouseButton.LeftButton)

    assert name_of(album.library, 1) is None
    assert tree(tmp_path / "Sorted") == before
    assert not window.undo_button.isVisible()


def test_the_window_opens_as_it_was_closed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.resize(window.width(), 707)
    window.sidebar.setCurrentRow(len(window.pages) - 1)
    window.close()

    album = Album(tmp_path / LIBRARY, thumbnails=tmp_path / "thumbnails")
    again = MainWindow(album, QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    again.show()

    assert again.height() == 707
    assert again.pages[-1].isVisible()
    again.close()


def test_night_falls(qtbot: QtBot, window: MainWindow) -> None:
    hints = QGuiApplication.styleHints()

    def paper() -> int:
        return window.palette().color(QPalette.ColorRole.Base).lightness()

    try:
        for scheme, dark in ((Qt.ColorScheme.Dark, True), (Qt.ColorScheme.Light, False)):
            hints.colorSchemeChanged.emit(scheme)  # what a system says when night falls
            qtbot.waitUntil(lambda dark=dark: (paper() < 128) is dark, timeout=PATIENCE)
            for row in range(len(window.pages)):
                window.sidebar.setCurrentRow(row)
                settled(qtbot, window)
                side = window.grab().toImage()
                corner = side.pixelColor(side.width() - 4, side.height() // 2).lightness()
                assert (corner < 128) is dark, window.pages[row].title
    finally:
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)


@pytest.mark.usefixtures("qapp")
def test_looking_does_not_block_the_window(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Generously; benchmarks/window.py measures it on a thousand photos."""
    window.show_page("photos")
    (tmp_path / "Album" / "portraits" / "new.jpg").write_bytes(b"no picture, and never seen before")
    ticks = Ticks(window)

    with qtbot.waitSignal(window._album.looked, timeout=PATIENCE):
        window._album.look_at(tmp_path / "Album")

    ticks.stop()
    assert len(ticks.gaps) > 20
    assert max(ticks.gaps) < 1
