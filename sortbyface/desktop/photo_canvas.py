"""One photo, to be looked at closely, with a frame around each face."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from sortbyface.desktop.face_frames import draw_frame
from sortbyface.jobs.one_photo import FaceInPhoto

_LARGEST_SCALE = 4.0
"""Pixels of the screen for one of the photo."""

_STEP = 1.25
_PAN = 60


class PhotoCanvas(QWidget):
    """Fits the photo into itself until it is zoomed."""

    side_wanted = Signal(float)
    """How many pixels of the photo's longer side the screen could show now."""

    face_clicked = Signal(int, QPoint)
    """Its place in the list, and the place on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._size = QSizeF()
        self._faces: list[FaceInPhoto] = []
        self._image: QImage | QPixmap | None = None
        self._words = ""
        self._frames = True
        self._highlighted: int | None = None
        self._scale: float | None = None
        self._middle = QPointF()
        self._pressed: QPointF | None = None
        self._dragged = False
        self._sharpen = QTimer(self, singleShot=True, interval=120)
        self._sharpen.timeout.connect(self.want_side)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_photo(self, size: QSize, faces: list[FaceInPhoto]) -> None:
        """Another photo, of so many pixels, that fits; no picture of it is there yet."""
        self._size, self._image, self._words = QSizeF(size), None, ""
        self.show_faces(faces)
        self.fit()
        self.want_side()

    def show_faces(self, faces: list[FaceInPhoto]) -> None:
        """Of the same photo."""
        self._faces, self._highlighted = faces, None
        self.update()

    def show_image(self, image: QImage | QPixmap) -> None:
        """The photo, as large as it has been read up to now."""
        self._image = image
        self.update()

    def show_words(self, words: str) -> None:
        """Instead of a picture."""
        self._image, self._words = None, words
        self.update()

    def show_frames(self, shown: bool) -> None:
        """Around the faces."""
        self._frames = shown
        self.update()

    def highlight(self, face: int | None) -> None:
        """Point out one of the faces."""
        if face != self._highlighted:
            self._highlighted = face
            self.setCursor(Qt.CursorShape.ArrowCursor if face is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    # --- zooming ----------------------------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Pixels of the window for one of the photo."""
        return self._fitting if self._scale is None else self._scale

    @property
    def zoomed(self) -> bool:
        """Whether it is larger than it fits."""
        return self._scale is not None

    def fit(self) -> None:
        """All of the photo."""
        self._scale = None
        self.update()

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Make it so many times as large. about: what stays where it is; None: the middle."""
        about = about or QRectF(self.rect()).center()
        fixed = (about - self._place().topLeft()) / self.scale
        scale = min(self.scale * factor, max(_LARGEST_SCALE / self.devicePixelRatioF(), self._fitting))
        if scale <= self._fitting:
            self.fit()
            return
        self._scale = scale
        self._centre(fixed + (QRectF(self.rect()).center() - about) / scale)
        self._sharpen.start()

    def zoom_in(self) -> None:
        """A step."""
        self.zoom(_STEP)

    def zoom_out(self) -> None:
        """A step."""
        self.zoom(1 / _STEP)

    @property
    def _fitting(self) -> float:
        """The scale at which the photo fits; a small one is not made larger than its pixels."""
        if self._size.isEmpty():
            return 1.0
        fitting = min(self.width() / self._size.width(), self.height() / self._size.height())
        return max(min(fitting, 1.0), 1e-6)

    def _place(self) -> QRectF:
        """Of the photo in the window."""
        whole = QRectF(QPointF(0, 0), self._size * self.scale)
        middle = QRectF(self.rect()).center()
        whole.moveCenter(middle) if self._scale is None else whole.translate(middle - self._middle * self.scale)
        return whole

    def _centre(self, point: QPointF) -> None:
        """Bring a point of the photo to the middle, as far as that leaves no needless room beside the photo."""

        def within(value: float, photo: float, window: float) -> float:
            half = window / self.scale / 2
            return photo / 2 if photo <= 2 * half else min(max(value, half), photo - half)

        x = within(point.x(), self._size.width(), self.width())
        self._middle = QPointF(x, within(point.y(), self._size.height(), self.height()))
        self.update()

    def want_side(self) -> None:
        """Say how large a picture is called for."""
        if not self._size.isEmpty():
            self.side_wanted.emit(max(self._size.width(), self._size.height()) * self.scale * self.devicePixelRatioF())

    # --- drawing ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = self._place()
        if isinstance(self._image, QImage):
            painter.drawImage(place, self._image)
        elif self._image is not None and not self._image.isNull():
            painter.drawPixmap(place, self._image, QRectF(self._image.rect()))
        elif self._words:
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(40, 0, -40, 0), flags, self._words)
            return
        else:
            painter.fillRect(place, self.palette().mid())
        for number, face in enumerate(self._faces):
            if self._frames or number == self._highlighted:
                draw_frame(painter, self._frame(face), face, self.palette(), highlighted=number == self._highlighted)
        painter.end()

    def _frame(self, face: FaceInPhoto) -> QRectF:
        left, top, right, bottom = face.box.scaled(self.scale)
        return QRectF(QPointF(left, top), QPointF(right, bottom)).translated(self._place().topLeft())

    # --- mouse and keys ---------------------------------------------------------------------------------------------

    def face_at(self, position: QPointF) -> int | None:
        """The smallest one there."""
        there = [number for number, face in enumerate(self._faces) if self._frame(face).contains(position)]
        return min(there, key=lambda number: self._faces[number].box.area, default=None)

    def middle_of(self, face: int) -> QPoint:
        """Of a face, in the window's pixels."""
        return self._frame(self._faces[face]).center().toPoint()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 (Qt's name)
        self.zoom(1.0015 ** event.angleDelta().y(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if self._pressed is None:
            self.highlight(self.face_at(event.position()))
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragged = True
            self._pressed = event.position()
            self._pan(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        face = self.face_at(event.position())
        if self._pressed is not None and not self._dragged and face is not None:
            self.face_clicked.emit(face, event.globalPosition().toPoint())
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        if self.zoomed:
            self.fit()
        else:
            self.zoom(1 / self._fitting if self._fitting < 1 else 2, event.position())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        self.highlight(None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        if self._scale is not None:
            self._centre(self._middle)
        self._sharpen.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Shift and an arrow move the photo."""
        directions = {
            Qt.Key.Key_Left: QPointF(_PAN, 0),
            Qt.Key.Key_Right: QPointF(-_PAN, 0),
            Qt.Key.Key_Up: QPointF(0, _PAN),
            Qt.Key.Key_Down: QPointF(0, -_PAN),
        }
        step = directions.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pan(step)
        else:
            super().keyPressEvent(event)

    def _pan(self, moved: QPointF) -> None:
        if self._scale is not None:
            self._centre(self._middle - moved / self._scale)
