"""What somebody sees who looks for nobody yet."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sortbyface.desktop.page import labelled
from sortbyface.desktop.picture_buttons import PictureButtons

_ROUND = 24


class FindInvitation(QWidget):
    """An invitation to bring a picture: it can be dropped anywhere on the page."""

    def __init__(self, buttons: PictureButtons) -> None:
        super().__init__()
        self._words = labelled("", "note")
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(3)
        heading = labelled(self.tr("Whom are you looking for?"), "title")
        note = labelled(self.tr("Drop a picture of them here: one that shows the face from the front is best."), "note")
        for label in (heading, note, self._words):
            label.setWordWrap(label is self._words)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(heading)
        column.addWidget(note)
        column.addSpacing(6)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(buttons)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(10)
        column.addWidget(self._words)
        column.addStretch(4)

    def say(self, words: str) -> None:
        """How it goes, or what was wrong with the last picture."""
        self._words.setText(words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), _ROUND, _ROUND)
        painter.end()
