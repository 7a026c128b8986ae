"""The window's frame: the list of pages, the page that is shown, and what is going on."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sortbyface.desktop.album import Album
from sortbyface.desktop.page import Page
from sortbyface.desktop.pages import pages_of
from sortbyface.desktop.photos_page import PhotosPage
from sortbyface.desktop.resources import icon
from sortbyface.pipeline.run import LookSummary

_SAID_FOR = 8000
"""Milliseconds that a sentence on what was done stays."""


class MainWindow(QMainWindow):
    """Everything that can be done, one page each."""

    closing = Signal()
    """All that is going on is to stop now."""

    def __init__(self, album: Album, settings: QSettings) -> None:
        super().__init__()
        self._album, self._settings = album, settings
        self.setWindowTitle("Sort-By-Face")
        self.setWindowIcon(icon())
        self.setAcceptDrops(True)
        self.resize(1180, 780)
        self.pages: list[Page] = pages_of(album)
        self.sidebar = QListWidget()
        self.sidebar.setObjectName("sidebar")
        self.sidebar.setAccessibleName(self.tr("Pages"))
        self.sidebar.setFixedWidth(184)
        self._stack = QStackedWidget()
        for page in self.pages:
            item = QListWidgetItem(page.title, self.sidebar)
            item.setSizeHint(QSize(0, 2 * self.sidebar.fontMetrics().height() + 8))
            page.wanted.connect(partial(self.sidebar.setCurrentItem, item))
            self._stack.addWidget(page)
        self.sidebar.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self.undo_button = QPushButton(self.tr("Undo"))
        self.undo_button.setFlat(True)
        self.undo_button.clicked.connect(album.undo)
        self.undo_button.hide()
        room = self.undo_button.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # or all pages would move when it comes
        self.undo_button.setSizePolicy(room)
        self.setCentralWidget(self._frame())
        self._forget = QTimer(self, singleShot=True, interval=_SAID_FOR)
        self._forget.timeout.connect(lambda: self._say("", undoable=False))
        album.said.connect(lambda words: self._say(words, undoable=True))
        album.noted.connect(lambda words: self._say(words, undoable=False))
        album.failed.connect(self._tell)
        album.broken.connect(self._tell_bug)
        album.looked.connect(self._show_looked)
        self._add_keys()
        self._restore()

    def show_page(self, name: str) -> None:
        """By the name of its class, without "Page"."""
        for row, page in enumerate(self.pages):
            if type(page).__name__.lower() == f"{name}page":
                self.sidebar.setCurrentRow(row)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("page", type(self.pages[self.sidebar.currentRow()]).__name__)
        self._settings.setValue("paused", self._album.paused)
        self._settings.sync()
        self.hide()  # at once, whatever is in hand still
        self.closing.emit()
        self._album.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        if _folders_in(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        for folder in _folders_in(event):
            self._album.look_at(folder)
        self.show_page("photos")
        event.acceptProposedAction()

    def _frame(self) -> QWidget:
        status = QWidget()
        status.setObjectName("status")
        row = QHBoxLayout(status)
        row.setContentsMargins(28, 3, 28, 3)
        row.addWidget(self._said)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(status)
        whole = QWidget()
        columns = QHBoxLayout(whole)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.sidebar)
        columns.addLayout(right, 1)
        return whole

    def _add_keys(self) -> None:
        for title, keys, do in (
            (self.tr("Undo"), QKeySequence.StandardKey.Undo, self._album.undo),
            (self.tr("Choose a folder…"), QKeySequence.StandardKey.Open, self._choose_folder),
            (self.tr("Close the window"), QKeySequence.StandardKey.Quit, self.close),
        ):
            action = QAction(title, self)
            action.setShortcut(keys)
            action.triggered.connect(do)
            self.addAction(action)
        for row, page in enumerate(self.pages):
            action = QAction(page.title, self)
            action.setShortcut(QKeySequence(f"Ctrl+{row + 1}"))
            action.triggered.connect(lambda _=False, row=row: self.sidebar.setCurrentRow(row))
            self.addAction(action)

    def _restore(self) -> None:
        geometry = self._settings.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.sidebar.setCurrentRow(0)
        if self._album.library.is_file():
            self.show_page("people")
            self.show_page(str(self._settings.value("page", "")).lower().removesuffix("page"))
        self._album.take_up(at_once=self._settings.value("paused", False, type=bool) is not True)

    def _choose_folder(self) -> None:
        self.show_page("photos")
        next(page for page in self.pages if isinstance(page, PhotosPage)).choose()

    def _show_looked(self, summary: LookSummary) -> None:
        if isinstance(self.pages[self.sidebar.currentRow()], PhotosPage) and summary.faces:
            self.show_page("people")
        words = self.tr("%n photo(s) looked at.", "", summary.photos)
        if summary.problems:
            words += " " + self.tr("%n of them cannot be read: see Photos.", "", len(summary.problems))
        self._say(words, undoable=False)

    def _say(self, words: str, *, undoable: bool) -> None:
        self._said.setText(words)
        self.undo_button.setVisible(undoable)
        if words:
            self._forget.start()

    def _tell(self, message: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "Sort-By-Face", message, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.open()

    def _tell_bug(self, error: Exception) -> None:
        self._tell(self.tr("Something unexpected happened: {}. Nothing that was shown as done is lost.").format(error))


def _folders_in(event: QDropEvent) -> list[Path]:
    """That are being dragged over the window."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir()]
