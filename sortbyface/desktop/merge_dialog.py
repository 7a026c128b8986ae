"""Are these two the same person? Both faces, side by side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sortbyface.desktop.page import labelled
from sortbyface.desktop.portrait_icon import rounded
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.jobs.wall import Tile

_FACE = 152


class MergeDialog(QDialog):
    """Accepted to merge them. `kept_apart` if they are said to be two; closed without either, nothing was said."""

    kept_apart = Signal()

    def __init__(
        self, question: str, kept: Tile, gone: Tile, other_answer: str, thumbnails: Thumbnails, parent: QWidget
    ) -> None:
        """kept: who gets the other's photos. other_answer: what is on the button that does not merge."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge two people"))
        body = QVBoxLayout(self)
        body.setContentsMargins(28, 24, 28, 20)
        body.setSpacing(16)
        heading = labelled(question, "heading")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body.addWidget(heading)
        faces = QHBoxLayout()
        faces.setSpacing(28)
        for tile in (gone, kept):
            faces.addLayout(self._face(tile, thumbnails))
        body.addLayout(faces)
        name = next((tile.person.name for tile in (kept, gone) if tile.person.named), kept.person.name)
        note = labelled(self.tr("If they are, all photos will be those of {}.").format(name), "note")
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        body.addWidget(note)
        self.merge_button = QPushButton(self.tr("Merge"))
        self.merge_button.setDefault(True)
        self.merge_button.clicked.connect(self.accept)
        self.other_button = QPushButton(other_answer)
        self.other_button.clicked.connect(self._keep_apart)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.other_button)
        buttons.addWidget(self.merge_button)
        buttons.addStretch(1)
        body.addLayout(buttons)

    def _keep_apart(self) -> None:
        self.reject()
        self.kept_apart.emit()

    def _face(self, tile: Tile, thumbnails: Thumbnails) -> QVBoxLayout:
        picture, name = QLabel(), QLabel(tile.person.name)
        picture.setAccessibleName(self.tr("Face of {}").format(tile.person.name))
        picture.setFixedSize(_FACE, _FACE)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(8)
        for label in (picture, name):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)

        def show(portrait: object = tile.portrait) -> None:
            if portrait == tile.portrait:
                face = thumbnails.face(tile.portrait) if tile.portrait else None
                picture.setPixmap(rounded(face or QPixmap(), _FACE, self.devicePixelRatioF()))

        show()
        thumbnails.ready.connect(show)
        self.finished.connect(lambda: thumbnails.ready.disconnect(show))
        return column
