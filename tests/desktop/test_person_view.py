"""One person's faces: what is seen of them, and what can be said of them with mouse and keys."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.choose_person import ChoosePerson
from sortbyface.desktop.merge_dialog import MergeDialog
from sortbyface.desktop.person_view import PersonView
from sortbyface.jobs.roster import corrections, list_people, show_person
from sortbyface.library.portraits import Scene

SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(shown_album: Album, qtbot: QtBot) -> PersonView:
    """Person 1, with ten faces in ten photos."""
    view = PersonView(shown_album)
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    view.show_person(1)
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    return view


def middle(view: PersonView, row: int) -> QPoint:
    return view.faces.visualRect(view.model.index(row)).center()


def click(qtbot: QtBot, view: PersonView, *rows: int) -> None:
    """Select these tiles, one by one."""
    for number, row in enumerate(rows):
        qtbot.mouseClick(view.faces.viewport(), LEFT, CTRL if number else Qt.KeyboardModifier(0), middle(view, row))


def selected(view: PersonView) -> set[int]:
    return {index.row() for index in view.faces.selectionModel().selectedIndexes()}


def faces(view: PersonView, *rows: int) -> set[int | None]:
    """Ids of the faces in these rows."""
    return {view.model.tiles[row].faces[0].face for row in rows}


def faces_of(album: Album, person: int) -> set[int | None]:
    """Ids of somebody's faces, as the library has them."""
    return {sighting.face for sighting in show_person(str(person), album.library)[1]}


def opened(qtbot: QtBot, view: PersonView, kind: type[QWidget]) -> QWidget:
    """The dialog that has come up."""

    def found() -> list[QWidget]:
        return [child for child in view.window().findChildren(kind) if child.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1 and found()[0].isActiveWindow())
    return found()[0]


# --- what is seen -----------------------------------------------------------------------------------------------------


def test_the_most_typical_face_is_first_and_what_is_doubtful_is_last(shown_album: Album, qtbot: QtBot) -> None:
    typical = max(show_person("1", shown_album.library)[1], key=lambda one: one.similarity or 0)
    with closing(sqlite3.connect(shown_album.library)) as db, db:
        db.execute("UPDATE faces SET pixels = NULL, sharpness = NULL, yaw = NULL, score = 100")
        db.execute("UPDATE faces SET pixels = 12 WHERE id = ?", [typical.face])
    view = PersonView(shown_album)
    qtbot.addWidget(view)
    view.show()
    view.show_person(1)
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    order = [tile.faces[0] for tile in view.model.tiles]
    clear = [one.likeness.similarity or 0 for one in order[:-1]]
    assert clear == sorted(clear, reverse=True)
    assert [one.face for one in order if one.doubtful] == [typical.face] == [order[-1].face]
    text = view.model.index(9).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text.startswith("Face 10 of 10: ")
    assert text.endswith("doubtful: small, blurred, or from the side")

    click(qtbot, view, 9)
    qtbot.keyClick(view.faces, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: view.model.tiles[0].confirmed)
    assert not any(tile.doubtful for tile in view.model.tiles), "what the user has confirmed is in doubt no more"


def test_only_faces_that_are_seen_are_cut(shown_album: Album, qtbot: QtBot) -> None:
    view = PersonView(shown_album)
    qtbot.addWidget(view)
    cut: set[object] = set()
    shown_album.thumbnails.ready.connect(cut.add)
    view.resize(700, 220)  # one row
    view.show()
    view.show_person(1)
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    qtbot.waitUntil(lambda: view.model.tiles[0].wish in cut)
    shown_album.thumbnails._pool.waitForDone()
    qtbot.waitUntil(lambda: not shown_album.thumbnails._wishes)
    assert 0 < len(cut) < 10
    view.faces.scrollToBottom()
    qtbot.waitUntil(lambda: view.model.tiles[9].wish in cut)


def test_whole_photos_upright(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.header.photos, LEFT)
    assert view.model.rowCount() == 10
    assert view.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Photo 1 of 10: ")
    sideways = next(tile.wish for tile in view.model.tiles if tile.faces[0].likeness.scene.photo.name == "sideways.jpg")
    assert isinstance(sideways, Scene)
    original = next(tile.wish for tile in view.model.tiles if tile.faces[0].likeness.scene.photo.name == "original.jpg")
    assert isinstance(original, Scene)

    def photo(scene: Scene) -> QImage | None:
        pixmap = shown_album.thumbnails.photo(scene)
        return None if pixmap is None else pixmap.toImage()

    qtbot.waitUntil(lambda: photo(sideways) is not None and photo(original) is not None)
    turned, upright = photo(sideways), photo(original)
    assert turned is not None
    assert upright is not None
    assert max(upright.width(), upright.height()) == 384
    assert turned.size() == upright.size()
    for x, y in ((40, 40), (300, 60), (60, 300)):
        first, second = turned.pixelColor(x, y), upright.pixelColor(x, y)
        assert abs(first.lightness() - second.lightness()) < 24, (x, y)


# --- selecting --------------------------------------------------------------------------------------------------------


def test_selecting_with_mouse_and_keys(view: PersonView, qtbot: QtBot) -> None:
    assert not view.actions_bar.reject.isEnabled()
    click(qtbot, view, 1, 3)
    assert selected(view) == {1, 3}
    assert view.actions_bar.reject.isEnabled()
    assert not view.actions_bar.cover.isEnabled(), "one face stands for somebody"
    qtbot.mouseClick(view.faces.viewport(), LEFT, pos=middle(view, 2))
    qtbot.mouseClick(view.faces.viewport(), LEFT, SHIFT, middle(view, 5))
    assert selected(view) == {2, 3, 4, 5}
    qtbot.keyClick(view.faces, Qt.Key.Key_A, CTRL)
    assert selected(view) == set(range(10))


def test_a_rubber_band_selects_what_it_touches(view: PersonView, qtbot: QtBot) -> None:
    viewport = view.faces.viewport()
    below = view.faces.visualRect(view.model.index(9)).bottomRight() + QPoint(40, 60)
    to = middle(view, 8)
    qtbot.mousePress(viewport, LEFT, pos=below)
    for step in range(1, 6):
        qtbot.mouseMove(viewport, below + (to - below) * (step / 5))
    qtbot.mouseRelease(viewport, LEFT, pos=to)
    assert selected(view) == {8, 9}


# --- what is said of faces --------------------------------------------------------------------------------------------


def test_not_this_person(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    click(qtbot, view, 2, 4)
    gone = faces(view, 2, 4)
    qtbot.mouseClick(view.actions_bar.reject, LEFT)
    qtbot.waitUntil(lambda: view.model.rowCount() == 8)
    assert not gone & faces_of(shown_album, 1)
    assert view.faces.currentIndex().row() == 4, "the keys go on from where they were"
    shown_album.undo()
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    assert gone <= faces_of(shown_album, 1)


def test_what_is_still_selected_stays_so(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    click(qtbot, view, 0, 7)
    chosen = faces(view, 0, 7)
    qtbot.keyClick(view.faces, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: sum(tile.confirmed for tile in view.model.tiles) == 2)
    assert faces(view, *selected(view)) == chosen
    _, sightings = show_person("1", shown_album.library)
    assert {one.face for one in sightings if one.confirmed} == chosen


@pytest.mark.parametrize(
    ("key", "done"),
    [
        (Qt.Key.Key_Delete, lambda album, face: face not in faces_of(album, 1)),
        (Qt.Key.Key_N, lambda album, face: face in faces_of(album, 3)),
        (Qt.Key.Key_K, lambda album, face: any(one.cover for one in show_person("1", album.library)[1])),
    ],
)
def test_a_key_for_each(
    view: PersonView, shown_album: Album, qtbot: QtBot, key: Qt.Key, done: Callable[[Album, int | None], bool]
) -> None:
    click(qtbot, view, 3)
    [face] = faces(view, 3)
    with qtbot.waitSignal(shown_album.people_changed):
        qtbot.keyClick(view.faces, key)
    assert done(shown_album, face)


def test_another_person_found_by_typing(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    with corrections(shown_album.library) as to:
        to.rename(2, "Grace Hopper")
    click(qtbot, view, 3, 6)
    moved = faces(view, 3, 6)
    qtbot.keyClick(view.faces, Qt.Key.Key_M)
    dialog = opened(qtbot, view, ChoosePerson)
    search = dialog.findChild(QLineEdit)
    listed = dialog._list.model()
    qtbot.waitUntil(lambda: listed.rowCount() == 2)
    assert listed.index(0).data() == "Grace Hopper  ·  10 photos", "and not the person whose faces they are"
    qtbot.keyClicks(search, "hopp")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.model.rowCount() == 8)
    assert moved <= faces_of(shown_album, 2)


def test_somebody_new_is_named_at_once(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    click(qtbot, view, 3)
    qtbot.mouseClick(view.actions_bar.move_to, LEFT)
    dialog = opened(qtbot, view, ChoosePerson)
    listed = dialog._list.model()
    qtbot.waitUntil(lambda: listed.rowCount() == 2)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Person 2")
    assert listed.rowCount() == 1, "who is there already is not offered as somebody new"
    dialog.findChild(QLineEdit).clear()
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Ada")
    assert listed.index(0).data() == "New person: “Ada”"
    qtbot.mouseClick(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok), LEFT)
    qtbot.waitUntil(lambda: view.model.rowCount() == 9)
    assert {one.name for one in list_people(shown_album.library)} == {"Person 1", "Person 2", "Ada"}
    shown_album.undo()
    qtbot.waitUntil(lambda: view.model.rowCount() == 10)
    assert {one.name for one in list_people(shown_album.library)} == {"Person 1", "Person 2"}, "in one step"


def test_nobody_is_chosen_by_escape(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    click(qtbot, view, 3)
    qtbot.keyClick(view.faces, Qt.Key.Key_M)
    dialog = opened(qtbot, view, ChoosePerson)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not view.findChildren(QDialog))
    qtbot.waitUntil(lambda: not shown_album.work.busy)
    assert len(faces_of(shown_album, 1)) == 10


def test_somebody_whose_faces_are_all_taken_away(view: PersonView, qtbot: QtBot) -> None:
    qtbot.keyClick(view.faces, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(view.faces, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: view.model.rowCount() == 0)
    assert not view.faces.isVisible()
    assert view._empty.isVisible()
    with qtbot.waitSignal(view.closed):
        qtbot.mouseClick(view.header.back, LEFT)


# --- the name ---------------------------------------------------------------------------------------------------------


def rename(qtbot: QtBot, view: PersonView, name: str) -> None:
    view.header.name.setFocus()
    qtbot.keyClick(view.header.name, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(view.header.name, name)
    qtbot.keyClick(view.header.name, Qt.Key.Key_Return)


def test_a_name_typed_into_the_header(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    assert view.header.name.placeholderText() == "Person 1 – add a name"
    rename(qtbot, view, "Ada Lovelace")
    qtbot.waitUntil(lambda: view.faces.accessibleName() == "Faces of Ada Lovelace")
    assert show_person("Ada Lovelace", shown_album.library)[0].id == 1
    view.header.name.setFocus()
    qtbot.keyClicks(view.header.name, "x")
    qtbot.keyClick(view.header.name, Qt.Key.Key_Escape)
    assert view.header.name.text() == "Ada Lovelace"
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(view.header.name, Qt.Key.Key_Escape)


@pytest.mark.parametrize("merge", [True, False])
def test_a_name_that_somebody_has_offers_a_merge(
    view: PersonView, shown_album: Album, qtbot: QtBot, merge: bool
) -> None:
    with corrections(shown_album.library) as to:
        to.rename(2, "Grace")
    shown_album.people_changed.emit()
    qtbot.waitUntil(lambda: view._shown is not None and bool(view._shown.others))
    rename(qtbot, view, "GRACE")
    dialog = opened(qtbot, view, MergeDialog)
    if merge:
        qtbot.mouseClick(dialog.merge_button, LEFT)
        qtbot.waitUntil(lambda: view.model.rowCount() == 20)
        assert view.header.name.text() == "Grace"
        assert [(one.id, one.known.faces) for one in list_people(shown_album.library)] == [(2, 20)]
    else:
        with qtbot.waitSignal(shown_album.people_changed):
            qtbot.mouseClick(dialog.other_button, LEFT)
        assert view.header.name.text() == ""
        assert [one.known.faces for one in list_people(shown_album.library)] == [10, 10]


# --- going ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "modifier"), [(Qt.Key.Key_Escape, 0), (Qt.Key.Key_Left, 0x08000000)])
def test_back_by_key(view: PersonView, qtbot: QtBot, key: Qt.Key, modifier: int) -> None:
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(view.faces, key, Qt.KeyboardModifier(modifier))


def test_somebody_who_is_nobody_any_more_is_left(view: PersonView, shown_album: Album, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.closed):
        shown_album.correct(lambda to: to.merge(2, 1))


def test_the_large_view_and_back_to_where_it_led(view: PersonView, qtbot: QtBot) -> None:
    click(qtbot, view, 4)
    qtbot.keyClick(view.faces, Qt.Key.Key_Return)
    assert view.photo.isVisible()
    assert view.photo.content == view.model.tiles[4].content
    qtbot.keyClick(view.photo.canvas, Qt.Key.Key_Right)
    assert view.photo.content == view.model.tiles[5].content
    qtbot.keyClick(view.photo.canvas, Qt.Key.Key_Escape)
    assert view.faces.isVisible()
    assert view.faces.currentIndex().row() == 5
    click(qtbot, view, 2)
    qtbot.mouseDClick(view.faces.viewport(), LEFT, pos=middle(view, 2))
    assert view.photo.isVisible()
    assert view.photo.content == view.model.tiles[2].content
