"""The faces that were found last."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from sortbyface.desktop.portrait_icon import draw_face
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.library.portraits import Portrait

SHOWN = 120
"""More are no more of a show."""

_SIDE = 72
_SPACE = 10

_Index = QModelIndex | QPersistentModelIndex


class LatestFaces(QAbstractListModel):
    """Portraits, the very last first."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails = thumbnails
        self._portraits: list[Portrait] = []
        thumbnails.ready.connect(self._show)

    def show(self, portraits: Sequence[Portrait]) -> None:
        """These, and what else fits of those that were shown before."""
        known = set(self._portraits)
        new = [portrait for portrait in portraits if portrait not in known]
        if not new:
            return
        self.beginInsertRows(QModelIndex(), 0, len(new) - 1)
        self._portraits[:0] = new
        self.endInsertRows()
        if len(self._portraits) > SHOWN:
            self.beginRemoveRows(QModelIndex(), SHOWN, len(self._portraits) - 1)
            del self._portraits[SHOWN:]
            self.endRemoveRows()

    def clear(self) -> None:
        """None."""
        self.beginResetModel()
        self._portraits = []
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's name)
        return 0 if parent.isValid() else len(self._portraits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Portrait | str | None:
        portrait = self._portraits[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return portrait
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return portrait.photo.name
        return None

    def _show(self, portrait: Portrait) -> None:
        if portrait in self._portraits:
            index = self.index(self._portraits.index(portrait))
            self.dataChanged.emit(index, index)


class LatestFacesView(QListView):
    """Rounded tiles, as many beside each other as fit."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.faces = LatestFaces(thumbnails, self)
        self.setModel(self.faces)
        self.setItemDelegate(_Tile(thumbnails, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Faces found last"))


class _Tile(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(_SIDE + _SPACE, _SIDE + _SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = option.rect
        face = self._thumbnails.face(index.data(Qt.ItemDataRole.UserRole))
        draw_face(painter, QRectF(rect.x(), rect.y(), _SIDE, _SIDE), face, option.palette)
