"""The folders that were looked at, each to be looked at again; and the photos that cannot be read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QScrollArea, QVBoxLayout, QWidget

from sortbyface.desktop.page import labelled


class KnownFolders(QScrollArea):
    """A row for each folder."""

    again = Signal(object)
    """The Path of a folder to look at again."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Folders"))
        self.show_folders({})

    def show_folders(self, photos: Mapping[Path, int]) -> None:
        """photos: folder -> how many photos it holds."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for folder, count in photos.items():
            column.addWidget(self._row(folder, count))
        column.addStretch(1)
        self.setWidget(whole)

    def _row(self, folder: Path, count: int) -> QWidget:
        row = QFrame()
        row.setObjectName("card")
        columns = QHBoxLayout(row)
        columns.setContentsMargins(16, 10, 12, 10)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(labelled(folder.name or str(folder), "heading"))
        texts.addWidget(labelled(self.tr("%n photo(s)", "", count) + f"  ·  {folder.parent}", "note"))
        button = QPushButton(self.tr("Look again"))
        button.setAccessibleName(self.tr("Look again at {}").format(folder.name))
        button.clicked.connect(lambda: self.again.emit(folder))
        columns.addLayout(texts, 1)
        columns.addWidget(button)
        return row


class Problems(QWidget):
    """Photos that cannot be read, each with the reason; nothing if there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = labelled("", "heading")
        self.list = QListView()
        self.list.setModel(QStringListModel(self))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setUniformItemSizes(True)
        self.list.setObjectName("problems")
        self.list.setAccessibleName(self.tr("Photos that cannot be read"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[Path, str]]) -> None:
        """Where, and why."""
        model = self.list.model()
        assert isinstance(model, QStringListModel)
        model.setStringList([f"{path}: {reason}" for path, reason in problems])
        self.heading.setText(self.tr("%n photo(s) cannot be read", "", len(problems)))
        self.setVisible(bool(problems))
