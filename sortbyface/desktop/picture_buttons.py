"""Ways to bring a picture of somebody: from a file, from what was copied, from the camera, or dropped."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QTemporaryDir, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QPushButton, QWidget

from sortbyface.desktop.camera import CameraDialog, OpenCamera


class PictureButtons(QWidget):
    """Each way comes to a file. What is no file yet is written to one that lasts as long as the window."""

    brought = Signal(object, str)
    """The file, and what to call it in a sentence."""

    nothing_pasted = Signal()
    """What was copied is no picture."""

    def __init__(self, camera: OpenCamera | None) -> None:
        """camera: None if there is none."""
        super().__init__()
        self._camera = camera
        self._folder: QTemporaryDir | None = None
        self._count = 0
        self.choose_button = QPushButton(self.tr("Choose a &picture…"))
        self.paste_button = QPushButton(self.tr("Paste"))
        self.camera_button = QPushButton(self.tr("Use the camera…"))
        self.choose_button.setDefault(True)
        self.choose_button.clicked.connect(self.choose)
        self.paste_button.clicked.connect(self.paste)
        self.camera_button.clicked.connect(self.use_camera)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for button in (self.choose_button, self.paste_button, self.camera_button):
            row.addWidget(button)
        self.camera_button.setVisible(camera is not None)

    def choose(self) -> None:
        """Ask for a file."""
        file, _ = QFileDialog.getOpenFileName(self, self.tr("A picture of whom you are looking for"))
        if file:
            self.brought.emit(Path(file), Path(file).name)

    def paste(self) -> None:
        """Take what was copied: a picture, or a file."""
        if not self.take(QApplication.clipboard().mimeData(), self.tr("The picture that you pasted")):
            self.nothing_pasted.emit()

    def take(self, offered: QMimeData, called: str) -> bool:
        """Take what was pasted or dropped; gives whether it can be one. called: a picture that is no file."""
        file = file_in(offered)
        if file is not None:
            self.brought.emit(file, file.name)
            return True
        image = offered.imageData() if offered.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self._keep(image, called)
            return True
        return False

    def use_camera(self) -> None:
        """Take a picture."""
        if self._camera is not None:
            dialog = CameraDialog(self._camera, self)
            dialog.taken.connect(lambda image: self._keep(image, self.tr("The picture that you took")))
            dialog.open()

    def _keep(self, image: QImage, called: str) -> None:
        self._folder = self._folder or QTemporaryDir()
        self._count += 1
        file = Path(self._folder.path()) / f"{self._count}.png"
        image.save(str(file))
        self.brought.emit(file, called)


def file_in(offered: QMimeData) -> Path | None:
    """The file that is offered, if it is one: a folder is to be looked at."""
    paths = [Path(url.toLocalFile()) for url in offered.urls() if url.isLocalFile()]
    return next((path for path in paths if not path.is_dir()), None)
