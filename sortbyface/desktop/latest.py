"""Questions that come faster than they can be answered: the latest counts."""

from collections.abc import Callable
from typing import Any, TypeVar

from sortbyface.desktop.work import Work
from sortbyface.errors import SortByFaceError

T = TypeVar("T")


class Latest:
    """One question is being answered; of those that come meanwhile, the last is asked next, and the others never."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._busy = False
        self._next: Callable[[], None] | None = None

    @property
    def busy(self) -> bool:
        """An answer is still to come."""
        return self._busy

    def ask(
        self, question: Callable[[], T], then: Callable[[T], Any], otherwise: Callable[[str], Any] = lambda _: None
    ) -> None:
        """Answered in a thread; the answer, or the error's message, is given to one of the others in the window's."""

        def answer() -> T:
            try:
                return question()
            except SortByFaceError:
                raise
            except Exception:
                self._busy = False  # a bug, which the window is told of; further questions may still be answered
                raise

        def begin() -> None:
            self._busy = True
            self._work.run(answer, lambda found: self._end(then, found), lambda why: self._end(otherwise, why))

        if self._busy:
            self._next = begin
        else:
            begin()

    def _end(self, told: Callable[[Any], Any], what: Any) -> None:
        self._busy, begin, self._next = False, self._next, None
        if begin is not None:
            begin()
        told(what)
