"""Photos seen large, one after the other, with everybody in them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.face_menu import FaceMenu
from sortbyface.desktop.page import labelled
from sortbyface.desktop.people_in_photo import PeopleInPhoto
from sortbyface.desktop.photo_canvas import PhotoCanvas
from sortbyface.desktop.photo_reader import PhotoReader
from sortbyface.jobs.one_photo import OnePhoto, one_photo
from sortbyface.library import Library
from sortbyface.library.portraits import Scene

_Near = dict[int, OnePhoto | None]
"""Content -> the photo; None if it could never be read."""


class PhotoView(QWidget):
    """The large view."""

    closed = Signal()

    person_wanted = Signal(int)
    """Somebody in the photo, whose own photos are to be seen."""

    def __init__(self, album: Album) -> None:
        super().__init__()
        self._album = album
        self._contents: list[int] = []
        self._at = 0
        self._near: _Near = {}
        self.canvas = PhotoCanvas()
        self._reader = PhotoReader(album.reading, self)
        self._reader.ready.connect(self._show_image)
        self._reader.failed.connect(self._show_failure)
        self.canvas.side_wanted.connect(self._read)
        self.canvas.face_clicked.connect(self._offer)
        self.people = PeopleInPhoto(album.thumbnails)
        self.people.pointed_at.connect(self.canvas.highlight)
        self.people.clicked.connect(self._offer)
        self._title = labelled("", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._place = labelled("", "note")
        self._place.setWordWrap(False)
        self._layout()
        album.people_changed.connect(self._people_changed)

    def show_photos(self, contents: Sequence[int], content: int) -> None:
        """These photos, by what they hold, and first this one of them."""
        self._contents, self._at = list(contents), list(contents).index(content)
        self._near = {}
        self._go_to(self._at)
        self.canvas.setFocus()

    @property
    def content(self) -> int:
        """Of the photo that is shown."""
        return self._contents[self._at]

    # --- from photo to photo ----------------------------------------------------------------------------------------

    def next(self) -> None:
        """The next photo, if there is one."""
        self._go_to(min(self._at + 1, len(self._contents) - 1))

    def previous(self) -> None:
        """The one before, if there is one."""
        self._go_to(max(self._at - 1, 0))

    def _go_to(self, at: int) -> None:
        self._at = at
        self._previous.setEnabled(at > 0)
        self._next.setEnabled(at < len(self._contents) - 1)
        self._place.setText(self.tr("{:,} of {:,}").format(at + 1, len(self._contents)))
        if self.content in self._near:
            self._show(self._near[self.content])
        self._ask()

    def _ask(self) -> None:
        """For this photo and its neighbours."""
        near = self._contents[max(self._at - 1, 0) : self._at + 2]

        def question(library: Library) -> _Near:
            return {content: one_photo(library, content) for content in near}

        self._album.ask(question, self._answered)

    def _answered(self, near: _Near) -> None:
        if not self._contents or self.content not in near:
            return  # the user has gone on
        shown = self._near.get(self.content)
        self._near = near
        photo = near[self.content]
        if photo is None or shown is None or photo.scene != shown.scene:
            self._show(photo)
        elif photo != shown:
            self._show_faces(photo)
        self._reader.attend(one.scene for one in near.values() if one)
        self.canvas.want_side()
        for one in near.values():
            if one is not None:
                self._reader.read(one.scene, max(self.canvas.width(), self.canvas.height()))

    def _show(self, photo: OnePhoto | None) -> None:
        if photo is None:
            self._title.clear()
            self.canvas.show_photo(QSize(), [])
            self.canvas.show_words(self.tr("This photo cannot be shown: it could never be read."))
            self.people.show_faces([])
            return
        self._title.setText(photo.scene.photo.name)
        self._title.setToolTip(str(photo.scene.photo))
        self.canvas.show_photo(QSize(photo.scene.width, photo.scene.height), [])
        self._show_faces(photo)
        image = self._reader.image(photo.scene) or self._album.thumbnails.photo(photo.scene)
        if image is not None:
            self.canvas.show_image(image)

    def _show_faces(self, photo: OnePhoto) -> None:
        self.canvas.show_faces(photo.faces)
        self.people.show_faces(photo.faces)
        names = [face.name or self.tr("somebody unknown") for face in photo.faces]
        self.canvas.setAccessibleDescription(", ".join([photo.scene.photo.name, *names]))

    # --- pictures ---------------------------------------------------------------------------------------------------

    @property
    def _scene(self) -> Scene | None:
        photo = self._near.get(self.content) if self._contents else None
        return photo.scene if photo else None

    def _read(self, side: float) -> None:
        if self._scene:
            self._reader.read(self._scene, side)

    def _show_image(self, scene: Scene) -> None:
        image = self._reader.image(scene)
        if scene == self._scene and image is not None:
            self.canvas.show_image(image)

    def _show_failure(self, scene: Scene, reason: str) -> None:
        if scene == self._scene:
            self.canvas.show_words(self.tr("{} cannot be shown: {}").format(scene.photo.name, reason))

    # --- people -----------------------------------------------------------------------------------------------------

    def _offer(self, number: int, at: QPoint) -> None:
        photo = self._near.get(self.content)
        if photo:
            menu = FaceMenu(self._album, photo.faces[number], self)
            menu.person_wanted.connect(self.person_wanted)
            menu.popup(at)

    def _people_changed(self) -> None:
        if self._contents and self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        self._people_changed()

    # --- the frame --------------------------------------------------------------------------------------------------

    def _layout(self) -> None:
        self._back = self._button(self.tr("‹  Back"), self.tr("Back"), self.closed.emit, "Esc", "Alt+Left")
        self._previous = self._button("←", self.tr("Previous photo"), self.previous, "Left")
        self._next = self._button("→", self.tr("Next photo"), self.next, "Right")
        smaller = self._button("−", self.tr("Smaller"), self.canvas.zoom_out, "-", "Ctrl+-")
        fit = self._button(self.tr("Fit"), self.tr("Fit the window"), self.canvas.fit, "0", "Ctrl+0")
        larger = self._button("+", self.tr("Larger"), self.canvas.zoom_in, "+", "=", "Ctrl++", "Ctrl+=")
        self.frames = self._button(self.tr("Names"), self.tr("Frames and names"), lambda: None, "B")
        self.frames.setCheckable(True)
        self.frames.setChecked(True)
        self.frames.toggled.connect(self.canvas.show_frames)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._back)
        head.addWidget(self._title, 1)
        for widget in (self.frames, smaller, fit, larger, self._place, self._previous, self._next):
            head.addWidget(widget)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addLayout(head)
        body.addWidget(self.canvas, 1)
        body.addWidget(self.people)

    def _button(self, text: str, name: str, press: Callable[[], object], *keys: str) -> QPushButton:
        """With keys that count wherever in this view the focus is."""
        button = QPushButton(text)
        button.setFlat(True)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})")
        button.clicked.connect(lambda: press())
        for key in keys:
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        return button
