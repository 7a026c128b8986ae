"""What all pages share: the library, what is being done to it, and what has just been done."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from sortbyface.desktop.looking import Looking
from sortbyface.desktop.thumbnails import Thumbnails
from sortbyface.desktop.work import Work
from sortbyface.jobs.undo import UndoOutcome, undo_latest
from sortbyface.library import Library
from sortbyface.library.changes import Change
from sortbyface.people.corrections import Corrections
from sortbyface.pipeline.run import LookSummary, Progress

T = TypeVar("T")


class Album(QObject):
    """A library in a window."""

    people_changed = Signal()
    """Who is there, or who is who, is not what it was: ask again."""

    looking_changed = Signal()
    """`looking` is not what it was."""

    looked = Signal(object)
    """A look at a folder has come to its end: the LookSummary."""

    said = Signal(str)
    """A sentence on what was done, and can be undone."""

    noted = Signal(str)
    """A sentence on how things are."""

    failed = Signal(str)
    """A sentence on what could not be done, with what to do next."""

    broken = Signal(object)
    """An exception that is a bug."""

    closing = Signal()
    """All that is going on is to stop now."""

    def __init__(self, library: Path, parent: QObject | None = None, thumbnails: Path | None = None) -> None:
        """thumbnails: the folder where they are kept, None for the usual one."""
        super().__init__(parent)
        self.library = library
        self.work = Work(self)
        self.reading = Work(self, threads=1)
        """Photos, to be seen large: corrections do not wait for that."""

        self.work.broken.connect(self.broken)
        self.thumbnails = Thumbnails(self, thumbnails)
        self.looking = Looking(library, self)
        self.looking.changed.connect(self.looking_changed)
        self.looking.failed.connect(self.failed)
        self.looking.broken.connect(self.broken)
        self.looking.ended.connect(self._look_ended)

    # --- photos -----------------------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path | None:
        """That is looked at, or was last."""
        return self.looking.folder

    @property
    def progress(self) -> Progress | None:
        """Of the look that is going on; None if none is."""
        return self.looking.progress

    @property
    def paused(self) -> bool:
        """A look was begun, and is to be gone on with."""
        return self.looking.paused

    def look_at(self, folder: Path) -> None:
        """Find all faces below a folder, and who they are. Goes on where it was stopped before."""
        self.looking.begin(folder)

    def pause(self) -> None:
        """Stop looking, for now: what was found is kept."""
        self.looking.pause()

    def resume(self) -> None:
        """Go on looking."""
        self.looking.resume()

    def take_up(self, *, at_once: bool) -> None:
        """Go on with the look that was not finished when the program ended, at once or when the user says so."""

        def go_on(folder: Path | None) -> None:
            if folder is not None:
                (self.looking.begin if at_once else self.looking.offer)(folder)

        self.ask(lambda library: library.unfinished_look, go_on)

    def _look_ended(self, summary: LookSummary) -> None:
        self.people_changed.emit()
        self.looked.emit(summary)

    # --- people -----------------------------------------------------------------------------------------------------

    def ask(self, question: Callable[[Library], T], then: Callable[[T], object]) -> None:
        """Read something from the library, beside the window; nothing is asked while there is no library yet."""
        if not self.library.is_file():
            return

        def read() -> T:
            with Library.opened(self.library) as opened:
                return question(opened)

        self.work.run(read, then, self.failed.emit)

    def correct(self, correction: Callable[[Corrections], str], then: Callable[[], object] = lambda: None) -> None:
        """Say who is who; it can be undone."""

        def change() -> str:
            with Library.opened(self.library) as opened:
                return correction(Corrections(opened))

        def changed(words: str) -> None:
            self.said.emit(words)
            then()  # before all pages ask again, so that what was changed is seen to be so at once
            self.people_changed.emit()

        self.work.run(change, changed, self.failed.emit)

    def undo(self) -> None:
        """Take back what was done last: a correction, a sort, or copies of one person's photos."""

        def undone(what: Change | UndoOutcome | None) -> None:
            if isinstance(what, Change):
                self.noted.emit(self.tr("Undone: {}").format(what.words))
            elif what is not None:
                self.noted.emit(self.tr("Taken back: what was put into {}").format(what.plan.run.destination))
            else:
                self.noted.emit(self.tr("There is nothing to undo."))
            self.people_changed.emit()

        if self.library.is_file():
            self.work.run(lambda: undo_latest(library=self.library), undone, self.failed.emit)

    def close(self) -> None:
        """Stop all that is going on; nothing that was shown as done is lost."""
        self.closing.emit()
        self.looking.close()
        self.thumbnails.wait()
        self.work.wait()
        self.reading.wait()
