"""The wall of people: looked at, searched, named, merged and hidden with mouse and keys."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from benchmarks.people import made_library, made_up
from sortbyface.desktop.album import Album
from sortbyface.desktop.merge_dialog import MergeDialog
from sortbyface.desktop.people_delegate import PeopleDelegate
from sortbyface.desktop.people_model import PeopleModel
from sortbyface.desktop.people_page import PeoplePage
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.roster import list_people
from sortbyface.jobs.wall import Tile
from sortbyface.library import Library
from sortbyface.people.corrections import Corrections

WAIT = 20_000
"""Milliseconds: the machine may be busy."""


def opened_page(album: Album, qtbot: QtBot) -> PeoplePage:
    page = PeoplePage(album)
    page.resize(1000, 700)
    page.show()
    if album.library.is_file():
        qtbot.waitUntil(lambda: not album.work.busy and page.model.rowCount() > 0, timeout=WAIT)
    page.wall.setFocus()
    return page


def settle(page: PeoplePage, qtbot: QtBot) -> None:
    """Nothing that was asked for is still to come."""
    qtbot.waitUntil(lambda: not page.album.work.busy, timeout=WAIT)


def close(page: PeoplePage, qtbot: QtBot) -> None:
    settle(page, qtbot)
    page.close()
    page.deleteLater()


@pytest.fixture
def page(shown_album: Album, qtbot: QtBot) -> Iterator[PeoplePage]:
    """With two people, and nobody else."""
    page = opened_page(shown_album, qtbot)
    yield page
    close(page, qtbot)


@pytest.fixture
def crowded(tmp_path: Path, qtbot: QtBot) -> Iterator[PeoplePage]:
    """With 300 people, every other of whom has a name."""
    made_library(tmp_path / LIBRARY, *made_up(3000, 300))
    album = Album(tmp_path / LIBRARY, thumbnails=tmp_path / "thumbnails")
    page = opened_page(album, qtbot)
    yield page
    close(page, qtbot)
    album.close()


def people(page: PeoplePage) -> dict[int, str]:
    """In the library."""
    return {one.id: one.name for one in list_people(page.album.library, hidden=True)}


def shown(page: PeoplePage) -> list[str]:
    """On the wall."""
    return [page.model.index(row).data() for row in range(page.model.rowCount())]


def centre(page: PeoplePage, row: int) -> QPoint:
    return page.wall.visualRect(page.model.index(row)).center() - QPoint(0, 20)


def name_of(page: PeoplePage, row: int) -> QPoint:
    tile: QRect = page.wall.visualRect(page.model.index(row))
    return PeopleDelegate.name_place(tile, page.wall.font()).center()


def editor(page: PeoplePage) -> QLineEdit:
    """The field in which a name is typed now."""
    fields = [one for one in page.wall.findChildren(QLineEdit) if one.isVisible()]
    assert fields, "no name is being typed"
    return fields[0]


def question(page: PeoplePage, qtbot: QtBot) -> MergeDialog:
    """The one that is asked now, as soon as it can be answered."""
    dialog = next(one for one in page.window().findChildren(MergeDialog) if one.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT)
    return dialog


def rename(page: PeoplePage, qtbot: QtBot, row: int, name: str) -> None:
    page.wall.setCurrentIndex(page.model.index(row))
    qtbot.keyClick(page.wall, Qt.Key.Key_F2)
    editor(page).clear()
    for char in name:
        if char.isascii():
            qtbot.keyClicks(editor(page), char)
        else:
            editor(page).insert(char)  # there is no key for it
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)


def drag(page: PeoplePage, from_row: int, to_row: int) -> bool:
    """As the pointer does it; gives whether the tile there takes what is dragged."""
    carried = page.model.mimeData([page.model.index(from_row)])
    where, viewport = centre(page, to_row), page.wall.viewport()
    state = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt 6.12 wants a QPointF, which 6.11 does not know
        entering = QDragEnterEvent(where, *state)
    QApplication.sendEvent(viewport, entering)
    dropping = QDropEvent(where.toPointF(), *state)
    QApplication.sendEvent(viewport, dropping)
    return dropping.isAccepted()


# --- looking ----------------------------------------------------------------------------------------------------------


def test_everybody_has_a_tile_with_name_count_and_face(page: PeoplePage, qtbot: QtBot) -> None:
    assert shown(page) == ["Person 1", "Person 2"]
    tile = page.model.tile(page.model.index(0))
    assert isinstance(tile, Tile)
    assert page.model.note(tile) == "10 photos"
    assert tile.portrait
    qtbot.waitUntil(lambda: bool(page.album.thumbnails.face(tile.portrait)), timeout=WAIT)


def test_a_click_on_a_face_opens_the_person_and_escape_comes_back(page: PeoplePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.wall.viewport(), Qt.MouseButton.LeftButton, pos=centre(page, 1))
    assert page.person_view.isVisible()
    page.person_view.closed.emit()
    assert page.wall.isVisible()
    assert page.wall.currentIndex().row() == 1


def test_enter_opens_the_person(page: PeoplePage, qtbot: QtBot) -> None:
    page.wall.setCurrentIndex(page.model.index(0))
    qtbot.keyClick(page.wall, Qt.Key.Key_Return)
    assert page.person_view.isVisible()


def test_a_click_with_ctrl_or_on_the_name_only_selects(page: PeoplePage, qtbot: QtBot) -> None:
    viewport = page.wall.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=name_of(page, 0))
    assert page.wall.selected_people() == [1]
    # Which modifiers are held is asked of the keyboard, that a test does not have.
    assert page.wall.isVisible()


def test_typing_searches_wherever_the_focus_is(crowded: PeoplePage, qtbot: QtBot) -> None:
    for widget in (crowded.wall, crowded.hidden_switch):
        widget.setFocus()
        qtbot.keyClicks(widget, "2")
        qtbot.keyClicks(crowded.search_field, "9")
        assert crowded.search_field.hasFocus()
        assert set(shown(crowded)) == {"Name 29 of many", "Name 129 of many", "Name 229 of many"} | {
            f"Name {number} of many" if number % 2 else f"Person {number}" for number in range(290, 300)
        }
        qtbot.keyClick(crowded.search_field, Qt.Key.Key_Escape)
        assert crowded.model.rowCount() == 300


def test_enter_in_the_search_goes_to_who_was_found(crowded: PeoplePage, qtbot: QtBot) -> None:
    qtbot.keyClicks(crowded.wall, "N")
    qtbot.keyClicks(crowded.search_field, "AME 77")
    qtbot.keyClick(crowded.search_field, Qt.Key.Key_Return)
    assert crowded.wall.hasFocus()
    assert crowded.wall.currentIndex().data() == "Name 77 of many"


def test_accents_do_not_count_in_a_search(page: PeoplePage, qtbot: QtBot) -> None:
    rename(page, qtbot, 0, "Zoë Łęcka")
    qtbot.waitUntil(lambda: "Zoë Łęcka" in shown(page), timeout=WAIT)
    qtbot.keyClicks(page.search_field, "ZOE")
    assert shown(page) == ["Zoë Łęcka"]
    qtbot.keyClicks(page.search_field, "x")
    assert not page.wall.isVisible()


# --- naming -----------------------------------------------------------------------------------------------------------


def test_f2_renames_in_place(page: PeoplePage, qtbot: QtBot) -> None:
    rename(page, qtbot, 1, "  Anna  Karenina ")
    qtbot.waitUntil(lambda: shown(page) == ["Person 1", "Anna Karenina"], timeout=WAIT)
    assert people(page) == {1: "Person 1", 2: "Anna Karenina"}
    assert page.wall.isVisible(), "Enter was meant for the name alone"
    assert page.wall.currentIndex().row() == 1


def test_a_double_click_on_the_name_renames(page: PeoplePage, qtbot: QtBot) -> None:
    viewport, where = page.wall.viewport(), name_of(page, 0)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=where)
    assert editor(page).text() == ""
    qtbot.keyClicks(editor(page), "Ada")
    qtbot.keyClick(editor(page), Qt.Key.Key_Escape)
    assert people(page)[1] == "Person 1"


def test_names_are_offered_while_typing(crowded: PeoplePage, qtbot: QtBot) -> None:
    row = shown(crowded).index("Person 2")
    crowded.wall.setCurrentIndex(crowded.model.index(row))
    qtbot.keyClick(crowded.wall, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(crowded), "77 of")
    completer = editor(crowded).completer()
    assert completer.completionCount() == 3
    popup = completer.popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(crowded.window().findChildren(MergeDialog)), timeout=WAIT)
    assert len(crowded.window().findChildren(MergeDialog)) == 1
    question(crowded, qtbot).close()


def test_what_is_no_name_is_said_and_changes_nothing(page: PeoplePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.album.failed, timeout=WAIT) as told:
        rename(page, qtbot, 0, "Person 7")
    assert "choose another name" in told.args[0]
    assert people(page)[1] == "Person 1"


def test_a_name_that_exists_offers_a_merge(page: PeoplePage, qtbot: QtBot) -> None:
    rename(page, qtbot, 0, "Anna")
    qtbot.waitUntil(lambda: shown(page)[0] == "Anna", timeout=WAIT)
    rename(page, qtbot, 1, "anna")
    assert question(page, qtbot).grab().width() > 200
    qtbot.mouseClick(question(page, qtbot).merge_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) == ["Anna"], timeout=WAIT)
    assert people(page) == {1: "Anna"}


def test_they_can_be_kept_apart_and_the_name_is_typed_on(page: PeoplePage, qtbot: QtBot) -> None:
    rename(page, qtbot, 0, "Anna")
    qtbot.waitUntil(lambda: shown(page)[0] == "Anna", timeout=WAIT)
    rename(page, qtbot, 1, "Anna")
    with qtbot.waitSignal(page.album.said, timeout=WAIT) as said:
        qtbot.mouseClick(question(page, qtbot).other_button, Qt.MouseButton.LeftButton)
    assert said.args == ["Anna and Person 2 are two people"]
    qtbot.waitUntil(lambda: editor(page).text() == "Anna", timeout=WAIT)
    qtbot.keyClicks(editor(page), " K.")
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(page) == ["Anna", "Anna K."], timeout=WAIT)


# --- merging, hiding --------------------------------------------------------------------------------------------------


def test_one_dragged_onto_another_is_merged_after_a_question(page: PeoplePage, qtbot: QtBot) -> None:
    assert drag(page, 0, 1)
    qtbot.mouseClick(question(page, qtbot).other_button, Qt.MouseButton.LeftButton)
    assert len(people(page)) == 2
    QApplication.sendPostedEvents(None, 52)  # the question is gone
    assert drag(page, 0, 1)
    qtbot.mouseClick(question(page, qtbot).merge_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) == ["Person 2"], timeout=WAIT)
    assert people(page) == {2: "Person 2"}


def test_nobody_is_dropped_onto_themselves(page: PeoplePage) -> None:
    assert not drag(page, 0, 0)


def test_two_who_are_selected_are_merged_by_key(page: PeoplePage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.wall, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.wall, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(question(page, qtbot), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people(page) == {1: "Person 1"}, timeout=WAIT)


def test_delete_hides_and_the_switch_shows_them(page: PeoplePage, qtbot: QtBot) -> None:
    page.wall.setCurrentIndex(page.model.index(0))
    qtbot.keyClick(page.wall, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(page) == ["Person 2"], timeout=WAIT)
    qtbot.mouseClick(page.hidden_switch, Qt.MouseButton.LeftButton, pos=QPoint(8, page.hidden_switch.height() // 2))
    assert shown(page) == ["Person 1", "Person 2"]
    tile = page.model.tile(page.model.index(0))
    assert page.model.note(tile) == "10 photos, hidden"
    page.wall.setCurrentIndex(page.model.index(0))
    page.wall_actions.show_again.trigger()
    qtbot.waitUntil(lambda: not page.model.tile_of(1).person.hidden, timeout=WAIT)


def test_what_was_done_is_undone(page: PeoplePage, qtbot: QtBot) -> None:
    rename(page, qtbot, 0, "Anna")
    qtbot.waitUntil(lambda: shown(page)[0] == "Anna", timeout=WAIT)
    page.album.undo()
    qtbot.waitUntil(lambda: shown(page)[0] == "Person 1", timeout=WAIT)


# --- strangers --------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_strangers(shown_album: Album, qtbot: QtBot) -> Iterator[PeoplePage]:
    """Two faces are nobody's."""
    with Library.opened(shown_album.library) as library:
        faces = [face for content in (1, 2, 3) for face in library.faces.in_content(library.recipe, content)]  # type: ignore[arg-type]
        Corrections(library).reject(faces[:2])
    page = opened_page(shown_album, qtbot)
    yield page
    close(page, qtbot)


def test_strangers_are_one_tile_that_opens(with_strangers: PeoplePage, qtbot: QtBot) -> None:
    page = with_strangers
    assert shown(page)[-1] == "2 strangers"
    qtbot.mouseClick(page.wall.viewport(), Qt.MouseButton.LeftButton, pos=centre(page, page.model.rowCount() - 1))
    assert page.strangers_view.isVisible()
    faces = page.strangers_view.faces
    assert faces.model().rowCount() == 2
    qtbot.mouseClick(page.strangers_view.back_button, Qt.MouseButton.LeftButton)
    assert page.wall.isVisible()


def test_a_stranger_is_given_a_name(with_strangers: PeoplePage, qtbot: QtBot) -> None:
    page = with_strangers
    page.wall.setCurrentIndex(page.model.index(page.model.rowCount() - 1))
    qtbot.keyClick(page.wall, Qt.Key.Key_Return)
    faces = page.strangers_view.faces
    qtbot.keyClick(faces, Qt.Key.Key_Right)
    faces.setCurrentIndex(faces.model().index(0, 0))
    qtbot.mouseClick(page.strangers_view.name_button, Qt.MouseButton.LeftButton)
    dialog = next(one for one in page.findChildren(QDialog) if one.isVisible())
    qtbot.waitUntil(lambda: not page.album.work.busy, timeout=WAIT)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Igor")
    qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Igor" in people(page).values(), timeout=WAIT)
    qtbot.waitUntil(lambda: "1 stranger" in shown(page), timeout=WAIT)


# --- the wall stays where it is ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["rename", "merge", "hide"])
def test_a_change_keeps_place_and_selection(crowded: PeoplePage, qtbot: QtBot, change: str) -> None:
    page = crowded
    bar = page.wall.verticalScrollBar()
    page.wall.setCurrentIndex(page.model.index(150))
    bar.setValue(bar.maximum() // 2)
    place, selected, others = bar.value(), page.wall.selected_people(), page.model.rowCount()
    resets: list[None] = []
    page.model.modelReset.connect(lambda: resets.append(None))
    far, further = (page.model.person_at(page.model.index(row)) for row in (200, 201))
    assert far
    assert further
    said: dict[str, Callable[[Corrections], str]] = {
        "rename": lambda say: say.rename(far, "Somebody else"),
        "merge": lambda say: say.merge(far, further),
        "hide": lambda say: say.hide(far),
    }
    with qtbot.waitSignal(page.album.said, timeout=WAIT):
        page.album.correct(said[change])
    settle(page, qtbot)
    assert page.model.rowCount() == others - (change != "rename")
    assert (bar.value(), page.wall.selected_people(), resets) == (place, selected, [])


def test_only_faces_that_are_seen_are_cut(crowded: PeoplePage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[object] = set()
    monkeypatch.setattr(crowded.album.thumbnails, "face", asked.add)
    crowded.wall.viewport().repaint()
    assert 10 < len(asked) < 60


def test_the_model_tells_views_all_that_they_must_know(crowded: PeoplePage, qtmodeltester: ModelTester) -> None:
    model = PeopleModel()
    qtmodeltester.check(model)
    tiles = list(crowded.model.everybody)
    for now in (tiles[:50], tiles[40:], tiles[::-1], [], tiles[::3], tiles[1::3] + tiles[::3]):
        model.show_people(now)
        assert [model.tile(model.index(row)) for row in range(model.rowCount())] == now


# --- nobody -----------------------------------------------------------------------------------------------------------


def test_without_a_library_it_says_what_to_do(tmp_path: Path, qtbot: QtBot) -> None:
    page = opened_page(Album(tmp_path / LIBRARY, thumbnails=tmp_path), qtbot)
    assert not page.wall.isVisible()
    assert "Choose a folder under Photos" in page._hint.text()
    page.album.close()
    close(page, qtbot)
