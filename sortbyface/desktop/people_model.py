"""The people as a list that views show: what has changed is told piece by piece, so that views stay where they are."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal

from sortbyface.desktop.piecewise_model import Index, PiecewiseModel
from sortbyface.jobs.wall import Tile
from sortbyface.library.portraits import Portrait, Stranger
from sortbyface.naming import folded
from sortbyface.people.person import NOBODY

TILE = Qt.ItemDataRole.UserRole
"""The Tile, or the Crowd."""

_MIME = "application/x-sort-by-face-person"


@dataclass(frozen=True)
class Crowd:
    """All who are nobody, folded into one tile."""

    strangers: Sequence[Stranger]


class PeopleModel(PiecewiseModel[Tile | Crowd]):
    """Everybody who is to be seen, the one in most photos first; after them the strangers, in one tile."""

    rename_wanted = Signal(int, str)
    """Who, and what was typed."""

    merge_wanted = Signal(int, int)
    """Who was dropped, and onto whom."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_number, parent)
        self._everybody: list[Tile] = []
        self._crowd = Crowd(())
        self._words: list[str] = []
        self._with_hidden = False
        self._row_of_portrait: dict[Portrait, int] = {}

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_people(self, tiles: Sequence[Tile]) -> None:
        """Everybody, in order, as the library has it now."""
        self._everybody = list(tiles)
        self._arrange()

    def show_strangers(self, strangers: Sequence[Stranger]) -> None:
        """The faces that are nobody's, as the library has it now."""
        self._crowd = Crowd(strangers)
        self._arrange()

    def search(self, text: str) -> None:
        """Show those alone in whose names all these words are; accents and capitals do not count."""
        self._words = _plain(text).split()
        self._arrange()

    def show_hidden(self, shown: bool) -> None:
        """Show those, too, who are hidden."""
        self._with_hidden = shown
        self._arrange()

    def renamed(self, person: int, name: str) -> None:
        """Somebody has this name now; "" for none."""
        for place, tile in enumerate(self._everybody):
            if tile.person.id == person:
                now = replace(tile.person, name=name or self.tr("Person {}").format(person), named=bool(name))
                self._everybody[place] = replace(tile, person=now)
        self._arrange()

    # --- who is who -------------------------------------------------------------------------------------------------

    @property
    def everybody(self) -> Sequence[Tile]:
        """Those, too, who are not to be seen now."""
        return self._everybody

    @property
    def strangers(self) -> Sequence[Stranger]:
        """Of the last tile."""
        return self._crowd.strangers

    def tile(self, index: Index) -> Tile | Crowd:
        """What is shown there."""
        return self.rows[index.row()]

    def person_at(self, index: Index) -> int | None:
        """None for the strangers, and where nobody is."""
        return _number(self.rows[index.row()]) or None if index.isValid() else None

    def tile_of(self, person: int) -> Tile | None:
        """Of somebody who need not be seen now."""
        return next((tile for tile in self._everybody if tile.person.id == person), None)

    def index_of(self, person: int) -> QModelIndex:
        """Invalid for who is not to be seen."""
        rows = (row for row, one in enumerate(self.rows) if _number(one) == person)
        return self.index(next(rows, -1))

    def face_is_ready(self, portrait: object) -> None:
        """It can be painted now."""
        row = self._row_of_portrait.get(portrait) if isinstance(portrait, Portrait) else None
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    # --- what Qt asks -----------------------------------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.rows[index.row()]
        if role == TILE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return one.person.name if isinstance(one, Tile) else self.note(one)
        if role == Qt.ItemDataRole.EditRole and isinstance(one, Tile):
            return one.person.name if one.person.named else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{one.person.name}, {self.note(one)}" if isinstance(one, Tile) else self.note(one)
        return None

    def note(self, one: Tile | Crowd) -> str:
        """How many photos, or strangers, there are."""
        if isinstance(one, Crowd):
            count = len(one.strangers)
            return self.tr("{:,} strangers").format(count) if count > 1 else self.tr("1 stranger")
        photos = one.person.known.photos
        words = self.tr("1 photo") if photos == 1 else self.tr("{:,} photos").format(photos)
        return self.tr("{}, hidden").format(words) if one.person.hidden else words

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Ask for a name; it is shown when the library has it."""
        person = self.person_at(index)
        if role != Qt.ItemDataRole.EditRole or person is None:
            return False
        self.rename_wanted.emit(person, value)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.person_at(index) is None:
            return usable if index.isValid() else Qt.ItemFlag.NoItemFlags
        return usable | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        """One person at a time can be dragged."""
        carried = QMimeData()
        people = [person for person in map(self.person_at, indexes) if person is not None]
        if len(people) == 1:
            carried.setData(_MIME, str(people[0]).encode())
        return carried

    def canDropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        onto = self.person_at(parent)
        return onto is not None and data.hasFormat(_MIME) and _dragged(data) != onto

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        onto = self.person_at(parent)
        if onto is None or not self.canDropMimeData(data, action, row, column, parent):
            return False
        self.merge_wanted.emit(_dragged(data), onto)
        return True

    # --- who is to be seen --------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Show who is to be shown now."""
        wanted = list(self._wanted())
        self.come_to(wanted)
        self._row_of_portrait = {
            one.portrait: row for row, one in enumerate(wanted) if isinstance(one, Tile) and one.portrait
        }
        for stranger in self._crowd.strangers[:4] if wanted and wanted[-1] is self._crowd else ():
            self._row_of_portrait.setdefault(stranger.portrait, len(wanted) - 1)

    def _wanted(self) -> Iterator[Tile | Crowd]:
        for tile in self._everybody:
            named = _plain(tile.person.name)
            if (self._with_hidden or not tile.person.hidden) and all(word in named for word in self._words):
                yield tile
        if self._crowd.strangers and not self._words:
            yield self._crowd


def _dragged(data: QMimeData) -> int:
    return int(bytes(data.data(_MIME).data()))


@lru_cache(20_000)
def _plain(text: str) -> str:
    return "".join(char for char in folded(text) if not unicodedata.combining(char))


def _number(row: Tile | Crowd) -> int:
    return row.person.id if isinstance(row, Tile) else NOBODY
