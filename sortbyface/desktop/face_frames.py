"""How a face is framed and named in a photo."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen

from sortbyface.jobs.one_photo import FaceInPhoto

_RADIUS = 8
_LONGEST_NAME = 180
"""Of the window's pixels."""


def draw_frame(painter: QPainter, frame: QRectF, face: FaceInPhoto, palette: QPalette, *, highlighted: bool) -> None:
    """A frame, dashed around nobody's face, and the name below it. It can be seen on any photo."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 110), 4))
    painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
    line = palette.color(QPalette.ColorRole.Highlight if highlighted else QPalette.ColorRole.HighlightedText)
    style = Qt.PenStyle.DashLine if face.person is None else Qt.PenStyle.SolidLine
    painter.setPen(QPen(line, 3 if highlighted else 2, style))
    painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
    if face.name:
        _draw_name(painter, frame, face.name, palette, highlighted=highlighted)


def _draw_name(painter: QPainter, frame: QRectF, name: str, palette: QPalette, *, highlighted: bool) -> None:
    metrics = QFontMetricsF(painter.font())
    words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, _LONGEST_NAME)
    pill = QRectF(0, 0, metrics.horizontalAdvance(words) + 18, metrics.height() + 6)
    pill.moveCenter(QPointF(frame.center().x(), frame.bottom() + pill.height() / 2 + 5))
    ground, ink = QPalette.ColorRole.ToolTipBase, QPalette.ColorRole.ToolTipText
    if highlighted:
        ground, ink = QPalette.ColorRole.Highlight, QPalette.ColorRole.HighlightedText
    colour = palette.color(ground)
    colour.setAlpha(255 if highlighted else 200)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(palette.color(ink))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
