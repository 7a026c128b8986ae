"""A list that tells views piece by piece what has changed, so that they stay where they are."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Row = TypeVar("Row")

Index = QModelIndex | QPersistentModelIndex


class PiecewiseModel(QAbstractListModel, Generic[Row]):
    """Rows that are told from each other by a number, whatever else of them changes."""

    rows: Sequence[Row] = ()

    def __init__(self, key: Callable[[Row], int], parent: QObject | None = None) -> None:
        """key: the number of a row, different for any two."""
        super().__init__(parent)
        self._key = key

    def come_to(self, wanted: Sequence[Row]) -> None:
        """Show these rows: take out, put in order, put in, and change what is left."""
        keys = [self._key(row) for row in wanted]
        staying = set(keys)
        rows = list(self.rows)
        for first, last in reversed(_runs([self._key(row) not in staying for row in rows])):
            self.beginRemoveRows(QModelIndex(), first, last)
            del rows[first : last + 1]
            self.rows = tuple(rows)
            self.endRemoveRows()
        there = {self._key(row) for row in rows}
        rows = self._put_in_order(rows, [key for key in keys if key in there])
        for first, last in _runs([key not in there for key in keys]):
            self.beginInsertRows(QModelIndex(), first, last)
            rows[first:first] = wanted[first : last + 1]
            self.rows = tuple(rows)
            self.endInsertRows()
        changed = [new != old for new, old in zip(wanted, rows, strict=True)]
        self.rows = wanted
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's name and default)
        return 0 if parent.isValid() else len(self.rows)

    def _put_in_order(self, rows: list[Row], keys: list[int]) -> list[Row]:
        """Views keep what is selected, and where they are."""
        if keys == [self._key(row) for row in rows]:
            return rows
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        place = {key: row for row, key in enumerate(keys)}
        now = [self.index(place[self._key(rows[index.row()])]) for index in before]
        rows = sorted(rows, key=lambda row: place[self._key(row)])
        self.rows = tuple(rows)
        self.changePersistentIndexList(before, now)
        self.layoutChanged.emit()
        return rows


def _runs(which: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last place of those that follow each other."""
    places = (list(run) for is_in, run in groupby(range(len(which)), key=which.__getitem__) if is_in)
    return [(run[0], run[-1]) for run in places]
