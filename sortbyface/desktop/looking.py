"""A look at photos, beside the window: how far it is; to be paused, and gone on with."""

from collections import deque
from enum import Enum, auto
from pathlib import Path
from threading import Event
from time import monotonic

from PySide6.QtCore import QObject, Signal

from sortbyface.desktop.work import Work
from sortbyface.errors import Stopped
from sortbyface.jobs import EMBEDDINGS
from sortbyface.jobs.look import look_at_photos
from sortbyface.jobs.people import group_as_before
from sortbyface.library import Library
from sortbyface.pipeline.pace import Pace
from sortbyface.pipeline.run import LookSummary, Progress


class Stage(Enum):
    """What is being done in a look."""

    GETTING_READY = auto()
    """Seeing which photos are new."""

    LOOKING = auto()
    GROUPING = auto()
    """Finding out who is who."""


class Looking(QObject):
    """One look after the other, into one library."""

    changed = Signal()
    """Something of what is below is not what it was."""

    ended = Signal(object)
    """All of a folder is looked at: the LookSummary."""

    failed = Signal(str)
    """A sentence on why it cannot be looked at."""

    broken = Signal(object)
    """An exception that is a bug."""

    _advanced = Signal(object)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.folder: Path | None = None
        """That is looked at, or was last."""

        self.progress: Progress | None = None
        """Of the look that is going on; None if none is."""

        self.stage = Stage.GETTING_READY
        self.pace = Pace()
        self.paused = False
        self.waiting: deque[Path] = deque()
        """Folders that come next."""

        self._stop = Event()
        self._work = Work(self, threads=1)
        self._work.broken.connect(self._broke)
        self._advanced.connect(self._show)

    @property
    def stopping(self) -> bool:
        """It will pause as soon as the photos that are in hand are done."""
        return self.progress is not None and self._stop.is_set()

    def begin(self, folder: Path) -> None:
        """Look at a folder, once those that were asked for before it are done. Goes on where it was stopped before."""
        if self.progress is not None:
            if folder not in (self.folder, *self.waiting):
                self.waiting.append(folder)
                self.changed.emit()
            return
        self.folder, self.progress, self.paused = folder, Progress(0), False
        self.stage, self.pace = Stage.GETTING_READY, Pace()
        self._stop.clear()
        self.changed.emit()
        self._work.run(self._look, self._end, self._fail)

    def offer(self, folder: Path) -> None:
        """Be ready to go on with a look that was begun some other day."""
        if self.progress is None:
            self.folder, self.paused = folder, True
            self.changed.emit()

    def pause(self) -> None:
        """Stop for now: what was found is kept."""
        self._stop.set()
        self.changed.emit()

    def resume(self) -> None:
        """Go on."""
        if self.folder is not None:
            self.begin(self.folder)

    def close(self) -> None:
        """Stop; it can be gone on with another day."""
        self._stop.set()
        self._work.wait()

    # --- in the thread that looks -----------------------------------------------------------------------------------

    def _look(self) -> LookSummary:
        assert self.folder is not None
        with Library.opened(self._library, create=True) as library:
            before, library.unfinished_look = library.unfinished_look, self.folder
        try:
            summary = look_at_photos(
                self.folder,
                library=self._library,
                embeddings=self._library.parent / EMBEDDINGS,
                progress=self._on_progress,
            )
            if summary.faces:
                group_as_before(self._library)
        except Stopped:
            raise
        except Exception:  # to try again on each start what cannot be done helps nobody
            self._note(None if before == self.folder else before)
            raise
        self._note(None)
        return summary

    def _note(self, unfinished: Path | None) -> None:
        with Library.opened(self._library) as library:
            library.unfinished_look = unfinished

    def _on_progress(self, progress: Progress) -> None:
        self._advanced.emit(progress)
        if self._stop.is_set():
            raise Stopped("paused; what was found is kept")

    # --- in the window's thread -------------------------------------------------------------------------------------

    def _show(self, progress: Progress) -> None:
        if self.progress is not None:
            self.progress = progress
            self.stage = Stage.LOOKING if progress.done < progress.photos else Stage.GROUPING
            self.pace.note(progress.done, monotonic())
            self.changed.emit()

    def _end(self, summary: LookSummary) -> None:
        self.progress = None
        self.changed.emit()
        self.ended.emit(summary)
        self._go_on()

    def _fail(self, message: str) -> None:
        self.progress, self.paused = None, self._stop.is_set()
        self.changed.emit()
        if not self.paused:
            self.failed.emit(message)
            self._go_on()

    def _broke(self, error: Exception) -> None:
        self.progress = None
        self.changed.emit()
        self.broken.emit(error)

    def _go_on(self) -> None:
        if self.waiting:
            self.begin(self.waiting.popleft())
