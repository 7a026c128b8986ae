"""A picture taken with the camera, if there is one."""

import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any, Protocol

import cv2
import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt, QThread, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sortbyface.desktop.page import labelled
from sortbyface.desktop.thumbnails import as_image


class Camera(Protocol):
    """As OpenCV has it."""

    def read(self) -> tuple[bool, Any]:
        """Whether there is a picture, and the picture: (height, width, 3) uint8, blue first."""
        ...

    def release(self) -> None:
        """Let others use it."""
        ...


OpenCamera = Callable[[], Camera]


def usual_camera() -> OpenCamera | None:
    """None if there is none, as far as can be told without switching it on: a Mac is taken to have one."""
    if sys.platform == "darwin":
        return lambda: cv2.VideoCapture(0)
    devices = sorted(Path("/dev").glob("video[0-9]*"))
    return (lambda: cv2.VideoCapture(str(devices[0]))) if devices else None


class CameraDialog(QDialog):
    """What the camera sees, as in a mirror, until a picture is taken."""

    taken = Signal(object)
    """The QImage; not mirrored."""

    def __init__(self, camera: OpenCamera, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take a picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.take_button = QPushButton(self.tr("Take the picture"))
        self.take_button.setDefault(True)
        self.take_button.setEnabled(False)
        self.take_button.clicked.connect(self._take)
        self.words = labelled(self.tr("The camera is being switched on…"), "note")
        self._mirror = _Mirror()
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.words, 1)
        row.addWidget(leave)
        row.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._mirror, 1)
        column.addLayout(row)
        self.resize(640, 540)
        self._frames = _Frames(camera)
        self._frames.seen.connect(self._show)
        self._frames.failed.connect(self._tell)
        self._frames.start()
        self.finished.connect(self._frames.stop)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self._frames.stop)

    def _show(self, image: QImage) -> None:
        self._mirror.show_image(image)
        self.take_button.setEnabled(True)
        self.words.setText("")
        self._frames.go_on.set()

    def _tell(self) -> None:
        self.words.setText(self.tr("The camera gives no picture. Does another program use it? Is it allowed to?"))

    def _take(self) -> None:
        image = self._mirror.image
        self.accept()
        self.taken.emit(image)


class _Mirror(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setAccessibleName(self.tr("What the camera sees"))

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = QSizeF(self.image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, size.width(), size.height())
        where.moveCenter(QRectF(self.rect()).center())
        painter.drawImage(where, self.image.flipped(Qt.Orientation.Horizontal))
        painter.end()


class _Frames(QThread):
    """Reads from the camera, no faster than its pictures are shown."""

    seen = Signal(object)
    failed = Signal()

    def __init__(self, camera: OpenCamera) -> None:
        super().__init__()
        self._camera = camera
        self._stopped = False
        self.go_on = Event()
        self.go_on.set()

    def run(self) -> None:
        camera = self._camera()
        try:
            while self._is_wanted():
                there, bgr = camera.read()
                if not there:
                    self.failed.emit()
                    return
                self.seen.emit(as_image(np.asarray(bgr)[:, :, ::-1]))
        finally:
            camera.release()

    def stop(self) -> None:
        """Wait until the camera is free."""
        self._stopped = True
        self.go_on.set()
        self.wait()

    def _is_wanted(self) -> bool:
        self.go_on.wait()
        self.go_on.clear()
        return not self._stopped
