"""One question about people, with the faces that it is about."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from sortbyface.desktop.face_grid import FaceGrid
from sortbyface.desktop.page import labelled
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.jobs.suggest import IsThisShown, SamePersonShown, Shown, Somebody
from sortbyface.library.portraits import Scene

_SIDE, _LARGE_SIDE = 128, 192
_PHOTO = QSize(192, 192)
_ROUND = 12


class QuestionCard(QFrame):
    """Two rows of faces, or a face beside a person's."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setObjectName("card")
        self.heading = labelled("", "title")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self._pair, self._single = _Pair(thumbnails), _Single(thumbnails)
        self._kinds = QStackedWidget()
        self._kinds.addWidget(self._pair)
        self._kinds.addWidget(self._single)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(24)
        column.addWidget(self.heading)
        column.addWidget(self._kinds, 1)

    def show_question(self, shown: Shown) -> None:
        """Another one."""
        if isinstance(shown, SamePersonShown):
            self.heading.setText(self.tr("Are these the same person?"))
            self._pair.show_people(shown)
            self._kinds.setCurrentWidget(self._pair)
        else:
            self.heading.setText(self.tr("Is this {}?").format(shown.person.name))
            self._single.show_face(shown)
            self._kinds.setCurrentWidget(self._single)
        self.setAccessibleName(self.heading.text())


class _Pair(QWidget):
    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._sides = [_Faces(thumbnails, rows=1) for _ in range(2)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(26)
        for side in self._sides:
            column.addWidget(side)
        column.addStretch(1)

    def show_people(self, shown: SamePersonShown) -> None:
        for side, somebody in zip(self._sides, (shown.person, shown.other), strict=True):
            side.show_somebody(somebody)


class _Single(QWidget):
    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._face = FaceGrid(thumbnails, _LARGE_SIDE)
        self._face.setFixedSize(_LARGE_SIDE, _LARGE_SIDE)
        self._photo = _WholePhoto(thumbnails)
        self._person = _Faces(thumbnails, rows=2)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(14)
        grid.addWidget(self._face, 0, 0)
        grid.addWidget(self._photo, 1, 0)
        grid.addWidget(self._person, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)

    def show_face(self, shown: IsThisShown) -> None:
        self._face.show_faces([shown.face], self.tr("The face that is asked about"))
        self._photo.show_photo(shown.scene)
        self._person.show_somebody(shown.person)


class _Faces(QWidget):
    """What somebody is called, and their faces below that."""

    def __init__(self, thumbnails: Thumbnails, rows: int) -> None:
        super().__init__()
        self._name, self._count = labelled("", "heading"), QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("role", "note")
        self._faces = FaceGrid(thumbnails, _SIDE, rows)
        words = QHBoxLayout()
        words.setSpacing(10)
        words.addWidget(self._name)
        words.addWidget(self._count)
        words.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(words)
        column.addWidget(self._faces)

    def show_somebody(self, somebody: Somebody) -> None:
        self._name.setText(somebody.name)
        photos = somebody.photos
        self._count.setText(self.tr("1 photo") if photos == 1 else self.tr("{:,} photos").format(photos))
        self._faces.show_faces(somebody.faces, self.tr("Faces of {}").format(somebody.name))


class _WholePhoto(QWidget):
    """The photo that a face is in: who else is there, and when it was, helps to tell."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._scene: Scene | None = None
        self.setFixedSize(_PHOTO)
        self.setAccessibleName(self.tr("The photo that it is in"))
        thumbnails.ready.connect(lambda wish: self.update() if wish == self._scene else None)

    def show_photo(self, scene: Scene) -> None:
        self._scene = scene
        self.setToolTip(str(scene.photo))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        photo = self._thumbnails.photo(self._scene) if self._scene else None
        if photo is None or photo.isNull():
            return
        size = QSize(photo.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        outline = QPainterPath()
        outline.addRoundedRect(where, _ROUND, _ROUND)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(outline)
        painter.drawPixmap(where, photo, QRectF(photo.rect()))
        painter.end()
