"""Faces as rounded pictures."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette, QPixmap

ROUNDNESS = 0.22
"""Radius of the corners, as a share of the side."""


def draw_face(painter: QPainter, where: QRectF, face: QPixmap | None, palette: QPalette) -> None:
    """A face with rounded corners; a plain field where it has yet to be cut, or cannot be."""
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    outline = QPainterPath()
    outline.addRoundedRect(where, where.width() * ROUNDNESS, where.height() * ROUNDNESS)
    painter.setClipPath(outline)
    if face is None or face.isNull():
        painter.fillRect(where, palette.color(QPalette.ColorRole.Mid))
    else:
        painter.drawPixmap(where, face, QRectF(face.rect()))
    painter.restore()


def rounded(face: QPixmap, side: int, ratio: float = 1.0) -> QPixmap:
    """A face of so many pixels' side, for labels and lists. ratio: of the screen's pixels to the window's."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    draw_face(painter, QRectF(0, 0, side, side), face, QPalette())
    painter.end()
    return picture
