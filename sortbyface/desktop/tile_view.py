"""Tiles side by side, as many as fit."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QWidget

_STEP = 60
"""Layout units that a notch of the wheel moves, times three."""


class TileView(QListView):
    """The tiles of a row share its width. What is typed is handed on, for a search."""

    opened = Signal(QModelIndex)
    """Enter was pressed on a tile."""

    typed = Signal(str)

    def __init__(self, model: QAbstractListModel, tile: QSize) -> None:
        """tile: the smallest that it may be; in width it grows."""
        super().__init__()
        self._tile = tile
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setModel(model)
        self._share_width()

    def resize_tiles(self, tile: QSize) -> None:
        """Show tiles of another size."""
        self._tile = tile
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        self._share_width()
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(_STEP)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 (Qt's name)
        self.typed.emit(search)

    def _share_width(self) -> None:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)  # for which a list keeps room in any case
        width = self.maximumViewportSize().width() - bar - 1
        self.setGridSize(QSize(width // max(1, width // self._tile.width()), self._tile.height()))


def tile_in(view: QWidget, smallest: QSize) -> QSize:
    """For a delegate: how large a tile is in a view, whose width its tiles share."""
    return view.gridSize() if isinstance(view, TileView) else smallest
