"""How a photo that was found is drawn: the face, whether it is chosen, and what the photo is called."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sortbyface.desktop.match_model import MATCH
from sortbyface.desktop.portrait_icon import ROUNDNESS, draw_face
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.jobs.matches import Match

TILE = QSize(136, 160)
_FACE = 112
_TOP = 8
_BADGE = 22
_LEFT_OUT = 0.55
"""How much is seen of one that is not chosen."""

_TICK = [QPointF(-5, 0), QPointF(-1.5, 3.5), QPointF(5, -3.5)]


class MatchDelegate(QStyledItemDelegate):
    """Asks for the faces of those that are seen, and of no others."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(  # noqa: N802 (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return TILE

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        match: Match = index.data(MATCH)
        palette, whole = option.palette, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        face = QRectF(whole.center().x() - _FACE / 2, whole.top() + _TOP, _FACE, _FACE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1 if chosen else _LEFT_OUT)
        draw_face(painter, face, self._thumbnails.face(match.portrait), palette)
        painter.setOpacity(1)
        if chosen:
            _ring(painter, face, 3, palette.color(QPalette.ColorRole.Highlight))
            _tick(painter, face.topRight(), palette)
        elif option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            _ring(painter, face, 2, palette.color(QPalette.ColorRole.PlaceholderText))
        words = match.portrait.photo.name if match.sure else self.tr("perhaps")
        below = QRectF(face.left(), face.bottom() + 6, face.width(), whole.bottom() - face.bottom() - 8)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        elided = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideMiddle, int(below.width()))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, elided)
        painter.restore()


def _ring(painter: QPainter, face: QRectF, width: int, colour: QColor) -> None:
    ring = face.adjusted(-width, -width, width, width)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = ROUNDNESS * face.width() + width
    painter.drawRoundedRect(ring, radius, radius)


def _tick(painter: QPainter, corner: QPointF, palette: QPalette) -> None:
    middle = corner + QPointF(-_BADGE / 2 + 4, _BADGE / 2 - 4)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 2))
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
    painter.drawEllipse(middle, _BADGE / 2, _BADGE / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([middle + point for point in _TICK]))
