"""Any sequence of photos, sorts, corrections and undoing keeps what was promised of people."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sortbyface.errors import CorrectionRefused
from sortbyface.naming import folded
from tests.people.corrected import Family, Rows, family

FACES = st.lists(st.integers(1, 14), min_size=1, max_size=3)
PERSON = st.integers(1, 8)
NAMES = st.sampled_from(["Ada", "ADA", "Zoë", "Zoe\N{COMBINING DIAERESIS}", "אבא", "👩‍👩‍👧", ""])


class AnyHistory(RuleBasedStateMachine):
    """A model of what the user has said, beside the library."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory())
        self.home: Family = self._stack.enter_context(family(Path(folder, "library.sqlite")))
        self.faces = 0
        self.said: list[tuple[dict[int, int], dict[int, str]]] = [({}, {})]
        """Face -> person as confirmed, and names; after each change that was not undone."""
        self.before: list[Rows | None] = []
        """All rows before each of them; None if there was a sort since."""
        self.highest = 0

    def teardown(self) -> None:
        self._stack.close()

    @initialize(photos=st.lists(st.lists(st.integers(0, 90), min_size=1, max_size=2), min_size=2, max_size=5))
    def look(self, photos: list[list[int]]) -> None:
        for degrees in photos:
            self.faces += len(self.home.add_photo(*degrees))

    @precondition(lambda self: self.faces < 14)
    @rule(degrees=st.lists(st.integers(0, 90), min_size=1, max_size=2))
    def add_photo(self, degrees: list[int]) -> None:
        self.faces += len(self.home.add_photo(*degrees))

    @rule(data=st.data())
    def sort(self, data: st.DataObject) -> None:
        groups = data.draw(st.lists(st.integers(-1, 4), min_size=self.faces, max_size=self.faces))
        self.home.sort(groups)
        rows = self.home.rows()
        self.home.sort(groups)
        assert self.home.rows() == rows, "a second sort with nothing new changes nothing"
        self.before = [None] * len(self.before)

    @rule(person=PERSON, name=NAMES)
    def name(self, person: int, name: str) -> None:
        self._change(lambda: self.home.correct.rename(person, name))

    @rule(person=PERSON, hidden=st.booleans())
    def hide(self, person: int, hidden: bool) -> None:
        self._change(lambda: self.home.correct.hide(person, hidden=hidden))

    @rule(person=PERSON, other=PERSON)
    def merge(self, person: int, other: int) -> None:
        theirs = self.home.faces_of(other)
        if self._change(lambda: self.home.correct.merge(person, other)):
            assert theirs <= self.home.faces_of(person)
            assert other not in {one.id for one in self.home.library.people.records()}

    @rule(faces=FACES)
    def split(self, faces: list[int]) -> None:
        next_person = self.home.library.people.next_person()
        if self._change(lambda: self.home.correct.split(faces)):
            assert self.home.faces_of(next_person) == set(faces)

    @rule(faces=FACES, person=PERSON)
    def move(self, faces: list[int], person: int) -> None:
        if self._change(lambda: self.home.correct.move(faces, person)):
            assert set(faces) <= self.home.faces_of(person)

    @rule(faces=FACES)
    def confirm(self, faces: list[int]) -> None:
        self._change(lambda: self.home.correct.confirm(faces))

    @rule(faces=FACES)
    def reject(self, faces: list[int]) -> None:
        if self._change(lambda: self.home.correct.reject(faces)):
            assert not set(faces) & self.home.person_of_face().keys()

    @rule(person=PERSON, other=PERSON)
    def keep_apart(self, person: int, other: int) -> None:
        self._change(lambda: self.home.correct.keep_apart(person, other))

    @rule(faces=FACES, person=PERSON)
    def rule_out(self, faces: list[int], person: int) -> None:
        if self._change(lambda: self.home.correct.rule_out(faces, person)):
            assert not set(faces) & self.home.faces_of(person)

    @rule(face=st.integers(1, 14))
    def cover(self, face: int) -> None:
        self._change(lambda: self.home.correct.choose_cover(face))

    @precondition(lambda self: self.before)
    @rule()
    def undo(self) -> None:
        self.home.correct.undo()
        self.said.pop()
        before = self.before.pop()
        if before is not None:
            assert self.home.rows() == before

    def _change(self, correction: Callable[[], str]) -> bool:
        before, latest = self.home.rows(), self.home.library.changes.latest()
        try:
            correction()
        except CorrectionRefused:
            assert self.home.rows() == before
            assert self.home.library.changes.latest() == latest
            return False
        if self.home.library.changes.latest() != latest:
            self.before.append(before)
            self.said.append((self._confirmed(), self.home.names()))
        else:
            assert self.home.rows() == before
        return True

    def _confirmed(self) -> dict[int, int]:
        query = """SELECT faces.id, person FROM faces JOIN placements USING (content)
            WHERE faces."left" = placements."left" AND confirmed"""
        return {int(str(face)): int(str(person)) for face, person in self.home.sql(query)}

    @invariant()
    def what_was_said_holds(self) -> None:
        assert (self._confirmed(), self.home.names()) == self.said[-1]

    @invariant()
    def the_library_is_whole(self) -> None:
        assert self.home.sql("PRAGMA foreign_key_check") == []
        self.home.person_of_face()
        names = [folded(name) for name in self.home.names().values()]
        assert len(set(names)) == len(names)
        covers = "SELECT people.id FROM people JOIN placements ON cover = placements.id WHERE person != people.id"
        assert self.home.sql(covers) == []

    @invariant()
    def nobody_is_whom_they_are_not(self) -> None:
        query = """SELECT 1 FROM placements JOIN rejections USING (content, person)
            WHERE placements."left" = rejections."left" """
        assert self.home.sql(query) == []

    @invariant()
    def numbers_are_used_once(self) -> None:
        next_person = self.home.library.people.next_person()
        assert next_person >= self.highest
        self.highest = next_person


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
