"""Find me: a picture of somebody, and all photos that show them, to be copied to a folder."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.camera import OpenCamera
from sortbyface.desktop.find_invitation import FindInvitation
from sortbyface.desktop.latest import Latest
from sortbyface.desktop.matches_view import MatchesView
from sortbyface.desktop.page import Page, labelled
from sortbyface.desktop.picture_buttons import PictureButtons, file_in
from sortbyface.desktop.sort_words import SortWords
from sortbyface.desktop.undertaking import Progress, Undertaking
from sortbyface.desktop.who_panel import WhoPanel
from sortbyface.errors import DestinationUnusable
from sortbyface.jobs.find import FindOutcome, copy_photos
from sortbyface.jobs.matches import Matches, find_matches, read_picture
from sortbyface.library import Library
from sortbyface.retrieval import Query
from sortbyface.sorting import Mode
from sortbyface.sorting.obstacles import Obstacle, obstacle_at, obstacle_behind


class FindPage(Page):
    """A picture can be dropped anywhere on it."""

    person_wanted = Signal(int)
    """All of somebody is to be seen."""

    def __init__(self, album: Album, camera: OpenCamera | None) -> None:
        """camera: None if there is none."""
        super().__init__(album, "")
        self.title = self.tr("Find me")
        self.setAccessibleName(self.title)
        self.setAcceptDrops(True)
        self.buttons = PictureButtons(camera)
        self.invitation, self.who, self.matches = (
            FindInvitation(self.buttons),
            WhoPanel(),
            MatchesView(album.thumbnails),
        )
        self._query: Query | None = None
        self._face: int | None = None
        self._answers = Latest(album.work)
        self._copying = Undertaking(album, self)
        self._words = SortWords(self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.invitation)
        self._stack.addWidget(self._found_view())
        self.body.addWidget(labelled(self.title, "title"))
        self.body.addWidget(self._stack, 1)
        self._connect()

    def refresh(self) -> None:
        """People may be called otherwise by now, and so may whose photos they are."""
        if self._query is not None and self._face is not None and not self._copying.busy:
            self._look_for(self._query, self._face)

    def look_at(self, file: Path, called: str) -> None:
        """Find the faces in a picture. called: the picture, in a sentence."""
        if not self.album.library.is_file():
            self.invitation.say(self.tr("Choose photos first, under Photos: it is among them that is searched."))
            return
        self._stack.setCurrentWidget(self.invitation)
        self.invitation.say(self.tr("Looking at {}…").format(called))

        def read() -> Query:
            with Library.opened(self.album.library) as library:
                return read_picture(library, file)

        self._query = self._face = None
        self._answers.ask(read, self._show_query, lambda why: self.invitation.say(why.replace(str(file), called)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        if file_in(event.mimeData()) is not None or event.mimeData().hasImage():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 (Qt's name)
        if self.buttons.take(event.mimeData(), self.tr("The picture that you dropped")):
            event.acceptProposedAction()
        else:
            event.ignore()

    # --- finding ----------------------------------------------------------------------------------------------------

    def _show_query(self, query: Query) -> None:
        self._query = query
        self.invitation.say("")
        self.who.show_query(query)
        self.matches.setVisible(False)
        self._stack.setCurrentIndex(1)
        self.who.picture.setFocus()
        if len(query.faces) == 1:
            self._choose(0)

    def _choose(self, face: int) -> None:
        if self._query is not None and face != self._face:
            self._face = face
            self.who.show_looking(face)
            self._look_for(self._query, face)

    def _look_for(self, query: Query, face: int) -> None:
        def find() -> Matches:
            with Library.opened(self.album.library) as library:
                return find_matches(library, query, query.faces[face])

        self._answers.ask(find, partial(self._show_matches, query, face), self.who.say)

    def _show_matches(self, query: Query, face: int, matches: Matches) -> None:
        if query is self._query and face == self._face:  # else another one is looked for by now
            self.who.show_matches(matches)
            self.matches.show_matches(matches)
            self.matches.setVisible(bool(matches.photos))

    def _look_for_another(self) -> None:
        self._query = self._face = None
        self._stack.setCurrentWidget(self.invitation)
        self.buttons.choose_button.setFocus()

    # --- copying ----------------------------------------------------------------------------------------------------

    def _copy(self, contents: list[int], folder: Path) -> None:
        def copy(progress: Progress) -> FindOutcome | Obstacle:
            with Library.opened(self.album.library) as library:
                obstacle = obstacle_at(folder, library.photos.roots())
            if obstacle is not None:
                return obstacle
            try:
                return copy_photos(contents, folder, library=self.album.library, progress=progress)
            except DestinationUnusable as error:
                obstacle = obstacle_behind(error, Mode.COPY)
                if obstacle is None:
                    raise
                return obstacle

        self._copying.run(
            copy,
            partial(self._show_copied, folder),
            self._show_trouble,
            lambda: self._show_trouble(self.tr("Stopped.")),
        )

    def _show_copied(self, folder: Path, outcome: FindOutcome | Obstacle) -> None:
        if isinstance(outcome, Obstacle):
            self._show_trouble(self._words.obstacle(outcome, folder, None))
            return
        made, there = outcome.plan.photos - len(outcome.done.failed), outcome.plan.in_place
        words = self.tr("1 photo copied") if made == 1 else self.tr("{:,} photos copied").format(made)
        if there:
            words += self.tr(", {:,} there already").format(there)
        if outcome.done.failed:
            words += self.tr(", {:,} could not be copied").format(len(outcome.done.failed))
        self.matches.show_copied(folder, words)
        if made:
            self.album.said.emit(self.tr("{} to {}").format(words, folder))

    def _show_trouble(self, words: str) -> None:
        self.matches.show_copied(None, words)

    # --- looks ------------------------------------------------------------------------------------------------------

    def _found_view(self) -> QWidget:
        view = QWidget()
        columns = QHBoxLayout(view)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(28)
        columns.addWidget(self.who)
        columns.addWidget(self.matches, 1)
        return view

    def _connect(self) -> None:
        self.buttons.brought.connect(self.look_at)
        self.buttons.nothing_pasted.connect(self._say_nothing_pasted)
        self.who.picture.chosen.connect(self._choose)
        self.who.another_button.clicked.connect(self._look_for_another)
        self.who.person_wanted.connect(self.person_wanted)
        self.who.named.connect(lambda person, name: self.album.correct(lambda to: to.rename(person, name)))
        self.matches.copy_wanted.connect(self._copy)
        self.matches.stop_wanted.connect(self._copying.stop)
        self._copying.advanced.connect(self.matches.show_progress)
        self._copying.changed.connect(lambda: self.matches.show_busy(self._copying.busy))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self.buttons.paste)

    def _say_nothing_pasted(self) -> None:
        self.invitation.say(self.tr("What you copied last is no picture. Copy one, and paste it here."))
