"""What was sorted when."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette

from sortbyface.library import Run

_Index = QModelIndex | QPersistentModelIndex


class RunsModel(QAbstractListModel):
    """The last run first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: list[Run] = []

    def show_runs(self, runs: Sequence[Run]) -> None:
        """In place of what is shown. runs: from the first to the last."""
        self.beginResetModel()
        self._runs = list(reversed(runs))
        self.endResetModel()

    def run(self, index: _Index) -> Run:
        """What is shown there."""
        return self._runs[index.row()]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's name)
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        run = self._runs[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{self._when(run)}   ·   {self._what(run)}\n{run.destination}"
        if role == Qt.ItemDataRole.ForegroundRole and run.undone_at is not None:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        return None

    def _when(self, run: Run) -> str:
        began = QDateTime.fromSecsSinceEpoch(int(datetime.fromisoformat(run.began_at).timestamp()))
        return QLocale().toString(began, QLocale.FormatType.ShortFormat)

    def _what(self, run: Run) -> str:
        words = [self.tr("{:,} files made").format(run.made)]
        words += [self.tr("{:,} moved").format(run.moved)] if run.moved else []
        words += [self.tr("{:,} taken away").format(run.removed)] if run.removed else []
        if run.undone_at is not None:
            words.append(self.tr("undone"))
        elif run.ended_at is None:
            words.append(self.tr("stopped before its end"))
        return ", ".join(words)
