"""A slider with words below some of its places."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

_GAP = 4
_POINTER = 5


class MarkedSlider(QSlider):
    """Horizontal; each mark is a pointer at a value, and words below it."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._marks: dict[int, str] = {}

    @property
    def marks(self) -> Mapping[int, str]:
        """Value -> words."""
        return self._marks

    @marks.setter
    def marks(self, marks: Mapping[int, str]) -> None:
        self._marks = dict(sorted(marks.items()))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(int(super().sizeHint().width()), round(self._knob().height()) + 2 * self._below())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(int(super().minimumSizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() + self._knob().height()) / 2 + _GAP
        text = QRectF(0, top + _POINTER + _GAP, self.width(), self.fontMetrics().height())
        before, last = 0.0, len(self._marks) - 1
        for number, (value, words) in enumerate(self._marks.items()):
            x = self._x_of(value)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.PlaceholderText))
            pointer = [QPointF(x, top), QPointF(x - _POINTER, top + _POINTER), QPointF(x + _POINTER, top + _POINTER)]
            painter.drawPolygon(QPolygonF(pointer))
            width = self.fontMetrics().horizontalAdvance(words)
            to_the_left = number < last and x + width / 2 > self._x_of(list(self._marks)[number + 1]) - width / 2
            left = x + _POINTER - width if to_the_left else x - width / 2
            left = max(before, 0.0, min(left, self.width() - width))
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(text.translated(left, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)
            before = left + width + 3 * _GAP

    def _below(self) -> int:
        """Room for the pointers and the words, and as much above, as the groove is drawn in the middle."""
        return 2 * _GAP + _POINTER + self.fontMetrics().height()

    def _knob(self) -> QRectF:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
        return QRectF(self.style().subControlRect(control, option, part, self))

    def _x_of(self, value: int) -> float:
        width = self._knob().width()
        room = int(self.width() - width)
        return width / 2 + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, room)
