"""Suggestions: questions about people that are answered with one key, those first that put the most right."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.page import Page, labelled
from sortbyface.desktop.question_card import QuestionCard
from sortbyface.desktop.question_round import QuestionRound
from sortbyface.jobs.suggest import Shown, questions, shown
from sortbyface.people.questions import Question, SamePerson


class SuggestionsPage(Page):
    """One question at a time."""

    def __init__(self, album: Album) -> None:
        super().__init__(album, "")
        self.title = self.tr("Suggestions")
        self.setAccessibleName(self.title)
        self.card = QuestionCard(album.thumbnails)
        self.yes_button = QPushButton(self.tr("Yes"))
        self.no_button = QPushButton(self.tr("No"))
        self.skip_button = QPushButton(self.tr("Skip"))
        self.again_button = QPushButton(self.tr("Ask again what I skipped"))
        self.counter = QLabel()
        self.nothing = labelled("", "note")
        self._round = QuestionRound()
        self.asked: Shown | None = None
        """What is asked; None until it is seen, and once it is answered."""

        self._thinking = self._again = self._answering = False
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing_view())
        self._stack.addWidget(self._question_view())
        self._lay_out()
        self._add_keys()
        album.failed.connect(self._start_over)
        self._say_nothing(self.tr("Choose photos first: what is worth asking about the people in them appears here."))

    def refresh(self) -> None:
        if self._answering or not self.album.library.is_file():
            return  # an answer that is given here changes nothing else; unless two become one
        self._think()

    def answer(self, *, yes: bool) -> None:
        """The question that is seen."""
        if self.asked is None:
            return
        answered, self.asked = self.asked, None
        self._answering = True
        self._again = self._thinking  # what is being thought of does not know the answer
        self.album.correct(answered.yes if yes else answered.no, partial(self._answered, yes=yes))

    def skip(self) -> None:
        """The question that is seen, for now."""
        if self.asked is not None:
            self.asked = None
            self._round.skip()
            self._ask()

    # --- questions --------------------------------------------------------------------------------------------------

    def _think(self) -> None:
        """Find out what is worth asking."""
        if self._thinking:
            self._again = True
            return
        self._thinking = True
        if self._round.current is None:
            self._say_nothing(self.tr("Looking for what is worth asking…"))
        self.album.ask(questions, self._thought)

    def _thought(self, found: list[Question]) -> None:
        self._thinking = False
        if self._again:
            self._again = False
            self._think()
            return
        self._round.fill(found)
        self._ask()

    def _answered(self, *, yes: bool) -> None:
        self._answering = False
        two_are_one = yes and isinstance(self._round.current, SamePerson)
        self._round.answer(yes=yes)
        if two_are_one or self._round.current is None:
            self._think()
        self._ask()

    def _start_over(self) -> None:
        """Something went wrong; the message says what."""
        if self._answering or self._thinking:
            self._answering = self._thinking = self._again = False
            self._ask()

    def _ask(self) -> None:
        """Bring the current question to the screen, and what the next one needs nearer to it."""
        question = self._round.current
        if question is not None:
            self.album.ask(lambda library: shown(library, question), partial(self._show, question))
        elif not self._thinking:
            self.asked = None
            self._say_all_asked()

    def _show(self, question: Question, found: Shown | None) -> None:
        if self._answering or self._round.current is not question:
            return  # too late
        if found is None:
            self._round.drop()
            self._ask()
            return
        self.asked = found
        self.card.show_question(found)
        left = self._round.left
        self.counter.setText(self.tr("1 question left") if left == 1 else self.tr("{:,} questions left").format(left))
        self._stack.setCurrentIndex(1)
        following = self._round.following
        if following is not None:
            self.album.ask(lambda library: shown(library, following), self._prepare)

    def _prepare(self, following: Shown | None) -> None:
        for portrait in following.faces if following else ():
            self.album.thumbnails.face(portrait)

    def _say_all_asked(self) -> None:
        self._say_nothing(
            self.tr("That is all for now, but for what you have skipped.")
            if self._round.put_off
            else self.tr("Nothing to ask: everybody is told apart as well as can be. New photos bring new questions.")
        )

    def _say_nothing(self, words: str) -> None:
        self.nothing.setText(words)
        self.again_button.setVisible(self._round.put_off > 0)
        self._stack.setCurrentIndex(0)

    def _ask_skipped(self) -> None:
        self._round.take_up_again()
        self._think()

    # --- looks ------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.counter.setProperty("role", "note")
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(labelled(self.title, "title"))
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)

    def _question_view(self) -> QWidget:
        keys = labelled(self.tr("Y or →   yes      N or ←   no      S or ↓   skip      Ctrl+Z   take back"), "note")
        keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.yes_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        for button in (self.no_button, self.skip_button, self.yes_button):
            button.setMinimumWidth(132)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.yes_button.clicked.connect(lambda: self.answer(yes=True))
        self.no_button.clicked.connect(lambda: self.answer(yes=False))
        self.skip_button.clicked.connect(self.skip)
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.counter)
        scrolled = QScrollArea()  # for a window that is lower than the card
        scrolled.setWidgetResizable(True)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(self.card)
        column.addWidget(scrolled, 1)
        column.addLayout(buttons)
        column.addWidget(keys)
        return view

    def _nothing_view(self) -> QWidget:
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again_button.clicked.connect(self._ask_skipped)
        view = QWidget()
        column = QVBoxLayout(view)
        column.setSpacing(18)
        column.addStretch(2)
        column.addWidget(self.nothing)
        column.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return view

    def _add_keys(self) -> None:
        for keys, act in (
            ((self.tr("Y"), "Right"), partial(self.answer, yes=True)),
            ((self.tr("N"), "Left"), partial(self.answer, yes=False)),
            ((self.tr("S"),), self.skip),
        ):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setAutoRepeat(False)  # each question is to be looked at
                shortcut.activated.connect(act)
        down = QShortcut(QKeySequence("Down"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        down.setAutoRepeat(False)
        down.activated.connect(self.skip)  # in the list of pages, it goes to the next one
