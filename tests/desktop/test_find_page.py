"""Find me, from a picture to copies in a folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.camera import CameraDialog
from sortbyface.desktop.find_page import FindPage
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.people import group_photos
from sortbyface.library import Library
from tests.conftest import Album as Photos
from tests.conftest import tree, untouched

WAIT = 20_000


class CameraOf:
    """A camera that has one picture before it, some moments long."""

    def __init__(self, picture: Path | None) -> None:
        self._bgr = None if picture is None else cv2.imread(str(picture))
        self.released = False

    def read(self) -> tuple[bool, np.ndarray | None]:
        return self._bgr is not None, self._bgr

    def release(self) -> None:
        self.released = True


@pytest.fixture
def grouped(home: Path) -> Iterator[Album]:
    """The demo's album: Hopper and Collins in ten photos each."""
    group_photos(library=home / LIBRARY)
    album = Album(home / LIBRARY, thumbnails=home / "thumbnails")
    yield album
    album.close()


@pytest.fixture
def page(grouped: Album, qtbot: QtBot) -> FindPage:
    return shown(grouped, qtbot)


def shown(album: Album, qtbot: QtBot, camera: CameraOf | None = None) -> FindPage:
    """In a window in which Ctrl+Z takes back what was done."""
    page = FindPage(album, (lambda: camera) if camera else None)
    window = QMainWindow()
    window.setCentralWidget(page)
    window.addAction("Undo", Qt.Modifier.CTRL | Qt.Key.Key_Z, album.undo)  # type: ignore[call-overload]
    qtbot.addWidget(window, before_close_func=lambda _: album.close())
    page.frame = window  # type: ignore[attr-defined]
    window.resize(1000, 760)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return page


@pytest.fixture
def hopper(album: Photos, tmp_path: Path) -> Path:
    """A picture of her that is not in the album."""
    with Image.open(album.folder / "portraits" / "H" / "original.jpg") as image:
        image.convert("L").resize((320, 380)).save(tmp_path / "her.png")
    return tmp_path / "her.png"


@pytest.fixture
def both(album: Photos, tmp_path: Path) -> Path:
    """Both of them in one picture, Hopper at the left."""
    sides = []
    for folder in "HC":
        with Image.open(album.folder / "portraits" / folder / "original.jpg") as image:
            sides.append(image.convert("RGB").resize((400, 480)))
    together = Image.new("RGB", (800, 480))
    together.paste(sides[0], (0, 0))
    together.paste(sides[1], (400, 0))
    together.save(tmp_path / "both.png")
    return tmp_path / "both.png"


def drop(page: FindPage, offered: QMimeData) -> bool:
    """Gives whether it was taken."""
    where, actions, left = QPointF(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where.toPoint(), actions, offered, left, none)
    QApplication.sendEvent(page, enter)
    if not enter.isAccepted():
        return False
    dropped = QDropEvent(where, actions, offered, left, none)
    QApplication.sendEvent(page, dropped)
    return dropped.isAccepted()


def drop_file(page: FindPage, file: Path) -> bool:
    offered = QMimeData()
    offered.setUrls([QUrl.fromLocalFile(str(file))])
    return drop(page, offered)


def wait_for_photos(page: FindPage, qtbot: QtBot, count: int) -> None:
    words = f"{count} photos chosen"
    qtbot.waitUntil(lambda: page.matches.isVisible() and page.matches.count.text() == words, timeout=WAIT)


def copy_to(page: FindPage, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    qtbot.mouseClick(page.matches.copy_button, Qt.MouseButton.LeftButton)


def names(photos: set[str]) -> set[str]:
    return {Path(photo).name for photo in photos}


# --- from a picture to a folder ---------------------------------------------------------------------------------------


def test_all_photos_of_whom_a_picture_shows(
    page: FindPage, hopper: Path, album: Photos, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = untouched(home / "Album")
    assert drop_file(page, hopper)
    wait_for_photos(page, qtbot, 10)
    assert page.who.words.text() in ("This is Person 1.", "This is Person 2.")
    assert page.who.note.text() == "10 photos show them."
    (home / "Me").mkdir()
    with qtbot.waitSignal(page.album.said, timeout=WAIT) as told:
        copy_to(page, home / "Me", qtbot, monkeypatch)
    assert told.args == [f"10 photos copied to {home / 'Me'}"]
    assert tree(home / "Me") == {Path(p).name: (album.folder / p).read_bytes() for p in album.truth["Hopper"]}
    assert untouched(home / "Album") == before
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    qtbot.mouseClick(page.matches.open_button, Qt.MouseButton.LeftButton)
    assert opened == [str(home / "Me")]
    with qtbot.waitSignal(page.album.noted, timeout=WAIT):
        qtbot.keyClick(page.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not (home / "Me").exists() or tree(home / "Me") == {}


def test_the_most_similar_come_first_and_those_left_out_stay_where_they_are(
    page: FindPage, hopper: Path, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_file(page, hopper)
    wait_for_photos(page, qtbot, 10)
    matches = page.matches.model.matches[:10]
    assert all(match.sure for match in matches)
    assert [one.similarity for one in matches] == sorted((one.similarity for one in matches), reverse=True)
    first = page.matches.tiles.visualRect(page.matches.model.index(0)).center()
    qtbot.mouseClick(page.matches.tiles.viewport(), Qt.MouseButton.LeftButton, pos=first)
    wait_for_photos(page, qtbot, 9)
    (home / "Me").mkdir()
    copy_to(page, home / "Me", qtbot, monkeypatch)
    qtbot.waitUntil(page.matches.open_button.isVisible, timeout=WAIT)
    assert matches[0].portrait.photo.name not in tree(home / "Me")
    assert len(tree(home / "Me")) == 9


def test_what_is_a_little_like_the_face_is_shown_on_request(page: FindPage, hopper: Path, qtbot: QtBot) -> None:
    drop_file(page, hopper)
    wait_for_photos(page, qtbot, 10)
    model = page.matches.model
    assert model.rowCount() == 10
    if not model.hidden:
        pytest.skip("nobody else in the album is even a little like her")
    hidden = model.hidden
    qtbot.mouseClick(page.matches.more_button, Qt.MouseButton.LeftButton)
    assert model.rowCount() == 10 + min(24, hidden)
    assert not model.matches[10].sure
    assert page.matches.count.text() == "10 photos chosen", "nobody has chosen them yet"


@pytest.mark.parametrize(("place", "person"), [(0, "Hopper"), (1, "Collins")])
def test_of_several_faces_one_is_clicked(
    page: FindPage, both: Path, album: Photos, qtbot: QtBot, place: int, person: str
) -> None:
    drop_file(page, both)
    qtbot.waitUntil(lambda: page.who.words.text() == "Whom do you mean?", timeout=WAIT)
    assert not page.matches.isVisible()
    at = page.who.picture.frame(place).center().toPoint()
    qtbot.mouseClick(page.who.picture, Qt.MouseButton.LeftButton, pos=at)
    wait_for_photos(page, qtbot, 10)
    sure = {match.portrait.photo.name for match in page.matches.model.matches if match.sure}
    assert sure == names(album.truth[person])


def test_of_several_faces_one_is_chosen_with_keys(page: FindPage, both: Path, album: Photos, qtbot: QtBot) -> None:
    drop_file(page, both)
    qtbot.waitUntil(lambda: page.who.words.text() == "Whom do you mean?", timeout=WAIT)
    assert "2 faces" in page.who.picture.accessibleName()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(page.who.picture, key)
    wait_for_photos(page, qtbot, 10)
    assert {one.portrait.photo.name for one in page.matches.model.matches if one.sure} == names(album.truth["Collins"])


def test_the_picture_itself_is_left_out(page: FindPage, home: Path, album: Photos, qtbot: QtBot) -> None:
    drop_file(page, home / "Album" / "portraits" / "C" / "original.jpg")
    wait_for_photos(page, qtbot, 9)


# --- who it is --------------------------------------------------------------------------------------------------------


def test_who_was_found_gets_a_name_and_can_be_opened(page: FindPage, hopper: Path, qtbot: QtBot) -> None:
    drop_file(page, hopper)
    wait_for_photos(page, qtbot, 10)
    person = int(page.who.words.text().removeprefix("This is Person ").removesuffix("."))
    qtbot.keyClicks(page.who.name_field, "Grace")
    qtbot.keyClick(page.who.name_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.who.words.text() == "This is Grace.", timeout=WAIT)
    assert not page.who.name_field.isVisible()
    assert page.matches.count.text() == "10 photos chosen"
    with qtbot.waitSignal(page.person_wanted, timeout=WAIT) as wanted:
        qtbot.mouseClick(page.who.open_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [person]


def test_people_are_told_as_the_user_has_left_them(page: FindPage, hopper: Path, home: Path, qtbot: QtBot) -> None:
    """Whoever was merged is one, and so are their photos."""
    with Library.opened(home / LIBRARY) as library:
        first, second, *_ = sorted(library.people.tallies())
    page.album.correct(lambda correct: correct.merge(first, second))
    qtbot.waitUntil(lambda: not page.album.work.busy, timeout=WAIT)
    drop_file(page, hopper)
    wait_for_photos(page, qtbot, 18)
    assert page.who.words.text() == f"This is Person {first}."


# --- other ways to bring a picture ------------------------------------------------------------------------------------


def test_a_picture_is_chosen_from_a_file(
    page: FindPage, hopper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(hopper), ""))
    qtbot.mouseClick(page.buttons.choose_button, Qt.MouseButton.LeftButton)
    wait_for_photos(page, qtbot, 10)
    qtbot.mouseClick(page.who.another_button, Qt.MouseButton.LeftButton)
    assert page.invitation.isVisible()


def test_a_picture_is_pasted(page: FindPage, hopper: Path, qtbot: QtBot) -> None:
    QApplication.clipboard().setImage(QImage(str(hopper)))
    qtbot.keyClick(page.window(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_photos(page, qtbot, 10)


def test_what_is_pasted_may_be_no_picture(page: FindPage, qtbot: QtBot) -> None:
    QApplication.clipboard().setText("hello")
    qtbot.mouseClick(page.buttons.paste_button, Qt.MouseButton.LeftButton)
    assert "no picture" in page.invitation.words


def test_a_picture_is_taken_with_the_camera(grouped: Album, hopper: Path, qtbot: QtBot) -> None:
    camera = CameraOf(hopper)
    page = shown(grouped, qtbot, camera)
    qtbot.mouseClick(page.buttons.camera_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(CameraDialog)
    qtbot.waitUntil(dialog.take_button.isEnabled, timeout=WAIT)
    qtbot.mouseClick(dialog.take_button, Qt.MouseButton.LeftButton)
    wait_for_photos(page, qtbot, 10)
    assert camera.released


def test_a_camera_that_gives_no_picture(grouped: Album, qtbot: QtBot) -> None:
    camera = CameraOf(None)
    page = shown(grouped, qtbot, camera)
    qtbot.mouseClick(page.buttons.camera_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(CameraDialog)
    qtbot.waitUntil(lambda: "gives no picture" in dialog.words.text(), timeout=WAIT)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert camera.released


def test_without_a_camera_there_is_no_button_for_it(page: FindPage) -> None:
    assert not page.buttons.camera_button.isVisible()


# --- what can be wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.jpg", "empty.jpg: the file is empty; choose another picture"),
        ("gone.jpg", "gone.jpg: No such file or directory; choose another picture"),
        ("small.png", "small.png is too small, 100 x 100 pixels"),
        ("sky.png", "sky.png shows no face"),
    ],
)
def test_a_picture_that_is_of_no_use(page: FindPage, tmp_path: Path, qtbot: QtBot, name: str, words: str) -> None:
    (tmp_path / "empty.jpg").touch()
    Image.new("RGB", (100, 100)).save(tmp_path / "small.png")
    Image.new("RGB", (400, 300), "skyblue").save(tmp_path / "sky.png")
    drop_file(page, tmp_path / name)
    qtbot.waitUntil(lambda: words in page.invitation.words, timeout=WAIT)
    assert page.invitation.isVisible()


def test_a_folder_is_left_to_the_window(page: FindPage, home: Path) -> None:
    assert not drop_file(page, home / "Album")


def test_somebody_who_is_nowhere(page: FindPage, hopper: Path, home: Path, qtbot: QtBot) -> None:
    with Library.opened(home / LIBRARY) as library, library._connection as db:
        db.execute("DELETE FROM placements")
        db.execute("DELETE FROM faces")
    drop_file(page, hopper)
    qtbot.waitUntil(lambda: page.who.words.text() == "That did not work.", timeout=WAIT)
    assert "no face was found in any photo yet" in page.who.note.text()


@pytest.mark.parametrize(("folder", "words"), [("Album", "holds your photos themselves"), ("full", "is a file")])
def test_folders_that_cannot_be_copied_to(
    page: FindPage, hopper: Path, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, folder: str, words: str
) -> None:
    (home / "full").touch()
    drop_file(page, hopper)
    wait_for_photos(page, qtbot, 10)
    copy_to(page, home / folder, qtbot, monkeypatch)
    qtbot.waitUntil(lambda: words in page.matches.words.text(), timeout=WAIT)
    assert page.matches.copy_button.isEnabled()


def test_photos_that_are_gone(
    page: FindPage, hopper: Path, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_file(page, hopper)
    wait_for_photos(page, qtbot, 10)
    shutil.rmtree(home / "Album")
    copy_to(page, home / "Me", qtbot, monkeypatch)
    qtbot.waitUntil(lambda: "Is their drive connected?" in page.matches.words.text(), timeout=WAIT)


def test_without_photos_it_says_what_to_do(tmp_path: Path, hopper: Path, qtbot: QtBot) -> None:
    album = Album(tmp_path / "none.sqlite", thumbnails=tmp_path)
    page = shown(album, qtbot)
    drop_file(page, hopper)
    assert "Choose photos first" in page.invitation.words
    album.close()
