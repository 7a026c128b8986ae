"""The photos of somebody, to choose from and to be copied."""

from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sortbyface.desktop.match_delegate import TILE, MatchDelegate
from sortbyface.desktop.match_model import MATCH, MORE, MatchModel
from sortbyface.desktop.page import labelled
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.desktop.tile_view import TileView
from sortbyface.jobs.matches import Matches


class MatchesView(QWidget):
    """Sure ones are chosen, until the user says otherwise."""

    copy_wanted = Signal(object, object)
    """The contents of the photos that are chosen, and the folder."""

    stop_wanted = Signal()

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.model = MatchModel(thumbnails)
        self.tiles = TileView(self.model, TILE)
        self.tiles.setAccessibleName(self.tr("Photos that were found"))
        self.tiles.setItemDelegate(MatchDelegate(thumbnails, self.tiles))
        self.tiles.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.tiles.selectionModel().selectionChanged.connect(self._show_count)
        self.count, self.words = labelled("", "heading"), labelled("", "note")
        self.all_button, self.none_button = QPushButton(self.tr("All")), QPushButton(self.tr("None"))
        self.more_button = QPushButton()
        self.copy_button = QPushButton(self.tr("&Copy to a folder…"))
        self.copy_button.setDefault(True)
        self.stop_button, self.open_button = QPushButton(self.tr("Stop")), QPushButton(self.tr("Open the folder"))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(self.tr("Photos copied"))
        self._folder: Path | None = None
        self._connect()
        self._lay_out()

    def show_matches(self, matches: Matches) -> None:
        """Of another face, or of the same one anew; then what is chosen stays chosen."""
        if [one.content for one in matches.photos] == [one.content for one in self.model.matches]:
            return
        self.model.show_matches(matches.photos)
        last = self.model.index(matches.sure - 1)
        if last.isValid():
            sure = QItemSelection(self.model.index(0), last)
            self.tiles.selectionModel().select(sure, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.tiles.scrollToTop()
        self.show_copied(None, "")
        self._show_count()

    def chosen(self) -> list[int]:
        """The contents of the photos that are chosen."""
        return [index.data(MATCH).content for index in self.tiles.selectionModel().selectedIndexes()]

    def show_progress(self, done: int, total: int) -> None:
        """Of copying."""
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)

    def show_busy(self, busy: bool) -> None:
        """Whether photos are being copied."""
        self.progress.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.copy_button.setEnabled(not busy and bool(self.chosen()))
        if busy:
            self.show_copied(None, "")
            self.progress.setMaximum(0)

    def show_copied(self, folder: Path | None, words: str) -> None:
        """What came of it. folder: where photos were copied to, to be opened."""
        self._folder = folder
        self.open_button.setVisible(folder is not None)
        self.words.setText(words)

    # --- in the view ------------------------------------------------------------------------------------------------

    def _show_count(self) -> None:
        chosen, more = len(self.chosen()), min(MORE, self.model.hidden)
        self.count.setText(self.tr("1 photo chosen") if chosen == 1 else self.tr("{:,} photos chosen").format(chosen))
        self.copy_button.setEnabled(chosen > 0 and not self.progress.isVisible())
        self.more_button.setVisible(more > 0)
        self.more_button.setText(self.tr("Show {} more that may be the same person").format(more))

    def _show_more(self) -> None:
        first = self.model.rowCount()
        self.model.show_more()
        self._show_count()
        self.tiles.scrollTo(self.model.index(first), QAbstractItemView.ScrollHint.PositionAtTop)

    def _copy(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for the photos"))
        if folder:
            self.copy_wanted.emit(self.chosen(), Path(folder))

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _connect(self) -> None:
        self.all_button.clicked.connect(self.tiles.selectAll)
        self.none_button.clicked.connect(self.tiles.clearSelection)
        self.more_button.clicked.connect(self._show_more)
        self.copy_button.clicked.connect(self._copy)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.open_button.clicked.connect(self._open)

    def _lay_out(self) -> None:
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        for hidden in (self.progress, self.stop_button, self.open_button, self.more_button):
            hidden.hide()
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.count)
        top.addStretch(1)
        for button in (QLabel(self.tr("Choose")), self.all_button, self.none_button):
            top.addWidget(button)
        for widget in (self.open_button, self.stop_button, self.copy_button):
            bottom.addWidget(widget)
        bottom.insertWidget(0, self.progress, 1)
        bottom.insertWidget(0, self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.tiles, 1)
        column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(bottom)
