"""The picture of somebody to look for, with a frame around each face."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sortbyface.faces.face import Box

_ROUND, _FRAME_ROUND = 14, 8
NO_LIMIT = 16_777_215
"""To the size of a widget: Qt's QWIDGETSIZE_MAX."""

_MARGIN = 0.12
"""Around a face, as a share of its side: a frame is not to hide the chin."""


class QueryPicture(QWidget):
    """If it shows several faces, one of them is chosen: with a click, or with the arrow keys and Enter."""

    chosen = Signal(int)
    """A face, by its place from left to right."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()
        self._faces: Sequence[Box] = ()
        self._chosen: int | None = None
        self._pointed: int | None = None

    def show_picture(self, image: QImage, faces: Sequence[Box]) -> None:
        """faces: in pixels of the image, from left to right."""
        self._image, self._faces = image, faces
        self._chosen, self._pointed = None, None
        words = self.tr("A picture with {} faces. The arrow keys and Enter choose one.").format(len(faces))
        self.setAccessibleName(words if len(faces) > 1 else self.tr("A picture with one face"))
        self.updateGeometry()
        self.update()

    def choose(self, face: int) -> None:
        """Mark the one that is looked for."""
        self._chosen = face
        self.update()

    def frame(self, face: int) -> QRectF:
        """Where the frame of a face is, in the window's pixels."""
        place = self._place()
        left, top, right, bottom = self._faces[face].scaled(place.width() / max(1, self._image.width()))
        margin = _MARGIN * (right - left)
        frame = QRectF(QPointF(left, top), QPointF(right, bottom)).translated(place.topLeft())
        return frame.adjusted(-margin, -margin, margin, margin).intersected(place)

    def shrink_to(self, width: int) -> None:
        """As high as the picture is at this width, or as it is wide."""
        size = self._image.size().scaled(QSize(width, width), Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedHeight(max(1, size.height()))

    def grow(self) -> None:
        """As large as there is room."""
        self.setMinimumHeight(0)
        self.setMaximumHeight(NO_LIMIT)

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(280, 280)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place, outline = self._place(), QPainterPath()
        outline.addRoundedRect(place, _ROUND, _ROUND)
        painter.save()
        painter.setClipPath(outline)
        painter.drawImage(place, self._image)
        painter.restore()
        for face in range(len(self._faces)):
            marked = face == (self._chosen if self._pointed is None else self._pointed)
            self._draw_frame(painter, self.frame(face), marked)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        self._point_at(self._face_at(event.position()) if len(self._faces) > 1 else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        face = self._face_at(event.position())
        if face is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(face)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if len(self._faces) > 1 and event.key() in steps:
            now = self._pointed if self._pointed is not None else self._chosen
            first = -1 if event.key() == Qt.Key.Key_Right else 0
            self._point_at(((first if now is None else now) + steps[Qt.Key(event.key())]) % len(self._faces))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._pointed is not None:
            self.chosen.emit(self._pointed)
        else:
            super().keyPressEvent(event)

    def _face_at(self, position: QPointF) -> int | None:
        """The smallest one there."""
        there = [face for face in range(len(self._faces)) if self.frame(face).contains(position)]
        return min(there, key=lambda face: self._faces[face].area, default=None)

    def _point_at(self, face: int | None) -> None:
        if face != self._pointed:
            self._pointed = face
            self.setCursor(Qt.CursorShape.ArrowCursor if face is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _place(self) -> QRectF:
        """Of the picture: as large as fits, at the top."""
        if self._image.isNull():
            return QRectF()
        size = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(QPointF((self.width() - size.width()) / 2, 0), size)

    def _draw_frame(self, painter: QPainter, frame: QRectF, marked: bool) -> None:
        """It can be seen on any picture."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 110), 4))
        painter.drawRoundedRect(frame, _FRAME_ROUND, _FRAME_ROUND)
        role = QPalette.ColorRole.Highlight if marked else QPalette.ColorRole.HighlightedText
        painter.setPen(QPen(self.palette().color(role), 3 if marked else 2))
        painter.drawRoundedRect(frame, _FRAME_ROUND, _FRAME_ROUND)
