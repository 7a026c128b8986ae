"""Draws who would become one, or fall apart, as groups of faces side by side."""

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sortbyface.desktop.portrait_icon import draw_face
from sortbyface.desktop.shifts_model import FACES, Heading, ShiftRow, ShiftsModel
from sortbyface.desktop.thumbnails import Thumbnails

_SIDE = 52
_GAP = 6
_BETWEEN = 34
_MARGIN = 14

_Index = QModelIndex | QPersistentModelIndex


class ShiftsDelegate(QStyledItemDelegate):
    """A card for each row."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        line = option.fontMetrics.height()
        heading = isinstance(_model(index).row(index), Heading)
        return QSize(0, line + 18 if heading else _SIDE + line + 2 * _MARGIN + 2 * _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, palette = _model(index).row(index), QGuiApplication.palette()  # not the list's, which is see-through
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            font = QFont(option.font)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(option.rect.adjusted(2, 0, 0, -4), Qt.AlignmentFlag.AlignBottom, row.words)
        else:
            self._paint_row(painter, option, index, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, row: ShiftRow) -> None:
        palette = QGuiApplication.palette()
        card = QRectF(option.rect).adjusted(0.5, 3.5, -0.5, -3.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        edge = QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Mid
        painter.setPen(QPen(palette.color(edge), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(card, 12, 12)
        left, top = card.left() + _MARGIN, card.top() + _MARGIN - 3
        room = (card.width() - 2 * _MARGIN - _BETWEEN * (len(row.parts) - 1)) / len(row.parts)
        most = max(1, min(FACES, int((room + _GAP) // (_SIDE + _GAP))))
        for number, caption in enumerate(row.captions):
            portraits = _model(index).portraits(index, number)[:most]
            line = option.fontMetrics.height()
            wanted = max(len(portraits) * (_SIDE + _GAP) - _GAP, option.fontMetrics.horizontalAdvance(caption) + 2)
            wide = min(float(wanted), room)
            words = option.fontMetrics.elidedText(caption, Qt.TextElideMode.ElideRight, int(wide))
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(QRectF(left, top + _SIDE + _GAP, wide + 2, line), Qt.AlignmentFlag.AlignLeft, words)
            for place, portrait in enumerate(portraits):
                where = QRectF(left + place * (_SIDE + _GAP), top, _SIDE, _SIDE)
                draw_face(painter, where, self._thumbnails.face(portrait), palette)
            left += wide
            if number < len(row.parts) - 1:
                self._paint_sign(painter, QRectF(left, top, _BETWEEN, _SIDE), joins=row.joins)
            left += _BETWEEN

    def _paint_sign(self, painter: QPainter, where: QRectF, *, joins: bool) -> None:
        """A plus between those who would be one, and a line between what would be apart."""
        painter.setPen(QPen(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        middle, arm = where.center(), 6 if joins else _SIDE / 2 - 4
        painter.drawLine(QLineF(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm))
        if joins:
            painter.drawLine(QLineF(middle.x() - arm, middle.y(), middle.x() + arm, middle.y()))


def _model(index: _Index) -> ShiftsModel:
    model = index.model()
    assert isinstance(model, ShiftsModel)
    return model
