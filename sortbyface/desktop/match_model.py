"""The photos that were found: the sure ones, and as many of the others as are wished for."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.jobs.matches import Match

MATCH = Qt.ItemDataRole.UserRole

MORE = 24
"""Photos that are added at once."""


class MatchModel(QAbstractListModel):
    """In the order in which they were found."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._all: Sequence[Match] = ()
        self._seen = 0
        self._rows: dict[object, int] = {}
        thumbnails.ready.connect(self._show_again)

    def show_matches(self, matches: Sequence[Match]) -> None:
        """The sure ones first; if there are none, some that may be."""
        self.beginResetModel()
        self._all = matches
        sure = sum(match.sure for match in matches)
        self._seen = sure or min(MORE, len(matches))
        self._rows = {match.portrait: row for row, match in enumerate(matches)}
        self.endResetModel()

    def show_more(self) -> None:
        """Some that are less like the face."""
        last = min(self._seen + MORE, len(self._all)) - 1
        self.beginInsertRows(QModelIndex(), self._seen, last)
        self._seen = last + 1
        self.endInsertRows()

    @property
    def hidden(self) -> int:
        """How many are not shown yet."""
        return len(self._all) - self._seen

    @property
    def matches(self) -> Sequence[Match]:
        """All of them."""
        return self._all

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 (Qt's)
        return 0 if parent.isValid() else self._seen

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match = self._all[index.row()]
        if role == MATCH:
            return match
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(match.portrait.photo)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = match.portrait.photo.name
            return name if match.sure else self.tr("{}, perhaps").format(name)
        return None

    def _show_again(self, wish: object) -> None:
        row = self._rows.get(wish)
        if row is not None and row < self._seen:
            self.dataChanged.emit(self.index(row), self.index(row))
