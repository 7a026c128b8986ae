"""What the page of sorting shows: the tree that will be made, what was sorted before, and the buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from sortbyface.desktop.page import labelled
from sortbyface.desktop.plan_model import FATE, FILES, NAME, SIZE, PlanModel
from sortbyface.desktop.runs_model import RunsModel
from sortbyface.library import Run
from sortbyface.sorting.tree import Branch

_FEW = 3
"""Folders that are opened at once."""


class SortView(QWidget):
    """Has no will of its own."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.model, self.runs_model = PlanModel(self), RunsModel(self)
        self.runs: Sequence[Run] = ()
        self.tree, self.runs_list, self.tabs = QTreeView(), QListView(), QTabWidget()
        self._set_up_tree()
        self.runs_list.setModel(self.runs_model)
        self.runs_list.setAccessibleName(self.tr("What was sorted"))
        self.runs_list.setUniformItemSizes(True)
        self.runs_list.setObjectName("runs")
        self._no_runs = labelled(
            self.tr("Nothing was sorted yet. What you sort is listed here, to be taken back."), "note"
        )
        self._no_runs.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.runs_list.hide()
        self.banner, self._banner_words = QFrame(), QLabel()
        self.banner.setObjectName("card")
        self._banner_words.setWordWrap(True)
        self._banner_words.setTextFormat(Qt.TextFormat.PlainText)
        self.summary = labelled("", "note")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.start_button, self.stop_button = QPushButton(), QPushButton(self.tr("Pause"))
        self.start_button.setDefault(True)
        self.stop_button.setToolTip(self.tr("What was done stays, and it can be gone on with at any time."))
        self.leave_button = QPushButton(self.tr("Leave it as it is"))
        self.open_button = QPushButton(self.tr("Open the folder"))
        self.undo_button = QPushButton(self.tr("Take back…"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(labelled(title, "title"))
        self._column.addWidget(self.banner)
        self._column.addWidget(self.tabs, 1)
        self._column.addWidget(self.bar)
        self._lay_out()

    @property
    def banner_words(self) -> str:
        """What is in the way, or good to know; "" for nothing."""
        return self._banner_words.text()

    def add_form(self, form: QWidget) -> None:
        """Below the title."""
        self._column.insertWidget(1, form)

    def chosen_run(self) -> Run | None:
        """Of the list, if it is seen."""
        index = self.runs_list.currentIndex()
        return self.runs_model.run(index) if index.isValid() else None

    def show_tree(self, branches: Sequence[Branch]) -> None:
        """In place of what is shown; a few folders open."""
        self.model.show_tree(branches)
        if len(branches) <= _FEW:
            self.tree.expandAll()

    def show_runs(self, runs: Sequence[Run]) -> None:
        """From the first to the last."""
        self.runs = runs
        self.runs_model.show_runs(runs)
        self.runs_list.setCurrentIndex(self.runs_model.index(0) if runs else QModelIndex())
        self.runs_list.setVisible(bool(runs))
        self._no_runs.setVisible(not runs)

    def show_words(self, summary: str, words: str) -> None:
        """words: of the banner."""
        self.summary.setText(summary)
        self._banner_words.setText(words)
        self.banner.setVisible(bool(words))

    def show_busy(self, busy: bool) -> None:
        """While it runs it can be stopped."""
        self.bar.setVisible(busy)
        self.stop_button.setVisible(busy)
        self.stop_button.setEnabled(busy)
        self.start_button.setVisible(not busy)
        if busy:
            self.bar.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Files dealt with."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.summary.setText(self.tr("{:,} of {:,}").format(done, total))

    def show_deed(self, words: str, *, enabled: bool, leave: bool) -> None:
        """What the main button does; leave: there is one to leave it, too."""
        self.start_button.setText(words)
        self.start_button.setEnabled(enabled)
        self.leave_button.setVisible(leave)
        self.tabs.setTabText(0, self.tr("What will be taken back") if leave else self.tr("What will be made"))

    def _set_up_tree(self) -> None:
        self.tree.setModel(self.model)
        self.tree.setAccessibleName(self.tr("Folders and files"))
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((FATE, 300), (FILES, 80), (SIZE, 100)):
            header.resizeSection(column, width)

    def _lay_out(self) -> None:
        words = QHBoxLayout(self.banner)
        words.setContentsMargins(16, 10, 16, 10)
        words.addWidget(self._banner_words, 1)
        before = QWidget()
        column = QVBoxLayout(before)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.runs_list, 1)
        column.addWidget(self._no_runs, 1)
        column.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.tabs.addTab(self.tree, "")
        self.tabs.addTab(before, self.tr("What was sorted"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        row = QHBoxLayout()
        row.addWidget(self.summary, 1)
        for button in (self.open_button, self.leave_button, self.stop_button, self.start_button):
            row.addWidget(button)
        self._column.addLayout(row)
