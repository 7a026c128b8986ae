"""The two sliders of tuning, and the figures that they change."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from sortbyface.desktop.marked_slider import MarkedSlider
from sortbyface.desktop.page import labelled
from sortbyface.jobs import ITERATIONS
from sortbyface.jobs.tuner import Tuner
from sortbyface.people.prospects import Prospect

_STEPS = 1000
"""Of the slider, between 0 and 1: a threshold is shown, and chosen, with three digits."""


class Knobs(QFrame):
    """How alike two faces must be, and in how many rounds that is talked over."""

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.threshold_slider = MarkedSlider()
        self.threshold_slider.setAccessibleName(self.tr("How alike two faces must be"))
        self.rounds_slider = QSlider(Qt.Orientation.Horizontal)
        self.rounds_slider.setRange(1, 2 * ITERATIONS)
        self.rounds_slider.setAccessibleName(self.tr("Rounds"))
        self.rounds_slider.setToolTip(
            self.tr("In each round every face goes to those whom it is most like. Mostly all is settled in a few.")
        )
        self._threshold, self._rounds = labelled("", "heading"), labelled("", "heading")
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 2, 20, 14)
        grid.setHorizontalSpacing(18)
        grid.addWidget(QLabel(self.tr("How alike two faces must be")), 0, 0)
        grid.addWidget(self._threshold, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addLayout(self._with_ends(), 0, 1)
        grid.addWidget(QLabel(self.tr("Rounds, at most")), 1, 0)
        grid.addWidget(self.rounds_slider, 1, 1)
        grid.addWidget(self._rounds, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, self.fontMetrics().horizontalAdvance("0.000 000"))
        for slider in (self.threshold_slider, self.rounds_slider):
            slider.valueChanged.connect(self._show_values)

    @property
    def threshold(self) -> float:
        """Cosine similarity."""
        return self.threshold_slider.value() / _STEPS

    @property
    def rounds(self) -> int:
        return self.rounds_slider.value()

    def offer(self, tuner: Tuner) -> None:
        """What can be tried, with marks at what suits the photos and what is in use. Moves nothing that fits in."""
        lowest, highest = (round(end * _STEPS) for end in tuner.range)
        step = max(1, (highest - lowest) // 40)
        for slider in (self.threshold_slider, self.rounds_slider):
            slider.blockSignals(True)
        self.threshold_slider.setRange(lowest, highest)
        self.threshold_slider.setSingleStep(step)
        self.threshold_slider.setPageStep(4 * step)
        in_use, chosen = round(tuner.threshold * _STEPS), round(tuner.chosen * _STEPS)
        self.threshold_slider.marks = (
            {in_use: self.tr("in use, and suits these photos")}
            if in_use == chosen
            else {in_use: self.tr("in use"), chosen: self.tr("suits these photos")}
        )
        for slider in (self.threshold_slider, self.rounds_slider):
            slider.blockSignals(False)

    def set_to(self, threshold: float, rounds: int) -> None:
        """Both, and `moved` is said once."""
        self.threshold_slider.blockSignals(True)
        self.rounds_slider.blockSignals(True)
        self.threshold_slider.setValue(round(threshold * _STEPS))
        self.rounds_slider.setValue(rounds)
        self.threshold_slider.blockSignals(False)
        self.rounds_slider.blockSignals(False)
        self._show_values()

    def _show_values(self) -> None:
        self._threshold.setText(f"{self.threshold:.3f}")
        self._rounds.setText(f"{self.rounds}")
        self.threshold_slider.update()
        self.moved.emit()

    def _with_ends(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        fewer, more = labelled(self.tr("fewer people"), "note"), labelled(self.tr("more people"), "note")
        for end in (fewer, more):
            end.setWordWrap(False)
        row.addWidget(fewer)
        row.addWidget(self.threshold_slider, 1)
        row.addWidget(more)
        return row


class Figures(QWidget):
    """How many there would be, beside how many there are."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(40)
        self._labels: list[tuple[QLabel, QLabel]] = []
        for _ in range(4):
            column, number, words = QVBoxLayout(), labelled("", "title"), labelled("", "note")
            words.setWordWrap(False)
            column.setSpacing(0)
            column.addWidget(number)
            column.addWidget(words)
            row.addLayout(column)
            self._labels.append((number, words))
        row.addStretch(1)

    def show_figures(self, tuner: Tuner, prospect: Prospect) -> None:
        """Of a threshold that is tried."""
        joins = sum(shift.kind == "joins" for shift in prospect.shifts)
        parts = len(prospect.shifts) - joins
        figures = [
            (prospect.people, self.tr("people; {:,} now").format(tuner.people)),
            (prospect.seen_once, self.tr("seen only once; {:,} now").format(tuner.seen_once)),
            (joins, self.tr("would take in others")),
            (parts, self.tr("would lose faces")),
        ]
        for (number, label), (value, words) in zip(self._labels, figures, strict=True):
            number.setText(f"{value:,}")
            label.setText(words)
        self.setAccessibleName(", ".join(f"{value:,} {words}" for value, words in figures))
