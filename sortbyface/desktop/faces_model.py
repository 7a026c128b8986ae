"""The faces of one person as a list: one by one, or photo by photo."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sortbyface.desktop.thumbnails import Thumbnails, Wish
from sortbyface.jobs.one_person import FaceOfPerson, OnePerson

TILE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Tile:
    """What one place of the list shows."""

    faces: tuple[FaceOfPerson, ...]
    """One face; or, if `whole`, all that the person has in one photo."""

    whole: bool
    """Whether the whole photo is shown."""

    @property
    def wish(self) -> Wish:
        """The thumbnail that it needs."""
        likeness = self.faces[0].likeness
        return likeness.scene if self.whole else likeness.portrait

    @property
    def content(self) -> int:
        """Of the photo."""
        return self.faces[0].likeness.content

    @property
    def confirmed(self) -> bool:
        return all(one.likeness.confirmed for one in self.faces)

    @property
    def doubtful(self) -> bool:
        return any(one.doubtful for one in self.faces)

    @property
    def cover(self) -> bool:
        return any(one.cover for one in self.faces)


class FacesModel(QAbstractListModel):
    """What the library says of a person, in the order in which it says it."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._tiles: list[Tile] = []
        self._rows: dict[Wish, int] = {}
        thumbnails.ready.connect(self._show_again)

    def show(self, person: OnePerson, *, whole_photos: bool) -> None:
        """Show another person, or the same one anew."""
        self.beginResetModel()
        self._tiles = list(_tiles(person.faces, whole_photos))
        self._rows = {tile.wish: row for row, tile in enumerate(self._tiles)}
        self.endResetModel()

    @property
    def tiles(self) -> list[Tile]:
        """All of them, by row."""
        return self._tiles

    @property
    def contents(self) -> list[int]:
        """The photos, each once, in the order of the tiles."""
        return list(dict.fromkeys(tile.content for tile in self._tiles))

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent is not None and parent.isValid() else len(self._tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        tile = self._tiles[index.row()]
        if role == TILE:
            return tile
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._in_words(tile)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            which = self.tr("Photo {} of {}") if tile.whole else self.tr("Face {} of {}")
            return f"{which.format(index.row() + 1, len(self._tiles))}: {self._in_words(tile)}"
        return None

    def _in_words(self, tile: Tile) -> str:
        words = [tile.faces[0].likeness.portrait.photo.name]
        if tile.cover:
            words.append(self.tr("the cover"))
        if tile.confirmed:
            words.append(self.tr("confirmed"))
        if tile.doubtful:
            words.append(self.tr("doubtful: small, blurred, or from the side"))
        return ", ".join(words)

    def _show_again(self, wish: Wish) -> None:
        row = self._rows.get(wish)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)


def _tiles(faces: Iterable[FaceOfPerson], whole_photos: bool) -> Iterable[Tile]:
    if not whole_photos:
        return (Tile((face,), whole=False) for face in faces)
    in_photo: dict[int, list[FaceOfPerson]] = {}
    for face in faces:
        in_photo.setdefault(face.likeness.content, []).append(face)
    return (Tile(tuple(together), whole=True) for together in in_photo.values())
