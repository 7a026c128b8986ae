"""Photos seen large: upright, as sharp as the screen can show, with everybody in them."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.choose_person import ChoosePerson
from sortbyface.desktop.photo_view import PhotoView
from sortbyface.jobs.roster import corrections, show_photo
from sortbyface.library import Library
from tests.conftest import look_again

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(shown_album: Album, qtbot: QtBot) -> PhotoView:
    view = PhotoView(shown_album)
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    return view


def content_of(album: Album, *names: str) -> list[int]:
    """The photos of the album with these paths, as the library numbers them."""
    with Library.opened(album.library) as library:
        contents = [library.photos.content_at(album.library.parent / "Album" / name) for name in names]
    assert None not in contents
    return [content for content in contents if content is not None]


def show(qtbot: QtBot, view: PhotoView, album: Album, *names: str) -> None:
    """These photos, and first the first of them; until it is seen."""
    contents = content_of(album, *names)
    view.show_photos(contents, contents[0])
    seen(qtbot, view, names[0])


def seen(qtbot: QtBot, view: PhotoView, name: str) -> None:
    """Wait until it is."""
    qtbot.waitUntil(lambda: view._title.text() == Path(name).name and isinstance(view.canvas._image, QImage))


def menu(qtbot: QtBot) -> QMenu:
    """The menu that has come up."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def choose(qtbot: QtBot, words: str) -> None:
    """An entry of the menu."""
    popup = menu(qtbot)
    action = next(action for action in popup.actions() if action.text() == words)
    qtbot.mouseClick(popup, LEFT, pos=popup.actionGeometry(action).center())


def names(view: PhotoView) -> list[str]:
    """Who is said to be in the photo, from left to right."""
    return [button.accessibleName() for button in view.people.buttons]


# --- the photo --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stored", ["sideways.jpg", "upside down.jpg"])
def test_it_fits_and_is_upright(view: PhotoView, shown_album: Album, qtbot: QtBot, stored: str) -> None:
    """As the same picture that was stored upright."""
    pictures = []
    for name in ("original.jpg", stored):
        show(qtbot, view, shown_album, f"portraits/H/{name}")
        place = view.canvas._place()
        assert place.size().width() <= view.canvas.width()
        assert place.size().height() == pytest.approx(min(view.canvas.height(), view.canvas._size.height()), abs=1)
        view.canvas.show_frames(False)
        pictures.append(view.canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8))
    one, other = pictures
    assert one.size() == other.size()
    differences = [
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness())
        for x in range(0, one.width(), 7)
        for y in range(0, one.height(), 7)
    ]
    assert sum(differences) / len(differences) < 4


def test_from_photo_to_photo_by_key(view: PhotoView, shown_album: Album, qtbot: QtBot) -> None:
    photos = ["portraits/H/original.jpg", "portraits/H/dark.jpg", "portraits/H/closer.png"]
    show(qtbot, view, shown_album, *photos)
    assert view._place.text() == "1 of 3"
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    assert view._place.text() == "1 of 3"
    for name in photos[1:]:
        qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
        seen(qtbot, view, name)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view._place.text() == "3 of 3"
    qtbot.mouseClick(view._previous, LEFT)
    seen(qtbot, view, photos[1])
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_only_as_many_pixels_are_read_as_are_seen(view: PhotoView, shown_album: Album, qtbot: QtBot) -> None:
    home = shown_album.library.parent
    with Image.open(home / "Album" / "portraits" / "H" / "original.jpg") as small:
        small.resize((small.width * 6, small.height * 6)).save(home / "Album" / "large.jpg")
    look_again(home)
    show(qtbot, view, shown_album, "large.jpg")
    image = view.canvas._image
    assert image is not None
    longer_side = max(view.canvas._size.width(), view.canvas._size.height())
    assert longer_side > 3000
    assert max(image.width(), image.height()) <= 1024
    for _ in range(12):
        qtbot.keyClick(view.canvas, Qt.Key.Key_Plus)

    def largest() -> int:
        image = view.canvas._image
        return 0 if image is None else max(image.width(), image.height())

    qtbot.waitUntil(lambda: largest() == longer_side)


def test_zooming_about_the_mouse_and_panning(view: PhotoView, shown_album: Album, qtbot: QtBot) -> None:
    show(qtbot, view, shown_album, "portraits/H/original.jpg")
    canvas = view.canvas
    fitting = canvas.scale
    spot = QPointF(canvas.rect().center()) + QPointF(60, 40)

    def point() -> QPointF:
        return (spot - canvas._place().topLeft()) / canvas.scale

    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    before, scale = point(), canvas.scale
    assert scale == pytest.approx(fitting * 1.25**4)
    for _ in range(3):
        wheel = QWheelEvent(
            spot, canvas.mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, wheel)
    assert canvas.scale == pytest.approx(scale * 1.0015**360)
    assert (point() - before).manhattanLength() < 0.01, "what is under the mouse stays there"
    before = point()
    start = spot.toPoint()
    qtbot.mousePress(canvas, LEFT, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(canvas, start - QPoint(10, 5) * step)
    qtbot.mouseRelease(canvas, LEFT, pos=start - QPoint(40, 20))
    assert (point() - before - QPointF(40, 20) / canvas.scale).manhattanLength() < 1
    before = point()
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert point().x() > before.x()
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.scale == fitting
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.scale == fitting, "it is never smaller than it fits"


def test_a_photo_that_has_gone_is_told_and_the_next_is_seen(view: PhotoView, shown_album: Album, qtbot: QtBot) -> None:
    gone, there = "portraits/H/original.jpg", "portraits/H/dark.jpg"
    (shown_album.library.parent / "Album" / gone).unlink()
    contents = content_of(shown_album, gone, there)
    view.show_photos(contents, contents[0])
    qtbot.waitUntil(lambda: "original.jpg cannot be shown: No such file" in view.canvas._words)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    seen(qtbot, view, there)


# --- who is in it -----------------------------------------------------------------------------------------------------


def test_a_face_that_is_clicked_leads_to_its_person(view: PhotoView, shown_album: Album, qtbot: QtBot) -> None:
    with corrections(shown_album.library) as to:
        to.rename(2, "Grace")
    show(qtbot, view, shown_album, "together/meeting.jpg")
    assert sorted(names(view)) == ["Grace", "Person 1"]
    for number, name in enumerate(names(view)):
        qtbot.mouseClick(view.canvas, LEFT, pos=view.canvas.middle_of(number))
        with qtbot.waitSignal(view.person_wanted) as wanted:
            choose(qtbot, f"Open {name}")
        assert wanted.args == [2 if name == "Grace" else 1]
    assert view.canvas.accessibleDescription().startswith("meeting.jpg, ")


def test_a_face_is_taken_from_somebody_and_given_a_name(view: PhotoView, shown_album: Album, qtbot: QtBot) -> None:
    show(qtbot, view, shown_album, "together/meeting.jpg")
    left = names(view)[0]
    view.people.buttons[0].setFocus()
    qtbot.keyClick(view.people.buttons[0], Qt.Key.Key_Space)
    choose(qtbot, f"This is not {left}")
    qtbot.waitUntil(lambda: names(view)[0] == "Somebody unknown")
    qtbot.mouseClick(view.canvas, LEFT, pos=view.canvas.middle_of(0))
    choose(qtbot, "Who is this?…")
    qtbot.waitUntil(lambda: len(view.findChildren(ChoosePerson)) == 1)
    [dialog] = view.findChildren(ChoosePerson)
    qtbot.waitUntil(lambda: dialog._list.model().rowCount() == 3)
    qtbot.keyClicks(dialog.findChild(QLineEdit), "Ada")
    qtbot.keyClick(dialog.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(view)[0] == "Ada")
    photo = shown_album.library.parent / "Album" / "together" / "meeting.jpg"
    assert [one.confirmed for one in show_photo(photo, shown_album.library)] == [True, False]
    qtbot.mouseClick(view.canvas, LEFT, pos=view.canvas.middle_of(1))
    choose(qtbot, f"Yes, this is {names(view)[1]}")
    qtbot.waitUntil(lambda: all(one.confirmed for one in show_photo(photo, shown_album.library)))


def test_frames_can_be_left_out(view: PhotoView, shown_album: Album, qtbot: QtBot) -> None:
    show(qtbot, view, shown_album, "together/meeting.jpg")
    framed = view.canvas.grab().toImage()
    qtbot.keyClick(view.canvas, Qt.Key.Key_B)
    plain = view.canvas.grab().toImage()
    assert framed != plain
    view.people.buttons[0].setFocus()
    assert view.canvas.grab().toImage() != plain, "but the one that the keyboard is on is pointed out"
