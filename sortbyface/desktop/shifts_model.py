"""Who would become one and who would fall apart, row by row; faces are looked for when a row is seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sortbyface.jobs.tuner import Tuner
from sortbyface.library.portraits import Portrait
from sortbyface.people import NOBODY
from sortbyface.people.prospects import Part, Shift

FACES = 6
"""That are shown of each part."""

PARTS = 4
"""That are shown of each row."""

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Heading:
    """Above rows of one kind."""

    words: str


@dataclass(frozen=True)
class ShiftRow:
    """One shift, as it is shown."""

    words: str
    joins: bool
    parts: tuple[Part, ...]
    captions: tuple[str, ...]
    """One for each part."""


class ShiftsModel(QAbstractListModel):
    """Headings and shifts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Heading | ShiftRow] = []
        self._tuner: Tuner | None = None
        self._portraits = lru_cache(maxsize=256)(self._look_up)

    def show_shifts(self, tuner: Tuner, shifts: Sequence[Shift]) -> None:
        """In place of what is shown."""
        self.beginResetModel()
        self._tuner = tuner
        self._portraits.cache_clear()
        self._rows = []
        for kind, heading in (("joins", self.tr("Would become one")), ("parts", self.tr("Would fall apart"))):
            of_kind = [shift for shift in shifts if shift.kind == kind]
            if of_kind:
                self._rows.append(Heading(f"{heading}  ·  {len(of_kind):,}"))
                self._rows += [self._row(tuner, shift) for shift in of_kind]
        self.endResetModel()

    def row(self, index: _Index) -> Heading | ShiftRow:
        """What is shown there."""
        return self._rows[index.row()]

    def portraits(self, index: _Index, part: int) -> list[Portrait]:
        """A few faces of one part of a row, the most typical first."""
        return self._portraits(index.row(), part)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's name)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._rows[index.row()].words
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        heading = isinstance(self._rows[index.row()], Heading)
        return Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _look_up(self, row: int, part: int) -> list[Portrait]:
        shown = self._rows[row]
        assert isinstance(shown, ShiftRow)
        assert self._tuner is not None
        return self._tuner.portraits(shown.parts[part].faces, FACES)

    def _row(self, tuner: Tuner, shift: Shift) -> ShiftRow:
        joins = shift.kind == "joins"
        parts = tuple(part for part in shift.parts if len(part.faces))[:PARTS]
        names = [tuner.names[part.person] for part in shift.parts if part.person]
        if joins:
            captions = tuple(f"{tuner.names[part.person or NOBODY]}  ·  {len(part.faces):,}" for part in parts)
            words = self.tr("{} would become one").format(", ".join(names))
            return ShiftRow(words, joins, parts, captions)
        captions = tuple(self._caption(tuner, part, shift.parts[0]) for part in parts)
        words = self.tr("{} would fall apart").format(names[0]) + ": " + ", ".join(captions)
        return ShiftRow(words, joins, parts, captions)

    def _caption(self, tuner: Tuner, part: Part, first: Part) -> str:
        if part is first:
            words = tuner.names[part.person or NOBODY]
        elif part.person is None:
            words = self.tr("somebody new")
        elif part.person == NOBODY:
            words = self.tr("seen too rarely")
        else:
            words = self.tr("to {}").format(tuner.names[part.person])
        return f"{words}  ·  {len(part.faces):,}"
