"""Tuning: see what another threshold would make of the photos, and use it or leave it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListView, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from sortbyface.desktop.album import Album
from sortbyface.desktop.latest import Latest
from sortbyface.desktop.page import Page, labelled
from sortbyface.desktop.shifts_delegate import ShiftsDelegate
from sortbyface.desktop.shifts_model import ShiftsModel
from sortbyface.desktop.tuning_knobs import Figures, Knobs
from sortbyface.desktop.undertaking import Progress, Undertaking
from sortbyface.jobs import AUTO
from sortbyface.jobs.grouping_settings import GroupingSettings
from sortbyface.jobs.people import PeopleNow, group_photos
from sortbyface.jobs.tuner import Tuner
from sortbyface.library import Library
from sortbyface.people.prospects import Prospect


class TuningPage(Page):
    """Two sliders, and what comes of them; nothing is changed until that is asked for."""

    def __init__(self, album: Album) -> None:
        super().__init__(album, "")
        self.title = self.tr("Tuning")
        self.setAccessibleName(self.title)
        self._tuner: Tuner | None = None
        self._former: GroupingSettings | None = None
        self._outdated_while_busy = False
        self._answers = Latest(album.work)
        self._undertaking = Undertaking(album, self)
        self._undertaking.changed.connect(self._show_state)
        self._undertaking.advanced.connect(self._show_progress)
        self.knobs, self.figures, self.bar = Knobs(), Figures(), QProgressBar()
        self.knobs.moved.connect(self._try)
        self.words = labelled("", "note")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.empty = labelled(self.tr("Nobody has been found yet. Look at some photos first: see Photos."), "note")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.model = ShiftsModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ShiftsDelegate(album.thumbnails, self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(self.tr("Who would become one, and who would fall apart"))
        album.thumbnails.ready.connect(lambda _: self.list.viewport().update())
        self.apply_button = QPushButton(self.tr("Use this"))
        self.apply_button.setDefault(True)
        self.apply_button.clicked.connect(self._apply)
        self.leave_button = QPushButton(self.tr("Leave it as it is"))
        self.leave_button.clicked.connect(self._leave)
        self.back_button = QPushButton()
        self.back_button.clicked.connect(self._go_back)
        self.back_button.hide()
        self._lay_out()
        self._show_state()

    def refresh(self) -> None:
        """Search for neighbours, unless the faces are those of the last time."""
        if self._undertaking.busy:
            self._outdated_while_busy = True
        elif self.album.library.is_file():
            earlier = self._tuner
            self._undertaking.run(lambda progress: self._read(earlier, progress), self._show_tuner, self._tell)

    # --- what is asked for ------------------------------------------------------------------------------------------

    def _read(self, earlier: Tuner | None, progress: Progress) -> Tuner | None:
        """In a thread. None while nobody was found."""
        with Library.opened(self.album.library) as library:
            return Tuner.of(library, earlier, progress) if library.people.tallies() else None

    def _show_tuner(self, tuner: Tuner | None) -> None:
        first = self._tuner is None
        self._tuner = tuner
        self._show_state()
        if tuner is not None:
            self.knobs.offer(tuner)
            if first:
                self.knobs.set_to(tuner.threshold, tuner.iterations)
            else:
                self._try()
        if self._outdated_while_busy:
            self._outdated_while_busy = False
            self.refresh()

    def _try(self) -> None:
        tuner, threshold, rounds = self._tuner, self.knobs.threshold, self.knobs.rounds
        self._show_state()
        if tuner is not None:
            self._answers.ask(
                lambda: tuner.at(threshold, rounds), lambda prospect: self._show_prospect(tuner, prospect), self._tell
            )

    def _show_prospect(self, tuner: Tuner, prospect: Prospect) -> None:
        if tuner is not self._tuner:
            return
        self.figures.show_figures(tuner, prospect)
        self.model.show_shifts(tuner, prospect.shifts)
        self.words.setText(
            self.tr("Undo does not take this back, but you can go back here; who has no name may get another number.")
            if prospect.shifts
            else self.tr("Everybody would stay who they are.")
        )

    # --- apply, or leave --------------------------------------------------------------------------------------------

    def _apply(self) -> None:
        tuner = self._tuner
        if tuner is not None:
            suits = self.knobs.threshold == round(tuner.chosen, 3)
            self._group(GroupingSettings(AUTO if suits else self.knobs.threshold, self.knobs.rounds), tuner.settings)

    def _go_back(self) -> None:
        if self._former is not None:
            self._group(self._former, None)

    def _leave(self) -> None:
        if self._tuner is not None:
            self.knobs.set_to(self._tuner.threshold, self._tuner.iterations)

    def _group(self, settings: GroupingSettings, former: GroupingSettings | None) -> None:
        def group(progress: Progress) -> PeopleNow:
            return group_photos(
                library=self.album.library,
                threshold=settings.threshold,
                iterations=settings.iterations,
                regroup=True,
                compared=progress,
            )

        def grouped(now: PeopleNow) -> None:
            self._former = former
            self.knobs.set_to(now.knobs.threshold, now.knobs.iterations)
            self.album.noted.emit(self.tr("People are told apart at {:.3f} now.").format(now.knobs.threshold))
            self.album.people_changed.emit()

        self.words.setText(self.tr("Telling people apart…"))
        self._undertaking.run(group, grouped, self._tell)

    # --- how it looks -----------------------------------------------------------------------------------------------

    def _tell(self, message: str) -> None:
        self.words.setText(message)
        self.empty.setText(message)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_state(self) -> None:
        busy, tuner = self._undertaking.busy, self._tuner
        self.bar.setVisible(busy)
        if busy and tuner is None:
            self.words.setText(self.tr("Comparing all faces with each other…"))
        self._stack.setCurrentIndex(0 if tuner is None and not busy else 1)
        self.knobs.setEnabled(tuner is not None)
        moved = tuner is not None and (self.knobs.threshold, self.knobs.rounds) != (
            round(tuner.threshold, 3),
            tuner.iterations,
        )
        self.apply_button.setEnabled(moved and not busy)
        self.leave_button.setEnabled(moved and not busy)
        self.back_button.setEnabled(not busy)
        self.back_button.setVisible(self._former is not None)
        if self._former is not None:
            threshold = self._former.threshold
            words = self.tr("what suits these photos") if threshold == AUTO else f"{threshold:.3f}"
            self.back_button.setText(self.tr("Go back to {}").format(words))

    def _lay_out(self) -> None:
        self.body.addWidget(labelled(self.title, "title"))
        about = self.tr(
            "If one person was taken for two, move to the left; if two were taken for one, to the right. Whom you have"
            " named and what you have confirmed stays in any case."
        )
        self.body.addWidget(labelled(about, "note"))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.knobs)
        column.addWidget(self.figures)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(self.back_button)
        row.addWidget(self.leave_button)
        row.addWidget(self.apply_button)
        column.addWidget(self.bar)
        column.addLayout(row)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(whole)
        self.body.addLayout(self._stack, 1)
