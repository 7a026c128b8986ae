"""The wall: one tile for everybody, to open, to name, and to drag onto another."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QDrag, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from sortbyface.desktop.people_delegate import PeopleDelegate
from sortbyface.desktop.people_model import PeopleModel
from sortbyface.desktop.portrait_icon import rounded
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.desktop.tile_view import TileView
from sortbyface.jobs.wall import Tile

_DRAGGED = 84
"""Side of the face under the pointer."""


class PeopleWall(TileView):
    """A click on a face opens it; a double click on a name renames, and so does F2."""

    def __init__(self, model: PeopleModel, thumbnails: Thumbnails) -> None:
        super().__init__(model, PeopleDelegate.tile_size(QGuiApplication.font()))
        self._people, self._thumbnails = model, thumbnails
        self._delegate = PeopleDelegate(thumbnails, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("People"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropOverwriteMode(True)  # onto a tile, never between two
        self._pressed = QPoint()
        self.clicked.connect(self._open_clicked)
        thumbnails.ready.connect(model.face_is_ready)

    def rename(self, index: QModelIndex, proposal: str | None = None) -> None:
        """Type a name; proposal: what it begins with."""
        self._delegate.proposal = proposal
        self.setCurrentIndex(index)
        self.edit(index)
        if proposal is not None:
            self._delegate.go_on_typing()

    def selected_people(self) -> list[int]:
        """As they are shown."""
        people = map(self._people.person_at, sorted(self.selectedIndexes(), key=lambda index: index.row()))
        return [person for person in people if person is not None]

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt's name)
        index = self.indexAt(event.position().toPoint())
        if self._is_on_name(event.position().toPoint()) and self._people.person_at(index):
            self.edit(index)
        else:
            super().mouseDoubleClickEvent(event)

    def _open_clicked(self, index: QModelIndex) -> None:
        if not QGuiApplication.keyboardModifiers() and not self._is_on_name(self._pressed):
            self.opened.emit(index)

    def _is_on_name(self, where: QPoint) -> bool:
        index = self.indexAt(where)
        is_person = index.isValid() and self._people.person_at(index) is not None
        return is_person and PeopleDelegate.name_place(self.visualRect(index), self.font()).contains(where)

    # --- drag and drop ----------------------------------------------------------------------------------------------

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: N802 (Qt's name)
        """With the face under the pointer."""
        indexes = self.selectedIndexes()
        tile = self._people.tile(indexes[0]) if len(indexes) == 1 else None
        if not isinstance(tile, Tile):
            return
        drag = QDrag(self)
        drag.setMimeData(self._people.mimeData(indexes))
        face = self._thumbnails.face(tile.portrait) if tile.portrait else None
        if face is not None and not face.isNull():
            drag.setPixmap(rounded(face, _DRAGGED, self.devicePixelRatioF()))
            drag.setHotSpot(QPoint(_DRAGGED // 2, _DRAGGED // 2))
        drag.exec(Qt.DropAction.CopyAction)
        self._aim(QModelIndex())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 (Qt's name)
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._aim(index if event.isAccepted() else QModelIndex())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 (Qt's name)
        super().dragLeaveEvent(event)
        self._aim(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        super().dropEvent(event)
        self._aim(QModelIndex())

    def _aim(self, index: QModelIndex) -> None:
        self._delegate.target = QPersistentModelIndex(index)
        self.viewport().update()
