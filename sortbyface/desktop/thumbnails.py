"""Faces cut from photos, and small photos: in the background, the latest wish first, kept on disk for the next time."""

import hashlib
import os
import struct
from collections import OrderedDict
from pathlib import Path
from threading import Lock

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from sortbyface.arrays import RGBImage
from sortbyface.cache import cache_folder
from sortbyface.errors import PhotoUnreadable
from sortbyface.faces.thumbnails import read_thumbnails
from sortbyface.library.portraits import Portrait, Scene
from sortbyface.photos.reading import read_photo

SIDE = 192
"""Pixels of a thumbnail: enough for a tile of 96 on a screen of double density."""

PHOTO_SIDE = 384
"""Pixels of the longer side of a whole photo: enough for a tile of 192 on such a screen."""

_IN_MEMORY = 220_000_000
"""Bytes of thumbnails: 1,500 faces of 147 kB, or 500 photos of 440 kB."""

_WISHES = 400
"""Beyond, the earliest are forgotten: who asked has scrolled on."""


Wish = Portrait | Scene
"""What can be asked for."""


class Thumbnails(QObject):
    """Ask for a face or a whole photo, and it is there or will be: `ready` tells when."""

    ready = Signal(object)
    """The Portrait or the Scene."""

    _cut = Signal(object, object)

    def __init__(self, parent: QObject | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or cache_folder() / "faces"
        self._memory: OrderedDict[Wish, QPixmap] = OrderedDict()
        self._bytes = 0
        self._wishes: OrderedDict[Wish, None] = OrderedDict()
        self._lock = Lock()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._cut.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def face(self, portrait: Portrait) -> QPixmap | None:
        """The face, SIDE pixels square; None if it has yet to be cut, and null if it cannot be."""
        return self._here(portrait)

    def photo(self, scene: Scene) -> QPixmap | None:
        """The whole photo, its longer side PHOTO_SIDE pixels at most; None and null as for a face."""
        return self._here(scene)

    def _here(self, wish: Wish) -> QPixmap | None:
        pixmap = self._memory.get(wish)
        if pixmap is not None:
            self._memory.move_to_end(wish)
            return pixmap
        with self._lock:
            is_new = wish not in self._wishes
            self._wishes[wish] = None
            self._wishes.move_to_end(wish)
            while len(self._wishes) > _WISHES:
                self._wishes.popitem(last=False)
        if is_new:
            self._pool.start(_Cutter(self))
        return None

    def wait(self) -> None:
        """Forget all wishes, and let go of the photos."""
        with self._lock:
            self._wishes.clear()
        self._pool.clear()
        self._pool.waitForDone()

    def cut_latest(self) -> None:
        """In a thread: fulfil the latest wish."""
        with self._lock:
            if not self._wishes:
                return
            wish, _ = self._wishes.popitem()
        self._cut.emit(wish, self._image(wish))

    def _image(self, wish: Wish) -> QImage:
        path = self._folder / _name_of(wish)
        image = QImage(str(path))
        if not image.isNull():
            return image
        try:
            if isinstance(wish, Scene):
                rgb = read_photo(wish.photo, lambda _: PHOTO_SIDE).rgb
            else:
                rgb = read_thumbnails(wish.photo, wish.longer_side, [wish.box], SIDE)[0]
        except PhotoUnreadable:
            return QImage()
        self._store(rgb, path)
        return as_image(rgb)

    def _store(self, rgb: np.ndarray, path: Path) -> None:
        """A courtesy to the next time: where it cannot be written, the face is cut again then."""
        part = path.with_suffix(f".{os.getpid()}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(rgb).save(part, "JPEG", quality=88)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)

    @Slot(object, object)
    def _keep(self, wish: Wish, image: QImage) -> None:
        pixmap = QPixmap.fromImage(image)
        self._bytes += _bytes(pixmap) - _bytes(self._memory.pop(wish, QPixmap()))
        self._memory[wish] = pixmap
        while self._bytes > _IN_MEMORY:
            self._bytes -= _bytes(self._memory.popitem(last=False)[1])
        self.ready.emit(wish)


class _Cutter(QRunnable):
    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails

    def run(self) -> None:
        self._thumbnails.cut_latest()


def as_image(rgb: RGBImage) -> QImage:
    """(height, width, 3) as Qt has it."""
    height, width = rgb.shape[:2]
    return QImage(np.ascontiguousarray(rgb).data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def _name_of(wish: Wish) -> str:
    place = struct.pack("<4d", *wish.box) if isinstance(wish, Portrait) else b"the whole photo"
    key = hashlib.sha256(wish.sha256 + place).hexdigest()
    return f"{key[:2]}/{key[2:34]}.jpg"
