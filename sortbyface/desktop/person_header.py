"""Who is shown: the face, the name to be changed, and a few figures."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sortbyface.desktop.page import labelled
from sortbyface.desktop.portrait_icon import rounded
from sortbyface.desktop.thumbnails import Thumbnails, Wish
from sortbyface.jobs.one_person import OnePerson
from sortbyface.library.portraits import Portrait

_SIDE = 68


class PersonHeader(QWidget):
    """The head of a person's page."""

    back_wanted = Signal()

    renamed = Signal(str)
    """The name that was typed; "" to have none."""

    whole_photos_wanted = Signal(bool)

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._portrait: Portrait | None = None
        self._face = QLabel()
        self._face.setFixedSize(_SIDE, _SIDE)
        self.name = NameEdit()
        self.name.setObjectName("personName")
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setToolTip(self.tr("Click to change the name"))
        self.name.settled.connect(self.renamed)
        self._figures = labelled("", "note")
        self._figures.setWordWrap(False)
        self.back = QPushButton(self.tr("‹  Back"))
        self.back.setFlat(True)
        self.back.setAccessibleName(self.tr("Back to everybody"))
        self.back.clicked.connect(self.back_wanted)
        self.faces, self.photos = QPushButton(self.tr("Faces")), QPushButton(self.tr("Photos"))
        self._layout()
        thumbnails.ready.connect(self._face_ready)

    def show_person(self, person: OnePerson) -> None:
        """The name that is being typed stays."""
        self.name.show_name(person.record.name or "", person.name, list(person.others))
        photos = len({one.likeness.content for one in person.faces})
        confirmed = sum(one.likeness.confirmed for one in person.faces)
        doubtful = sum(one.doubtful for one in person.faces)
        figures = [
            self.tr("1 photo") if photos == 1 else self.tr("{:,} photos").format(photos),
            self.tr("1 face") if len(person.faces) == 1 else self.tr("{:,} faces").format(len(person.faces)),
        ]
        if confirmed:
            figures.append(self.tr("{:,} confirmed").format(confirmed))
        if doubtful:
            figures.append(self.tr("{:,} doubtful").format(doubtful))
        self._figures.setText(" · ".join(figures))
        first = next((one for one in person.faces if one.cover), person.faces[0] if person.faces else None)
        self._portrait = first.likeness.portrait if first else None
        self._draw(self._thumbnails.face(self._portrait) if self._portrait else None)

    def _layout(self) -> None:
        switch = QHBoxLayout()
        switch.setSpacing(0)
        group = QButtonGroup(self)
        for button, name in ((self.faces, "switchLeft"), (self.photos, "switchRight")):
            button.setCheckable(True)
            button.setObjectName(name)
            group.addButton(button)
            switch.addWidget(button)
        self.faces.setAccessibleName(self.tr("Show faces"))
        self.photos.setAccessibleName(self.tr("Show whole photos"))
        self.faces.setChecked(True)
        self.photos.toggled.connect(self.whole_photos_wanted)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        self._figures.setContentsMargins(11, 0, 0, 0)  # below the text of the name, not below its frame
        words.addWidget(self._figures)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.back)
        row.addWidget(self._face)
        row.addLayout(words, 1)
        row.addLayout(switch)

    def _face_ready(self, wish: Wish) -> None:
        if self._portrait is not None and wish == self._portrait:
            self._draw(self._thumbnails.face(self._portrait))

    def _draw(self, face: QPixmap | None) -> None:
        self._face.setPixmap(rounded(face or QPixmap(), _SIDE, self.devicePixelRatioF()))


class NameEdit(QLineEdit):
    """A name that becomes editable when it is clicked. Enter keeps what was typed, Escape does not."""

    settled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = self._told = ""
        self.editingFinished.connect(self._settle)

    def show_name(self, name: str, called: str, others: list[str]) -> None:
        """called: what they are called without a name. others: to be offered while typing."""
        if self.text() == self._shown:
            self.setText(name)
            self.setCursorPosition(0)
        self._shown = self._told = name
        self.setPlaceholderText(self.tr("{} – add a name").format(called))
        completer = QCompleter(sorted(others, key=str.casefold), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def revert(self) -> None:
        """Show the name as it is."""
        self._told = self._shown
        self.setText(self._shown)
        self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Escape is meant for the text while it differs, and for the page after that."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            if event.type() == QEvent.Type.KeyPress:
                self.revert()
            event.accept()
            return True
        return super().event(event)

    def _settle(self) -> None:
        """Once for each name: Enter is followed by the loss of focus, if a question comes up."""
        name = self.text().strip()
        if name not in (self._shown, self._told):
            self._told = name
            self.settled.emit(name)
