"""Sorting, as the user does it: real files are made, and taken back."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.plan_model import FATE, FILES, NAME
from sortbyface.desktop.sort_page import SortPage
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY
from sortbyface.library import Library
from sortbyface.people.corrections import Corrections
from sortbyface.sorting import deed
from tests.conftest import folders, untouched

PATIENCE = 20_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, home: Path, qtbot: QtBot) -> Iterator[SortPage]:
    """With a folder to sort into."""
    page = shown(window, qtbot)
    sort_into(page, home / "Sorted", qtbot)
    yield page
    window.close()


def shown(window: MainWindow, qtbot: QtBot) -> SortPage:
    """Ready to be used."""
    window.show_page("sort")
    page = next(page for page in window.pages if isinstance(page, SortPage))
    qtbot.waitUntil(lambda: page.view.start_button.isEnabled(), timeout=PATIENCE)
    return page


def sort_into(page: SortPage, folder: Path, qtbot: QtBot) -> None:
    """Type its path."""
    page.form.folder.selectAll()
    qtbot.keyClicks(page.form.folder, str(folder))
    planned(page, qtbot)


def planned(page: SortPage, qtbot: QtBot) -> None:
    """Wait until what is chosen is shown."""
    qtbot.waitUntil(
        lambda: page._preview is not None and page._preview.choices == page.form.choices and not page._answers.busy,
        timeout=PATIENCE,
    )


def press_sort(page: SortPage, qtbot: QtBot) -> None:
    """And wait until it is done."""
    with qtbot.waitSignal(page.album.said, timeout=PATIENCE):
        qtbot.mouseClick(page.view.start_button, LEFT)
    qtbot.waitUntil(lambda: page.view.summary.text().startswith("All is in place already"), timeout=PATIENCE)


def tree(page: SortPage) -> dict[str, tuple[str, str]]:
    """Folder -> what happens in it, and how many files will be there."""
    model = page.view.model
    rows = range(model.rowCount())
    return {
        model.index(row, NAME).data(): (model.index(row, FATE).data(), model.index(row, FILES).data()) for row in rows
    }


def files(page: SortPage, row: int) -> set[str]:
    """What happens to the files of a folder."""
    model = page.view.model
    folder = model.index(row, NAME)
    return {model.index(file, FATE, folder).data() for file in range(model.rowCount(folder))}


def test_what_is_shown_is_what_is_made_and_it_is_taken_back(page: SortPage, home: Path, qtbot: QtBot) -> None:
    photos = untouched(home / "Album")
    assert tree(page) == {"Person 1": ("10 new", "10"), "Person 2": ("10 new", "10")}
    assert files(page, 0) == {"new"}
    assert "20 new photos" in page.view.summary.text()
    assert not (home / "Sorted").exists()

    press_sort(page, qtbot)

    made = folders(home / "Sorted")
    assert {name: len(photos) for name, photos in made.items()} == {"Person 1": 10, "Person 2": 10}
    qtbot.waitUntil(lambda: tree(page)["Person 1"] == ("10 in place already", "10"), timeout=PATIENCE)
    assert not page.view.start_button.isEnabled()

    page.view.tabs.setCurrentIndex(1)
    assert "20 files made" in page.view.runs_list.currentIndex().data()
    qtbot.mouseClick(page.view.undo_button, LEFT)
    qtbot.waitUntil(lambda: page.view.leave_button.isVisible(), timeout=PATIENCE)
    assert "20 files go away" in page.view.summary.text()
    assert tree(page)["Person 1"] == ("10 taken away", "0")
    assert folders(home / "Sorted") == made

    with qtbot.waitSignal(page.album.noted, timeout=PATIENCE):
        qtbot.mouseClick(page.view.start_button, LEFT)
    assert not (home / "Sorted").exists()
    assert untouched(home / "Album") == photos
    qtbot.waitUntil(lambda: "undone" in (page.view.runs_list.currentIndex().data() or ""), timeout=PATIENCE)
    assert not page.view.undo_button.isEnabled()


def test_what_is_there_what_moves_and_what_goes_are_told_apart(page: SortPage, home: Path, qtbot: QtBot) -> None:
    press_sort(page, qtbot)
    with Library.opened(home / LIBRARY) as library:
        Corrections(library).rename(1, "Ada")
        Corrections(library).hide(2)
    page.album.people_changed.emit()
    qtbot.waitUntil(lambda: page.view.summary.text() == "10 moved, 10 taken away", timeout=PATIENCE)

    assert tree(page) == {"Ada": ("10 moved here", "10"), "Person 2": ("10 taken away", "0")}
    assert files(page, 0) >= {"moved here from Person 1/original.jpg"}
    press_sort(page, qtbot)
    assert folders(home / "Sorted").keys() == {"Ada"}


def test_leaving_an_undo_changes_nothing(page: SortPage, home: Path, qtbot: QtBot) -> None:
    press_sort(page, qtbot)
    page.view.tabs.setCurrentIndex(1)
    qtbot.keyClick(page.view.runs_list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.leave_button.isVisible(), timeout=PATIENCE)

    qtbot.mouseClick(page.view.leave_button, LEFT)

    qtbot.waitUntil(lambda: tree(page).get("Person 1") == ("10 in place already", "10"), timeout=PATIENCE)
    assert len(folders(home / "Sorted")["Person 1"]) == 10


def test_a_sort_is_paused_and_gone_on_with(
    page: SortPage, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deed, "_CHAPTER", 1)
    page.view.bar.valueChanged.connect(lambda _: page.view.stop_button.click())  # as soon as anything is there

    with qtbot.waitSignal(page.view.model.modelReset, timeout=PATIENCE):
        qtbot.mouseClick(page.view.start_button, LEFT)

    assert 0 < sum(len(photos) for photos in folders(home / "Sorted").values()) < 20
    page.view.bar.valueChanged.disconnect()
    qtbot.waitUntil(lambda: page.view.start_button.text() == "Go on", timeout=PATIENCE)
    assert "goes on with it" in page.view.banner_words
    press_sort(page, qtbot)
    assert sum(len(photos) for photos in folders(home / "Sorted").values()) == 20
    qtbot.waitUntil(lambda: page.view.start_button.text() == "Sort", timeout=PATIENCE)
    assert page.view.runs_model.rowCount() == 1


def test_choices_are_shown_at_once_and_remembered(
    page: SortPage, window: MainWindow, shown_album: Album, home: Path, qtbot: QtBot
) -> None:
    page.form.groups.setFocus()
    qtbot.keyClick(page.form.groups, Qt.Key.Key_End)
    qtbot.keyClick(page.form.mode, Qt.Key.Key_Down)
    planned(page, qtbot)
    assert tree(page)["Person 1, Person 2"] == ("2 new", "2")
    assert "takes no room" in page.form._mode_note.text()
    press_sort(page, qtbot)
    linked = next((home / "Sorted/Person 1").glob("*.jpg"))
    assert linked.stat().st_nlink > 1

    again = SortPage(shown_album)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(lambda: again.form.choices == page.form.choices, timeout=PATIENCE)


class Desk(QObject):
    """Opens folders, as the user's desktop would."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


def test_the_folder_is_opened(page: SortPage, home: Path, qtbot: QtBot) -> None:
    assert not page.view.open_button.isEnabled()
    press_sort(page, qtbot)
    qtbot.waitUntil(page.view.open_button.isEnabled, timeout=PATIENCE)
    desk = Desk()
    QDesktopServices.setUrlHandler("file", desk, "open")
    qtbot.mouseClick(page.view.open_button, LEFT)
    QDesktopServices.unsetUrlHandler("file")

    assert desk.opened == [home / "Sorted"]


def test_what_is_in_the_way_is_told_in_a_sentence(
    page: SortPage, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sort_into(page, home / "Album", qtbot)
    assert "holds your photos themselves" in page.view.banner_words
    assert not page.view.start_button.isEnabled()
    (home / "file").touch()
    sort_into(page, home / "file", qtbot)
    assert "is a file" in page.view.banner_words
    sort_into(page, home / "Album" / "Sorted", qtbot)
    assert "lies among your photos" in page.view.banner_words
    assert page.view.start_button.isEnabled()
    monkeypatch.setattr(os, "access", lambda *_: False)
    sort_into(page, home / "read only", qtbot)
    assert "Nothing can be written" in page.view.banner_words
    monkeypatch.undo()
    monkeypatch.setattr(deed, "_SPARE_BYTES", 10**18)
    sort_into(page, home / "full", qtbot)
    assert "Make room" in page.view.banner_words
    assert not page.view.start_button.isEnabled()


def test_a_drive_that_fills_up_or_goes_meanwhile(
    page: SortPage, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_sort(page, qtbot)
    for folder in (home / "Sorted").iterdir():
        for file in folder.iterdir() if folder.is_dir() else [folder]:
            file.unlink()
        if folder.is_dir():
            folder.rmdir()
    (home / "Sorted").rmdir()
    page.album.people_changed.emit()
    qtbot.waitUntil(page.view.start_button.isEnabled, timeout=PATIENCE)
    assert "20 files were" in page.view.banner_words

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(home / "Sorted"))

    monkeypatch.setattr(deed.Chapter, "carry_out", full)
    qtbot.mouseClick(page.view.start_button, LEFT)
    qtbot.waitUntil(lambda: "is full" in page.view.banner_words, timeout=PATIENCE)


def test_photos_whose_drive_is_gone(page: SortPage, home: Path, qtbot: QtBot) -> None:
    (home / "Album").rename(home / "Elsewhere")
    page.album.people_changed.emit()

    qtbot.waitUntil(lambda: "Is their drive connected?" in page.view.banner_words, timeout=PATIENCE)


def test_nobody_was_found_yet(qtbot: QtBot, tmp_path: Path) -> None:
    album = Album(tmp_path / LIBRARY)
    page = SortPage(album)
    qtbot.addWidget(page)
    page.show()

    assert "Look at some photos first" in page.view.summary.text()
    assert not page.view.start_button.isEnabled()
    assert page.view.model.rowCount(QModelIndex()) == 0
    album.close()
