"""Who is looked for: the picture, and what is known of whoever it shows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sortbyface.desktop.page import labelled
from sortbyface.desktop.query_picture import NO_LIMIT, QueryPicture
from sortbyface.desktop.thumbnails import as_image
from sortbyface.jobs.matches import Matches
from sortbyface.library import PersonRecord
from sortbyface.people import Names
from sortbyface.retrieval import Query

_WIDTH = 288


class WhoPanel(QWidget):
    """The picture may show several people: then one is to be chosen first."""

    person_wanted = Signal(int)
    """All of somebody is to be seen."""

    named = Signal(int, str)
    """Somebody is to have a name."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QueryPicture()
        self.words, self.note = labelled("", "heading"), labelled("", "note")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.name_field = QLineEdit(placeholderText=self.tr("Give them a name"))
        self.name_field.setAccessibleName(self.tr("Name"))
        self.open_button = QPushButton(self.tr("Show all of them"))
        self.another_button = QPushButton(self.tr("Look for somebody else"))
        self._person: PersonRecord | None = None
        self.name_field.returnPressed.connect(self._name)
        self.open_button.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.picture, 100)  # of the room that is left, if it may grow
        for widget in (self.words, self.note, self.name_field):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        column.addWidget(self.another_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_query(self, query: Query) -> None:
        """Another picture."""
        faces = [face.box.scaled(1 / query.picture.scale) for face in query.faces]
        self.picture.show_picture(as_image(query.picture.rgb), faces)
        self._show_person(None)
        self._grow(len(faces) > 1)
        self.words.setText(self.tr("Whom do you mean?") if len(faces) > 1 else "")
        self.note.setText(self.tr("{} people are in this picture: click one.").format(len(faces)) * (len(faces) > 1))

    def show_looking(self, face: int) -> None:
        """For which face photos are being looked for."""
        self._grow(False)
        self.picture.choose(face)
        self.words.setText(self.tr("Looking for photos…"))
        self.note.setText("")

    def show_matches(self, matches: Matches) -> None:
        """Whom the face shows."""
        person, sure = matches.person, matches.sure
        self._show_person(person)
        photos = self.tr("1 photo shows") if sure == 1 else self.tr("{:,} photos show").format(sure)
        if person is not None:
            self.words.setText(self.tr("This is {}.").format(Names.of([person])[person.id]))
            self.note.setText(self.tr("{} them.").format(photos))
        elif sure:
            self.words.setText(self.tr("Somebody seen once or so."))
            self.note.setText(self.tr("{} them.").format(photos))
        elif matches.photos:
            self.words.setText(self.tr("No photo surely shows this face."))
            self.note.setText(self.tr("These are a little like it. Choose the right ones, or try another picture."))
        else:
            self.words.setText(self.tr("No photo shows this face."))
            self.note.setText(self.tr("Try another picture: one from the front, in good light."))

    def say(self, words: str) -> None:
        """What went wrong."""
        self.words.setText(self.tr("That did not work."))
        self.note.setText(words)

    def _grow(self, large: bool) -> None:
        """Large while one of several faces is to be chosen."""
        if large:
            self.setMinimumWidth(0)
            self.setMaximumWidth(NO_LIMIT)
            self.picture.grow()
        else:
            self.setFixedWidth(_WIDTH)
            self.picture.shrink_to(_WIDTH)

    def _show_person(self, person: PersonRecord | None) -> None:
        self._person = person
        self.open_button.setVisible(person is not None)
        self.name_field.setVisible(person is not None and person.name is None)
        self.name_field.clear()

    def _open(self) -> None:
        if self._person is not None:
            self.person_wanted.emit(self._person.id)

    def _name(self) -> None:
        name = self.name_field.text().strip()
        if self._person is not None and name:
            self.named.emit(self._person.id, name)
