"""Somebody to be chosen, by name and face; or a new one to be named."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from sortbyface.desktop.album import Album
from sortbyface.desktop.faces_model import Index
from sortbyface.desktop.page import labelled
from sortbyface.desktop.portrait_icon import rounded
from sortbyface.desktop.thumbnails import Thumbnails, Wish
from sortbyface.jobs.wall import Tile, tiles_of
from sortbyface.naming import folded

_FACE = 40
_TILE = Qt.ItemDataRole.UserRole


class ChoosePerson(QDialog):
    """Asks who it is. Opened with `open`, it leaves the window usable."""

    person_chosen = Signal(int)

    name_chosen = Signal(str)
    """Of somebody new; "" for no name yet."""

    def __init__(self, album: Album, parent: QWidget, *, without: int | None = None) -> None:
        """without: somebody who is not offered."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Who is this?"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(400, 520)
        self._album, self._without = album, without
        self._model = _Choice(album.thumbnails)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search, or type a new name"))
        self._search.setAccessibleName(self.tr("Name"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._find)
        self._search.installEventFilter(self)
        self._list = QListView()
        self._list.setAccessibleName(self.tr("People"))
        self._list.setModel(self._model)
        self._list.setIconSize(QSize(_FACE, _FACE))
        self._list.setObjectName("choice")
        self._list.setUniformItemSizes(True)
        self._list.setSpacing(2)
        self._list.doubleClicked.connect(self.accept)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        body = QVBoxLayout(self)
        body.setContentsMargins(20, 18, 20, 16)
        body.setSpacing(12)
        body.addWidget(labelled(self.tr("Who is this?"), "heading"))
        body.addWidget(self._search)
        body.addWidget(self._list, 1)
        body.addWidget(buttons)
        album.ask(tiles_of, self._show_people)

    def accept(self) -> None:
        chosen = self._list.currentIndex().data(_TILE)
        super().accept()
        if chosen is None:
            self.name_chosen.emit(self._search.text().strip())
        else:
            self.person_chosen.emit(chosen.person.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The list is moved through while the search has the focus."""
        if watched is self._search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self._list.currentIndex().row() + step
                self._choose(min(max(row, 0), self._model.rowCount() - 1))
                return True
        return super().eventFilter(watched, event)

    def _show_people(self, people: list[Tile]) -> None:
        if isValid(self):  # it may have been closed before the answer came
            self._model.show_people([one for one in people if one.person.id != self._without])
            self._choose(0)

    def _find(self, text: str) -> None:
        self._model.find(text)
        self._choose(0)

    def _choose(self, row: int) -> None:
        self._list.setCurrentIndex(self._model.index(row))


class _Choice(QAbstractListModel):
    """People whose names hold what was typed, and a new one after them."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._people: list[Tile] = []
        self._found: list[Tile] = []
        self._typed = ""
        self._is_new = True
        thumbnails.ready.connect(self._face_ready)

    def show_people(self, people: list[Tile]) -> None:
        """Those with a name first."""
        self._people = sorted(people, key=lambda one: not one.person.named)
        self.find(self._typed)

    def find(self, text: str) -> None:
        """Show those who have this in their names."""
        self.beginResetModel()
        self._typed = text.strip()
        wanted = folded(self._typed)
        self._found = [one for one in self._people if wanted in folded(one.person.name)]
        self._is_new = not any(folded(one.person.name) == wanted for one in self._found)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent is not None and parent.isValid() else len(self._found) + self._is_new

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        one = self._found[row] if 0 <= row < len(self._found) else None
        if role == _TILE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(one)
        return None

    def _picture(self, one: Tile | None) -> QPixmap:
        face = self._thumbnails.face(one.portrait) if one and one.portrait else None
        picture = rounded(face or QPixmap(), _FACE, 2)
        if one is None:
            painter = QPainter(picture)
            painter.setPen(QPen(QGuiApplication.palette().text(), 2, c=Qt.PenCapStyle.RoundCap))
            middle, arm = _FACE / 2, _FACE / 5
            painter.drawLine(QPointF(middle - arm, middle), QPointF(middle + arm, middle))
            painter.drawLine(QPointF(middle, middle - arm), QPointF(middle, middle + arm))
            painter.end()
        return picture

    def _words(self, one: Tile | None) -> str:
        if one is None:
            return self.tr("New person: “{}”").format(self._typed) if self._typed else self.tr("A new person")
        photos = one.person.known.photos
        return f"{one.person.name}  ·  " + (
            self.tr("1 photo") if photos == 1 else self.tr("{:,} photos").format(photos)
        )

    def _face_ready(self, wish: Wish) -> None:
        for row, one in enumerate(self._found):
            if one.portrait == wish:
                self.dataChanged.emit(self.index(row), self.index(row))
