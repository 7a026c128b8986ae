"""Photos brought to the screen, no larger than they are seen: in the background, and the neighbours in advance."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from sortbyface.desktop.thumbnails import as_image
from sortbyface.desktop.work import Work
from sortbyface.library.portraits import Scene
from sortbyface.photos.reading import read_photo

LARGEST_SIDE = 6000
"""Pixels: all of a picture of 24 megapixels. More would take more memory than a window should, 100 MB a photo."""

_STEP = 512
"""Pixels of the longer side: a window that grows a little does not need another picture."""


class PhotoReader(QObject):
    """Ask for a photo at some size; `ready` tells when it is there. Those that are not attended to are forgotten."""

    ready = Signal(object)
    """The Scene."""

    failed = Signal(object, str)
    """The Scene, and why it cannot be read."""

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._images: dict[Scene, QImage] = {}
        self._wanted: dict[Scene, int] = {}
        """The longer sides that were asked for last."""

    def attend(self, scenes: Iterable[Scene]) -> None:
        """Forget all others."""
        kept = set(scenes)
        self._images = {scene: image for scene, image in self._images.items() if scene in kept}
        self._wanted = {scene: side for scene, side in self._wanted.items() if scene in kept}

    def image(self, scene: Scene) -> QImage | None:
        """The photo at the largest size that was read."""
        return self._images.get(scene)

    def read(self, scene: Scene, side: float) -> None:
        """Bring a photo with a longer side of so many pixels at least, as far as it has them."""
        rounded_up = _STEP * -(-int(side) // _STEP)
        wanted = min(rounded_up, max(scene.width, scene.height), LARGEST_SIDE)
        if wanted > self._wanted.get(scene, 0):
            self._wanted[scene] = wanted
            self._work.run(
                lambda: self._read(scene, wanted),
                lambda image: self._keep(scene, image),
                lambda reason: self.failed.emit(scene, reason),
            )

    def _read(self, scene: Scene, side: int) -> QImage | None:
        """In a thread."""
        if self._wanted.get(scene) != side:
            return None  # not looked at any more, or wanted larger by now
        return as_image(read_photo(scene.photo, lambda _: side).rgb).convertToFormat(QImage.Format.Format_RGB32)

    def _keep(self, scene: Scene, image: QImage | None) -> None:
        if image is not None and scene in self._wanted:
            self._images[scene] = image
            self.ready.emit(scene)
