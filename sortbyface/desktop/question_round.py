"""The questions that are left, and those that were answered or put off since the page was opened."""

from collections.abc import Iterable

from sortbyface.people.questions import IsThis, Question, SamePerson


class QuestionRound:
    """One question after the other. What was undone is asked again at once; what was put off, when it is wished for."""

    def __init__(self) -> None:
        self._left: list[Question] = []
        self._answered: list[frozenset[object]] = []
        self._put_off: set[frozenset[object]] = set()

    def fill(self, questions: Iterable[Question]) -> None:
        """All that is worth asking now. The one that is being asked stays, if it is among them."""
        asked = self.current.about if self.current else None
        left = [question for question in questions if question.about not in self._put_off]
        open_ = {question.about for question in left}
        undone = [about for about in self._answered if about in open_]
        self._answered = [about for about in self._answered if about not in open_]
        first = undone[-1] if undone else asked
        self._left = sorted(left, key=lambda question: question.about != first)

    @property
    def current(self) -> Question | None:
        """The one to be asked now."""
        return self._left[0] if self._left else None

    @property
    def following(self) -> Question | None:
        """The one after that."""
        return self._left[1] if len(self._left) > 1 else None

    @property
    def left(self) -> int:
        """How many are to be asked."""
        return len(self._left)

    @property
    def put_off(self) -> int:
        """How many were skipped."""
        return len(self._put_off)

    def answer(self, *, yes: bool) -> None:
        """The current one is answered. If two have become one by it, nothing is asked of the one who is gone."""
        question = self._left.pop(0)
        self._answered.append(question.about)
        if yes and isinstance(question, SamePerson):
            self._left = [other for other in self._left if question.other not in _people_of(other)]

    def drop(self) -> None:
        """The current one has settled itself."""
        del self._left[:1]

    def skip(self) -> None:
        """The current one is put off."""
        self._put_off.add(self._left.pop(0).about)

    def take_up_again(self) -> None:
        """Nothing is put off any more."""
        self._put_off.clear()


def _people_of(question: Question) -> set[int]:
    people = {question.person}
    if not isinstance(question, IsThis):
        assert isinstance(question, SamePerson)
        people.add(question.other)
    return people
