"""How somebody on the wall is painted, and how their name is typed."""

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sortbyface.desktop.people_model import TILE, Crowd, PeopleModel
from sortbyface.desktop.piecewise_model import Index
from sortbyface.desktop.portrait_icon import draw_face
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.desktop.tile_view import tile_in
from sortbyface.jobs.wall import Tile

FACE = 124
"""Side of a face, in layout units."""

_EDGE = 12
_GAP = 8
_RING = 3
_HIDDEN = 0.45
"""Opacity of who is hidden."""


class PeopleDelegate(QStyledItemDelegate):
    """A rounded face, the name, and the number of photos."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._editors: set[QLineEdit] = set()
        self.target = QPersistentModelIndex()
        """Where somebody would be dropped now."""

        self.proposal: str | None = None
        """What the next name begins with, instead of the one that somebody has."""

    # --- looks ------------------------------------------------------------------------------------------------------

    @staticmethod
    def tile_size(font: QFont) -> QSize:
        """With room for both lines."""
        lines = QFontMetrics(_name_font(font)).height() + QFontMetrics(_note_font(font)).height()
        return QSize(FACE + 2 * _EDGE + 8, FACE + 2 * _EDGE + _GAP + lines)

    @staticmethod
    def name_place(tile: QRect, font: QFont) -> QRect:
        """Where the name is, in a tile."""
        height = QFontMetrics(_name_font(font)).height()
        return QRect(tile.left() + _EDGE, tile.top() + _EDGE + FACE + _GAP, tile.width() - 2 * _EDGE, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(TILE)
        palette, state, tile = option.palette, option.state, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, tile, palette, state)
        face = QRectF(tile.left() + (tile.width() - FACE) // 2, tile.top() + _EDGE, FACE, FACE)
        if isinstance(one, Tile) and one.person.hidden:
            painter.setOpacity(_HIDDEN)
        if isinstance(one, Crowd):
            self._paint_crowd(painter, face, one, palette)
        else:
            draw_face(painter, face, self._thumbnails.face(one.portrait) if one.portrait else None, palette)
        if index == self.target or (state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), _RING))
            painter.drawRoundedRect(face.adjusted(-_RING, -_RING, _RING, _RING), FACE * 0.24, FACE * 0.24)
        self._paint_words(painter, tile, one, index, palette)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        return tile_in(option.widget, self.tile_size(option.font))

    def _paint_ground(self, painter: QPainter, tile: QRect, palette: QPalette, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            colour = QColor(palette.color(QPalette.ColorRole.Highlight))
            colour.setAlphaF(0.16)
        elif state & QStyle.StateFlag.State_MouseOver:
            colour = palette.color(QPalette.ColorRole.AlternateBase)
        else:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(tile).adjusted(3, 2, -3, -2), 14, 14)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_crowd(self, painter: QPainter, where: QRectF, crowd: Crowd, palette: QPalette) -> None:
        """Four of them, smaller."""
        side = (FACE - 6) / 2
        for place, stranger in enumerate(crowd.strangers[:4]):
            corner = where.topLeft()
            corner += QRectF(0, 0, (side + 6) * (place % 2), (side + 6) * (place // 2)).bottomRight()
            draw_face(
                painter, QRectF(corner.x(), corner.y(), side, side), self._thumbnails.face(stranger.portrait), palette
            )

    def _paint_words(self, painter: QPainter, tile: QRect, one: Tile | Crowd, index: Index, palette: QPalette) -> None:
        model = index.model()
        assert isinstance(model, PeopleModel)
        font = painter.font()
        place = self.name_place(tile, font)
        named = isinstance(one, Crowd) or one.person.named
        painter.setFont(_name_font(font) if named else font)
        painter.setPen(palette.color(QPalette.ColorRole.Text if named else QPalette.ColorRole.PlaceholderText))
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, name)
        if isinstance(one, Tile):
            painter.setFont(_note_font(font))
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            below = place.translated(0, place.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, model.note(one))

    # --- names ------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A field for the name, which offers those that there are."""
        model = index.model()
        assert isinstance(model, PeopleModel)
        editor = QLineEdit(index.data(Qt.ItemDataRole.EditRole) if self.proposal is None else self.proposal, parent)
        self.proposal = None
        editor.setAccessibleName(self.tr("Name"))
        editor.setPlaceholderText(self.tr("Name"))
        editor.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        names = sorted(tile.person.name for tile in model.everybody if tile.person.named)
        completer = QCompleter(QStringListModel(names, editor), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        editor.setCompleter(completer)
        self._editors.add(editor)
        # While names are offered, Enter comes to the field alone, and completes the name only after that.
        editor.returnPressed.connect(lambda: self._finish(editor))
        completer.activated.connect(lambda _: self._finish(editor), Qt.ConnectionType.QueuedConnection)
        return editor

    def go_on_typing(self) -> None:
        """After what is there, not instead of it."""
        for editor in self._editors:
            editor.end(False)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        """Never over what is being typed, whatever else changes on the tile."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        place = self.name_place(option.rect, option.font)
        place.setHeight(editor.sizeHint().height())
        editor.setGeometry(place.translated(0, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._finish(editor)
            return True  # it is not meant for the wall, which would open who was named
        return super().eventFilter(editor, event)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:  # noqa: N802 (Qt's name)
        self._editors = {one for one in self._editors if one is not editor}
        super().destroyEditor(editor, index)

    def _finish(self, editor: QObject) -> None:
        """Once: Enter in the list of names says so twice."""
        if isinstance(editor, QLineEdit) and editor in self._editors:
            self._editors.discard(editor)
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _name_font(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def _note_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    return small
