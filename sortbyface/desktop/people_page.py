"""People: a wall of everybody, and what can be said of them there."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.page import Page, labelled
from sortbyface.desktop.people_actions import PeopleActions
from sortbyface.desktop.people_model import PeopleModel
from sortbyface.desktop.people_naming import PeopleNaming
from sortbyface.desktop.people_wall import PeopleWall
from sortbyface.desktop.person_view import PersonView
from sortbyface.desktop.strangers_view import StrangersView
from sortbyface.jobs.wall import Tile, strangers_in, tiles_of
from sortbyface.library.portraits import Stranger


class PeoplePage(Page):
    """Everybody; and, in their place, one person or the strangers."""

    def __init__(self, album: Album) -> None:
        super().__init__(album, "")
        self.title = self.tr("People")
        self.setAccessibleName(self.title)
        self.model = PeopleModel(self)
        self.wall = PeopleWall(self.model, album.thumbnails)
        self.search_field = QLineEdit()
        self.hidden_switch = QCheckBox(self.tr("Show hidden"))
        self._count, self._hint = labelled("", "note"), labelled("", "note")
        self._everybody = self._everybody_view()
        self.person_view = PersonView(album)
        self.strangers_view = StrangersView(album)
        self._stack = QStackedWidget()
        for view in (self._everybody, self.person_view, self.strangers_view):
            self._stack.addWidget(view)
        self.body.addWidget(self._stack)
        self._asked = 0
        self._answered = False
        self._connect()

    def refresh(self) -> None:
        self._asked += 1
        asked = self._asked
        self.album.ask(tiles_of, lambda tiles: self._show_people(tiles, asked))
        self._show_hint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Type to search, wherever the focus is."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self._stack.currentWidget() is not self._everybody:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self.search_field.text():
            self.search_field.clear()
            self.wall.setFocus()
        elif event.key() == Qt.Key.Key_Down and self.search_field.hasFocus():
            self._go_to_wall()
        elif plain and event.text().isprintable() and event.text().strip():
            self._search_for(event.text())
        else:
            super().keyPressEvent(event)

    # --- looks ------------------------------------------------------------------------------------------------------

    def _everybody_view(self) -> QWidget:
        self.search_field.setPlaceholderText(self.tr("Search for a name"))
        self.search_field.setAccessibleName(self.tr("Search for a name"))
        self.search_field.setClearButtonEnabled(True)
        self.search_field.setFixedWidth(260)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(labelled(self.title, "title"))
        self._count.setContentsMargins(0, 0, 0, 4)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.hidden_switch)
        head.addWidget(self.search_field)
        view = QWidget()
        body = QVBoxLayout(view)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addLayout(head)
        body.addWidget(self.wall, 1)
        body.addWidget(self._hint, 1)
        return view

    def _connect(self) -> None:
        self.naming = PeopleNaming(self.album, self.model, self.wall)
        self.wall_actions = PeopleActions(self.wall, self.model, self.naming)
        self.wall_actions.open_wanted.connect(self._open)
        self.wall.opened.connect(self._open)
        self.wall.typed.connect(self._search_for)
        self.search_field.textChanged.connect(self._search)
        self.search_field.returnPressed.connect(self._go_to_wall)
        self.hidden_switch.toggled.connect(self.model.show_hidden)
        self.hidden_switch.toggled.connect(self._show_hint)
        self.person_view.closed.connect(self._back)
        self.strangers_view.closed.connect(self._back)
        self.album.looking_changed.connect(self._show_hint)

    def _show_people(self, tiles: list[Tile], asked: int) -> None:
        if asked == self._asked:  # else a later answer is on its way
            self._answered = True
            self.model.show_people(tiles)
            self._show_hint()
            self.album.ask(strangers_in, lambda strangers: self._show_strangers(strangers, asked))

    def _show_strangers(self, strangers: list[Stranger], asked: int) -> None:
        if asked == self._asked:
            self.model.show_strangers(strangers)
            self.strangers_view.show_strangers(strangers)
            self._show_hint()

    def _show_hint(self) -> None:
        """What to do, where there is nothing to be seen."""
        seen = self.model.rowCount()
        people = sum(not tile.person.hidden or self.hidden_switch.isChecked() for tile in self.model.everybody)
        self._count.setText(
            self.tr("1 person") if people == 1 else self.tr("{:,} people").format(people) if people else ""
        )
        self.wall.setVisible(seen > 0)
        self._hint.setVisible(seen == 0)
        if self.search_field.text() and self.model.everybody:
            self._hint.setText(self.tr("Nobody here is called “{}”.").format(self.search_field.text()))
        elif self.model.everybody:
            self._hint.setText(self.tr("Everybody is hidden. “Show hidden” brings them back into view."))
        elif self.album.progress is not None:
            self._hint.setText(self.tr("Your photos are being looked at. Who is in them appears here at the end."))
        elif self._answered or not self.album.library.is_file():
            self._hint.setText(self.tr("Nobody is here yet.\nChoose a folder under Photos: who is in it appears here."))

    # --- searching and opening --------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        self.model.search(text)
        self.wall.scrollToTop()
        self._show_hint()

    def _search_for(self, text: str) -> None:
        self.search_field.setFocus()
        self.search_field.insert(text)

    def _go_to_wall(self) -> None:
        if self.model.rowCount():
            self.wall.setFocus()
            self.wall.setCurrentIndex(self.model.index(0))

    def _open(self, index: QModelIndex) -> None:
        person = self.model.person_at(index)
        if person is not None:
            self.show_person(person)
        else:
            self._stack.setCurrentWidget(self.strangers_view)
            self.strangers_view.faces.setFocus()

    def show_person(self, person: int) -> None:
        """Open somebody, also from another page."""
        self.person_view.show_person(person)
        self._stack.setCurrentWidget(self.person_view)
        self.wanted.emit()

    def _back(self) -> None:
        self._stack.setCurrentWidget(self._everybody)
        self.wall.setFocus()
