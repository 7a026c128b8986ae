"""What can be done with whom is selected on the wall: by key, and by the menu under the right button."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from sortbyface.desktop.people_model import PeopleModel
from sortbyface.desktop.people_naming import PeopleNaming
from sortbyface.desktop.people_wall import PeopleWall
from sortbyface.jobs.wall import Tile


class PeopleActions(QObject):
    """Of the wall."""

    open_wanted = Signal(QModelIndex)

    def __init__(self, wall: PeopleWall, model: PeopleModel, naming: PeopleNaming) -> None:
        super().__init__(wall)
        self._wall, self._model, self._naming = wall, model, naming
        wall.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.open = self._action(self.tr("Open"), "", lambda: self.open_wanted.emit(wall.currentIndex()))
        self.rename = self._action(self.tr("Rename"), "", lambda: wall.rename(wall.currentIndex()))
        self.merge = self._action(self.tr("Merge…"), "Ctrl+M", self._merge)
        self.hide = self._action(self.tr("Hide"), "Del", lambda: self._hide(hidden=True))
        self.show_again = self._action(self.tr("Show again"), "", lambda: self._hide(hidden=False))
        wall.selectionModel().selectionChanged.connect(self._selected)
        model.dataChanged.connect(self._selected)
        self._selected()

    def _action(self, text: str, key: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self._wall)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _: do())
        self._wall.addAction(action)
        return action

    def _tiles(self) -> list[Tile]:
        tiles = map(self._model.tile_of, self._wall.selected_people())
        return [tile for tile in tiles if tile is not None]

    def _selected(self) -> None:
        tiles = self._tiles()
        self.open.setEnabled(len(self._wall.selectionModel().selectedIndexes()) == 1)
        self.rename.setEnabled(len(tiles) == 1)
        self.merge.setEnabled(len(tiles) == 2)
        self.hide.setEnabled(any(not tile.person.hidden for tile in tiles))
        self.show_again.setVisible(any(tile.person.hidden for tile in tiles))

    def _merge(self) -> None:
        kept, gone = self._wall.selected_people()  # the one in more photos, or else with the lower number, is first
        self._naming.merge(kept, gone)

    def _hide(self, *, hidden: bool) -> None:
        self._naming.hide([one.person.id for one in self._tiles() if one.person.hidden != hidden], hidden=hidden)
