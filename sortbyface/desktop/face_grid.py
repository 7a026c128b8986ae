"""Some faces side by side, to be compared."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sortbyface.desktop.portrait_icon import draw_face
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.library.portraits import Portrait

_GAP = 10


class FaceGrid(QWidget):
    """As many faces as fit beside each other, in some rows."""

    def __init__(self, thumbnails: Thumbnails, side: int, rows: int = 1) -> None:
        """side: of each face."""
        super().__init__()
        self._thumbnails, self._side, self._rows = thumbnails, side, rows
        self._faces: Sequence[Portrait] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self._show_again)

    def show_faces(self, faces: Sequence[Portrait], whose: str) -> None:
        """whose: in words, for those who cannot see them."""
        self._faces = faces
        self.setAccessibleName(whose)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        columns = max(1, -(-len(self._faces) // self._rows))
        rows = max(1, min(self._rows, len(self._faces)))
        return QSize(*(count * (self._side + _GAP) - _GAP for count in (columns, rows)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(self._side, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        columns = max(1, (self.width() + _GAP) // (self._side + _GAP))
        for place, portrait in enumerate(self._faces[: columns * self._rows]):
            row, column = divmod(place, columns)
            where = QRectF(column * (self._side + _GAP), row * (self._side + _GAP), self._side, self._side)
            draw_face(painter, where, self._thumbnails.face(portrait), self.palette())
        painter.end()

    def _show_again(self, wish: object) -> None:
        if wish in self._faces:
            self.update()
