"""Where photos are to be sorted, and how."""

import os
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from sortbyface.desktop.page import labelled
from sortbyface.desktop.sort_words import SortWords
from sortbyface.jobs import SORTED_PICTURES
from sortbyface.jobs.sort_choices import SortChoices
from sortbyface.sorting import Mode
from sortbyface.sorting.groups import Groups

_TYPING = 400
"""Milliseconds without a key until what was typed counts."""


class SortForm(QFrame):
    """The choices of a sort, each with a sentence on what it means."""

    changed = Signal()

    def __init__(self, words: SortWords) -> None:
        super().__init__()
        self.setObjectName("card")
        self._words = words
        self.folder = QLineEdit(str(usual_destination()))
        self.folder.setAccessibleName(self.tr("Folder to sort into"))
        self.choose_button = QPushButton(self.tr("Choose…"))
        self.choose_button.setAccessibleName(self.tr("Choose the folder to sort into"))
        self.choose_button.clicked.connect(self._choose)
        self.mode, self.groups, self.smallest = QComboBox(), QComboBox(), QSpinBox()
        self.smallest.setRange(1, 999)
        self.smallest.setValue(2)
        self.smallest.lineEdit().setTextMargins(8, 0, 0, 0)  # the style sheet does not reach it
        for mode in Mode:
            self.mode.addItem(words.mode(mode)[0], mode)
        for groups in Groups:
            self.groups.addItem(words.groups(groups)[0], groups)
        self._mode_note, self._groups_note = labelled("", "note"), labelled("", "note")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose_button)
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 14, 20, 14)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.addLayout(_below(self.tr("Sort into"), row), 0, 0, 1, 3)
        few = labelled(self.tr("People in fewer share the folder Others; whom you have named never do."), "note")
        for column, (title, widget, note) in enumerate(
            (
                (self.tr("Sort as"), self.mode, self._mode_note),
                (self.tr("Photos of several people"), self.groups, self._groups_note),
                (self.tr("A folder of their own from so many photos on"), self.smallest, few),
            )
        ):
            widget.setAccessibleName(title)
            grid.addLayout(_below(title, widget, note), 1, column)
            grid.setColumnStretch(column, 1)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._typing.timeout.connect(self.changed)
        self.folder.textEdited.connect(lambda _: self._typing.start())
        self.mode.currentIndexChanged.connect(self._change)
        self.groups.currentIndexChanged.connect(self._change)
        self.smallest.valueChanged.connect(lambda _: self._typing.start())
        self._explain()

    @property
    def choices(self) -> SortChoices | None:
        """None while no whole path is there."""
        folder = Path(os.path.expanduser(self.folder.text().strip()))
        if not folder.is_absolute():
            return None
        return SortChoices(folder, self.mode.currentData(), self.groups.currentData(), self.smallest.value())

    def set_to(self, choices: SortChoices) -> None:
        """Without saying that anything has changed."""
        self.blockSignals(True)
        self.folder.setText(str(choices.destination))
        self.mode.setCurrentIndex(self.mode.findData(choices.mode))
        self.groups.setCurrentIndex(self.groups.findData(choices.groups))
        self.smallest.setValue(choices.min_photos)
        self._typing.stop()
        self.blockSignals(False)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder to sort into"), self.folder.text())
        if folder:
            self.folder.setText(folder)
            self.changed.emit()

    def _change(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        self._mode_note.setText(self._words.mode(self.mode.currentData())[1])
        self._groups_note.setText(self._words.groups(self.groups.currentData())[1])


def usual_destination() -> Path:
    """Among the user's pictures."""
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return Path(pictures) / SORTED_PICTURES


def _below(title: str, widget: QWidget | QHBoxLayout, note: QLabel | None = None) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    label = QLabel(title)
    column.addWidget(label)
    if isinstance(widget, QWidget):
        label.setBuddy(widget)
        column.addWidget(widget)
    else:
        column.addLayout(widget)
    if note is not None:
        column.addWidget(note)
    column.addStretch(1)
    return column
