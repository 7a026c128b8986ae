"""The faces that are nobody's: passers-by, seen once."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sortbyface.desktop.album import Album
from sortbyface.desktop.choose_person import ChoosePerson
from sortbyface.desktop.page import labelled
from sortbyface.desktop.piecewise_model import Index, PiecewiseModel
from sortbyface.desktop.portrait_icon import draw_face
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.desktop.tile_view import TileView, tile_in
from sortbyface.library.portraits import Portrait, Stranger

_FACE = 96
_EDGE = 6
_STRANGER = Qt.ItemDataRole.UserRole


class StrangersView(QWidget):
    """All of them, the ones seen best first."""

    closed = Signal()

    def __init__(self, album: Album) -> None:
        super().__init__()
        self._album = album
        self._model = _StrangersModel(self)
        self.faces = TileView(self._model, QSize(_FACE + 2 * _EDGE, _FACE + 2 * _EDGE))
        self.faces.setAccessibleName(self.tr("Faces of strangers"))
        self.faces.setItemDelegate(_FaceDelegate(album.thumbnails, self))
        album.thumbnails.ready.connect(self._model.face_is_ready)
        self.back_button = QPushButton(self.tr("‹ People"))
        self.back_button.setAccessibleName(self.tr("Back to all people"))
        self.back_button.setShortcut(Qt.Key.Key_Escape)
        self.back_button.clicked.connect(self.closed)
        self.name_button = QPushButton(self.tr("Who is this?…"))
        self.name_button.setEnabled(False)
        self.name_button.clicked.connect(self._ask_who)
        self.faces.opened.connect(self._ask_who)
        self.faces.doubleClicked.connect(self._ask_who)
        self.faces.selectionModel().selectionChanged.connect(self._selected)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.back_button)
        head.addWidget(labelled(self.tr("Strangers"), "title"))
        head.addStretch(1)
        head.addWidget(self.name_button)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addLayout(head)
        body.addWidget(labelled(self.tr("Faces that belong to nobody: passers-by, seen once or too badly."), "note"))
        body.addWidget(self.faces, 1)

    def show_strangers(self, strangers: Sequence[Stranger]) -> None:
        """These, as the library has them now."""
        self._model.show_strangers(strangers)
        self._selected()

    def _selected(self) -> None:
        self.name_button.setEnabled(self.faces.selectionModel().hasSelection())

    def _ask_who(self) -> None:
        faces = [index.data(_STRANGER).face for index in self.faces.selectedIndexes()]
        if faces:
            dialog = ChoosePerson(self._album, self)
            dialog.person_chosen.connect(lambda person: self._album.correct(lambda say: say.move(faces, person)))
            dialog.name_chosen.connect(lambda name: self._album.correct(lambda say: say.split(faces, name)))
            dialog.open()


class _StrangersModel(PiecewiseModel[Stranger]):
    def __init__(self, parent: QObject) -> None:
        super().__init__(lambda stranger: stranger.face, parent)
        self._row_of_portrait: dict[object, int] = {}

    def show_strangers(self, strangers: Sequence[Stranger]) -> None:
        self.come_to(strangers)
        self._row_of_portrait = {one.portrait: row for row, one in enumerate(strangers)}

    def face_is_ready(self, portrait: object) -> None:
        row = self._row_of_portrait.get(portrait)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        stranger = self.rows[index.row()]
        if role == _STRANGER:
            return stranger
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("A face in {}").format(stranger.portrait.photo.name)
        return None


class _FaceDelegate(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        portrait: Portrait = index.data(_STRANGER).portrait
        tile = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            colour = QColor(option.palette.color(QPalette.ColorRole.Highlight))
            colour.setAlphaF(0.2)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), 12, 12)
            painter.restore()
        face = QRectF(tile.left() + (tile.width() - _FACE) // 2, tile.top() + _EDGE, _FACE, _FACE)
        draw_face(painter, face, self._thumbnails.face(portrait), option.palette)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 (Qt's name)
        return tile_in(option.widget, QSize(_FACE + 2 * _EDGE, _FACE + 2 * _EDGE))
