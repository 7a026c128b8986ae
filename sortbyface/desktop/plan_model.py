"""The folders that a sort will make, or an undo will leave, and what happens in them; files are told when asked for."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from sortbyface.desktop.data_size import data_size
from sortbyface.sorting.tree import Branch, Fate, Leaf

NAME, FATE, FILES, SIZE = range(4)
"""The columns."""

_FOLDER = 0
"""The internal id of folders; that of files is 1 + the row of their folder."""

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class PlanModel(QAbstractItemModel):
    """Two levels: folders, and the files in them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._branches: Sequence[Branch] = ()

    def show_tree(self, branches: Sequence[Branch]) -> None:
        """In place of what is shown."""
        self.beginResetModel()
        self._branches = branches
        self.endResetModel()

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _FOLDER)

    def parent(self, index: _Index) -> QModelIndex:  # type: ignore[override]  # Qt has two methods of this name
        folder = index.internalId()
        return QModelIndex() if folder == _FOLDER else self.createIndex(folder - 1, 0, _FOLDER)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's name)
        if not parent.isValid():
            return len(self._branches)
        is_folder = parent.internalId() == _FOLDER and parent.column() == 0
        return len(self._branches[parent.row()].leaves) if is_folder else 0

    def columnCount(self, _: _Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's name)
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:  # noqa: N802
        if role == _Role.TextAlignmentRole and section in (FILES, SIZE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != _Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Folder"), self.tr("What happens"), self.tr("Files"), self.tr("Size"))[section]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        folder = index.internalId()
        if folder == _FOLDER:
            return self._of_branch(self._branches[index.row()], index.column(), role)
        return self._of_leaf(self._branches[folder - 1].leaves[index.row()], index.column(), role)

    def _of_branch(self, branch: Branch, column: int, role: int) -> object:
        if role == _Role.TextAlignmentRole and column in (FILES, SIZE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.FontRole and column == NAME:
            font = QFont()
            font.setBold(True)
            return font
        if role != _Role.DisplayRole:
            return None
        match column:
            case 0:
                return branch.path or self.tr("(the folder itself)")
            case 1:
                return ", ".join(self._counted(fate, branch.counts[fate]) for fate in Fate if branch.counts[fate])
            case 2:
                return f"{branch.files:,}"
        return data_size(branch.size)

    def _counted(self, fate: Fate, count: int) -> str:
        match fate:
            case Fate.MADE:
                return self.tr("{:,} new").format(count)
            case Fate.MOVED:
                return self.tr("{:,} moved here").format(count)
            case Fate.IN_PLACE:
                return self.tr("{:,} in place already").format(count)
        return self.tr("{:,} taken away").format(count)

    def _of_leaf(self, leaf: Leaf, column: int, role: int) -> object:
        if role == _Role.TextAlignmentRole and column == SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.FontRole and leaf.fate is Fate.TAKEN_AWAY:
            font = QFont()
            font.setStrikeOut(column == NAME)
            return font
        if role == _Role.ForegroundRole and leaf.fate in (Fate.IN_PLACE, Fate.TAKEN_AWAY):
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == _Role.ToolTipRole:
            return leaf.comes_from
        if role != _Role.DisplayRole:
            return None
        match column:
            case 0:
                return leaf.name
            case 1:
                return self._fate(leaf)
            case 3:
                return data_size(leaf.size) if leaf.size else ""
        return ""

    def _fate(self, leaf: Leaf) -> str:
        match leaf.fate:
            case Fate.MADE:
                return self.tr("new")
            case Fate.MOVED:
                return self.tr("moved here from {}").format(leaf.comes_from)
            case Fate.IN_PLACE:
                return self.tr("in place already")
        return self.tr("taken away")
