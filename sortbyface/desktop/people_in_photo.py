"""The people in a photo, as a row of buttons below it: for the keyboard, and for those who cannot see the frames."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QWidget

from sortbyface.desktop.portrait_icon import rounded
from sortbyface.desktop.thumbnails import Thumbnails, Wish
from sortbyface.jobs.one_photo import FaceInPhoto

_FACE = 36


class PeopleInPhoto(QScrollArea):
    """One button for each face, from left to right."""

    clicked = Signal(int, QPoint)
    """The place of the face in the list, and where the button is on the screen."""

    pointed_at = Signal(object)
    """The place of the face that the mouse or the focus is on; None: on none."""

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._faces: list[FaceInPhoto] = []
        self.buttons: list[QPushButton] = []
        self.setAccessibleName(self.tr("People in this photo"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        thumbnails.ready.connect(self._face_ready)
        self.show_faces([])

    def show_faces(self, faces: list[FaceInPhoto]) -> None:
        """From left to right."""
        focused = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
        self._faces = faces
        self.buttons = [self._button(number, face) for number, face in enumerate(faces)]
        row = QWidget()
        row.setAutoFillBackground(False)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addStretch(1)
        for button in self.buttons:
            layout.addWidget(button)
        layout.addStretch(1)
        self.setWidget(row)
        scroll_bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight((row.sizeHint().height() if faces else 0) + scroll_bar)
        if focused is not None and focused < len(self.buttons):
            self.buttons[focused].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if watched in self.buttons:
            if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
                self.pointed_at.emit(self.buttons.index(watched))
            elif event.type() in (QEvent.Type.Leave, QEvent.Type.FocusOut):
                self.pointed_at.emit(None)
        return super().eventFilter(watched, event)

    def _button(self, number: int, face: FaceInPhoto) -> QPushButton:
        words = "\N{EN SPACE}" + (face.name or self.tr("Who is this?")).replace("&", "&&")
        button = QPushButton(words)
        button.setAccessibleName(face.name or self.tr("Somebody unknown"))
        button.setIconSize(QSize(_FACE, _FACE))
        button.setIcon(self._icon(face))
        button.installEventFilter(self)
        button.clicked.connect(lambda: self.clicked.emit(number, button.mapToGlobal(QPoint(0, 0))))
        return button

    def _icon(self, face: FaceInPhoto) -> QIcon:
        return QIcon(rounded(self._thumbnails.face(face.portrait) or QPixmap(), _FACE, 2))

    def _face_ready(self, wish: Wish) -> None:
        for face, button in zip(self._faces, self.buttons, strict=True):
            if face.portrait == wish:
                button.setIcon(self._icon(face))
