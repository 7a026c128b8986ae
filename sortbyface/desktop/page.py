"""One thing to do in the window."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album


class Page(QWidget):
    """A page beside the list of pages. What it shows is asked for when it is seen, and when people change then."""

    wanted = Signal()
    """It has something to show that was asked for on another page."""

    def __init__(self, album: Album, title: str) -> None:
        super().__init__()
        self.album = album
        self.title = title
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(28, 22, 28, 18)
        self.body.setSpacing(12)
        self._outdated = True
        album.people_changed.connect(self._people_changed)

    def refresh(self) -> None:
        """Ask the library again."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        super().showEvent(event)
        if self._outdated:
            self._outdated = False
            self.refresh()

    def _people_changed(self) -> None:
        self._outdated = not self.isVisible()
        if self.isVisible():
            self.refresh()


def labelled(text: str, role: str) -> QLabel:
    """A text in one of the roles of the style: "title", "heading" or "note"."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(role == "note")
    return label
