"""Sorting: choose where and how, see what will be made, have it made, and take it back."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from sortbyface.desktop.album import Album
from sortbyface.desktop.latest import Latest
from sortbyface.desktop.page import Page
from sortbyface.desktop.sort_form import SortForm
from sortbyface.desktop.sort_view import SortView
from sortbyface.desktop.sort_words import SortWords
from sortbyface.desktop.undertaking import Progress, Undertaking
from sortbyface.errors import DestinationUnusable
from sortbyface.jobs.history import history
from sortbyface.jobs.sort import SortOutcome
from sortbyface.jobs.sort_choices import SortChoices, choices_of_last_time, sort_as_chosen
from sortbyface.jobs.sort_preview import Preview, preview_sort
from sortbyface.jobs.undo import UndoOutcome, undo, undoable
from sortbyface.library import Library, Run
from sortbyface.sorting.obstacles import Obstacle, obstacle_behind
from sortbyface.sorting.tree import tree_of


class SortPage(Page):
    """Nothing is copied, moved or taken away before it was shown."""

    def __init__(self, album: Album) -> None:
        super().__init__(album, "")
        self.title = self.tr("Sort")
        self.setAccessibleName(self.title)
        self._words = SortWords(self)
        self.form, self.view = SortForm(self._words), SortView(self.title)
        self.body.addWidget(self.view)
        self.view.add_form(self.form)
        self._preview: Preview | None = None
        self._undo: UndoOutcome | None = None
        self._trouble = ""
        self._choices_known = False
        self._answers = Latest(album.work)
        self._undertaking = Undertaking(album, self)
        self._undertaking.changed.connect(self._show_state)
        self._undertaking.advanced.connect(self.view.show_progress)
        self.form.changed.connect(self._choose)
        self.view.start_button.clicked.connect(self._start)
        self.view.stop_button.clicked.connect(self._stop)
        self.view.open_button.clicked.connect(self._open)
        self.view.undo_button.clicked.connect(self._show_undo)
        self.view.leave_button.clicked.connect(self._leave)
        self.view.runs_list.selectionModel().currentChanged.connect(lambda *_: self._show_state())
        self.view.runs_list.activated.connect(lambda _: self._show_undo())
        self.view.tabs.currentChanged.connect(lambda _: self._show_state())
        self._show_state()

    def refresh(self) -> None:
        """Work out anew what a sort would do, and what was done."""
        if not self._undertaking.busy:
            known = self._choices_known
            self.album.ask(lambda library: None if known else choices_of_last_time(library), self._take_up)

    def _take_up(self, choices: SortChoices | None) -> None:
        self._choices_known = True
        if choices is not None:
            self.form.set_to(choices)
        self._plan()

    def _choose(self) -> None:
        self._trouble = ""
        self._undo = None
        self._plan()

    # --- what will be done ------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        choices, library = self.form.choices, self.album.library
        if choices is None or not library.is_file():
            self._preview = None
            self._show_state()
            return

        def question() -> tuple[Preview | None, list[Run]]:
            with Library.opened(library) as opened:
                anybody = bool(opened.people.tallies())
            return preview_sort(choices, library=library) if anybody else None, history(library)

        self._answers.ask(question, self._show_preview, self._tell)
        self._show_state()

    def _show_preview(self, answer: tuple[Preview | None, list[Run]]) -> None:
        self._preview, runs = answer
        self.view.show_runs(runs)
        if self._undo is None:
            self.view.show_tree(self._preview.tree if self._preview else ())
        self._show_state()

    # --- doing it ---------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._undo is not None:
            self._take_back(self._undo)
        elif self._preview is not None:
            self._sort(self._preview.choices)

    def _sort(self, choices: SortChoices) -> None:
        def sort(progress: Progress) -> SortOutcome | Obstacle:
            try:
                return sort_as_chosen(choices, library=self.album.library, progress=progress)
            except DestinationUnusable as error:
                obstacle = obstacle_behind(error, choices.mode)
                if obstacle is None:
                    raise
                return obstacle

        def ended(outcome: SortOutcome | Obstacle) -> None:
            if isinstance(outcome, Obstacle):
                self._tell(self._words.obstacle(outcome, choices.destination, None))
                self._plan()
                return
            assert outcome.done is not None
            self._trouble = self._words.left_out(outcome.done)
            self.album.said.emit(self._words.sorted(outcome))
            self.album.people_changed.emit()

        self._trouble = ""
        self._undertaking.run(sort, ended, self._tell, self._plan)

    def _stop(self) -> None:
        self._undertaking.stop()
        self.view.stop_button.setEnabled(False)

    def _open(self) -> None:
        if self.form.choices is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.form.choices.destination)))

    # --- taking it back ---------------------------------------------------------------------------------------------

    def _show_undo(self) -> None:
        run = self.view.chosen_run()
        if run is None or not self.view.undo_button.isEnabled():
            return

        def show(outcome: UndoOutcome) -> None:
            self._undo = outcome
            self._trouble = ""
            self.view.show_tree(tree_of(step.action for step in outcome.plan.steps))
            self.view.tabs.setCurrentIndex(0)
            self._show_state()
            self.view.start_button.setFocus()

        library = self.album.library
        self.album.work.run(lambda: undo(run.id, library=library, dry_run=True), show, self._tell)

    def _take_back(self, shown: UndoOutcome) -> None:
        def ended(outcome: UndoOutcome) -> None:
            self._undo = None
            assert outcome.done is not None
            self._trouble = self._words.left_out(outcome.done)
            self.album.noted.emit(self.tr("Taken back: what was put into {}").format(outcome.plan.run.destination))
            self.album.people_changed.emit()

        def failed(message: str) -> None:
            self._undo = None
            self._tell(message)
            self._plan()

        run, library = shown.plan.run.id, self.album.library
        self._undertaking.run(
            lambda progress: undo(run, library=library, progress=progress), ended, failed, self._leave
        )

    def _leave(self) -> None:
        self._undo = None
        self._plan()

    # --- how it looks -----------------------------------------------------------------------------------------------

    def _tell(self, message: str) -> None:
        self._trouble = message
        self._show_state()

    def _show_state(self) -> None:
        busy, preview, planning = self._undertaking.busy, self._preview, self._answers.busy
        self.form.setEnabled(not busy and self._undo is None)
        self.view.show_busy(busy)
        folder = self.form.choices.destination if self.form.choices else None
        self.view.open_button.setEnabled(folder is not None and folder.is_dir())
        run = self.view.chosen_run()
        self.view.undo_button.setEnabled(not busy and run is not None and run.id in undoable(self.view.runs))
        if self._undo is not None:
            self.view.show_words(self._words.undo(self._undo), self._trouble)
            self.view.show_deed(self.tr("Take it back"), enabled=not busy, leave=True)
            return
        trouble, summary = self._trouble, ""
        if folder is None:
            trouble = self.tr("Write the whole path of a folder, or choose one.")
        elif preview is None:
            summary = self.tr("Nobody has been found yet. Look at some photos first: see Photos.")
        elif preview.obstacle:
            trouble = trouble or self._words.obstacle(preview.obstacle, preview.choices.destination, preview)
        remarks = self._words.remarks(preview) if preview and not trouble else []
        if preview and preview.outcome:
            summary = self._words.plan(preview.outcome.plan)
        if planning:
            summary = self.tr("Working out what will be made…")
        goes_on = bool(preview and preview.goes_on)
        anything = bool(preview and preview.outcome and preview.outcome.plan.actions) or goes_on
        ready = bool(preview and not preview.obstacle and preview.choices == self.form.choices) and not planning
        self.view.show_words(summary, " ".join([trouble, *remarks]).strip())
        deed = self.tr("Go on") if goes_on else self.tr("Sort")
        self.view.show_deed(deed, enabled=ready and anything and not busy, leave=False)
