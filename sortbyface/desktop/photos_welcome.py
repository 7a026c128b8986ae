"""What somebody sees who has shown no photos yet."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sortbyface.desktop.page import labelled
from sortbyface.desktop.resources import icon

_ICON = 104
_ROUND = 24


class PhotosWelcome(QWidget):
    """An invitation to choose a folder, or to drop one: the window takes it wherever it is dropped."""

    chosen = Signal()
    """The user would like to choose a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.choose_button = QPushButton(self.tr("Choose a &folder…"))
        self.choose_button.setDefault(True)
        self.choose_button.clicked.connect(self.chosen)
        picture = QLabel()
        picture.setPixmap(icon().pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        heading = labelled(self.tr("Who is in your photos?"), "title")
        first = labelled(self.tr("Choose a folder of photos, or drop one here. Looking begins at once."), "note")
        second = labelled(
            self.tr("Your photos are only read, and never leave this computer. Nothing is copied until you say so."),
            "note",
        )
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.setContentsMargins(28, 22, 28, 22)
        column.addStretch(3)
        for widget in (picture, heading, first):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
        column.addWidget(second, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (first, second):
            label.setWordWrap(False)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.palette().color(QPalette.ColorRole.Mid), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), _ROUND, _ROUND)
