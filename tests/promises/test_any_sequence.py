"""Whatever the user does, in whatever order, no promise is broken."""

from collections.abc import Callable
from contextlib import suppress

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from sortbyface.errors import CorrectionRefused, SourceEmpty
from sortbyface.grouping import ALGORITHMS
from sortbyface.jobs.check import check_library
from sortbyface.jobs.history import history
from sortbyface.jobs.roster import corrections
from sortbyface.library import Library
from sortbyface.sorting import Mode
from sortbyface.sorting.groups import Groups
from tests.promises.archive import RECIPE
from tests.promises.files_kept import check_folders
from tests.promises.people_kept import PEOPLE, PeopleKnown
from tests.promises.soaking import SEED, SOAKING, TIMES
from tests.promises.states import Rows, Tree, rows, tree, users_folder
from tests.promises.users_files import PLACE, Sorted, UsersFiles

NAMES = st.sampled_from(["a/IMG_1.jpg", "b/IMG_1.jpg", "a/IMG_2.JPG", "b/IMG_2.jpg", "ü/été.jpg", "c/IMG_3.png"])
NAMES = st.sampled_from(["Anna", "anna", "Zoë", "CON", "a/b", "Others", "Person 1.", ""])
OPTIONS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from([Mode.COPY, Mode.HARDLINK, Mode.SYMLINK, Mode.REFLINK]),
        "groups": st.sampled_from(Groups),
        "min_photos": st.sampled_from([1, 1, 2]),
        "algorithm": st.sampled_from([*[ALGORITHMS["chinese-whispers"]] * 4, ALGORITHMS["dbscan"]]),
    }
)


class Stopped(BaseException):
    """Ctrl-C."""


class AnySequence(UsersFiles):
    """A user who sorts, corrects, and thinks better of it."""

    def __init__(self) -> None:
        super().__init__()
        self.corrected: list[Rows | None] = []
        """What was said of people before each correction that stands; None if there was a sort since."""

    def teardown(self) -> None:
        try:
            self.at_the_end_all_is_well()
        finally:
            super().teardown()

    # --- sorting ------------------------------------------------------------------------------------------------------

    @rule(options=OPTIONS, regroup=st.booleans(), again=st.booleans())
    def sort_once_more(self, options: dict[str, object], regroup: bool, again: bool) -> None:
        """Twice as often."""
        self.sort(options, regroup, again)

    @rule(options=OPTIONS, regroup=st.booleans(), again=st.booleans())
    def sort(self, options: dict[str, object], regroup: bool, again: bool) -> None:
        if self.is_refused(lambda: self.archive.sort(**options, regroup=regroup)):
            return
        people, before, held = PeopleKnown.of(self.archive.library), tree(self.archive.sorted), self.archive.all_bytes()
        self.archive.sort(**options, regroup=regroup)
        self.note_runs(before)
        self.corrected = [None] * len(self.corrected)

        people.check_kept(PeopleKnown.of(self.archive.library))
        check_folders(self.archive, self.users, options["groups"], options["min_photos"])  # type: ignore[arg-type]
        assert held <= self.archive.all_bytes(), "the last copy of something is lost"
        state = users_folder(self.home)
        second = self.archive.sort(**options, regroup=regroup and again)
        assert [(one.kind, one.moved_from, one.path) for one in second.plan.actions] == []
        assert state.differences(users_folder(self.home)) == []

    @rule(options=OPTIONS, after=st.integers(1, 9))
    def sort_and_stop_in_the_middle(self, options: dict[str, object], after: int) -> None:
        if self.is_refused(lambda: self.archive.sort(**options)):
            return

        def stop(done: int, _: int) -> None:
            if done >= after:
                raise Stopped

        people, before, held = PeopleKnown.of(self.archive.library), tree(self.archive.sorted), self.archive.all_bytes()
        with suppress(Stopped):
            self.archive.sort(**options, progress=stop)
        self.note_runs(before)
        self.corrected = [None] * len(self.corrected)
        people.check_kept(PeopleKnown.of(self.archive.library))
        assert held <= self.archive.all_bytes(), "the last copy of something is lost"

    @precondition(lambda self: self.runs)
    @rule()
    def undo(self) -> None:
        if self.is_refused(self.archive.undo):
            return
        held = self.archive.all_bytes()
        outcome = self.archive.undo()
        run = self.runs.pop(outcome.plan.run.id)
        if run.alone:
            assert [(path.name, why) for path, why in outcome.plan.left] == []
            assert tree(self.archive.sorted) == run.before
        originals = {content for *_, content in self.originals.values()}
        assert held - self.archive.all_bytes() <= originals

    # --- people -------------------------------------------------------------------------------------------------------

    @rule(person=PLACE, name=NAMES)
    def name(self, person: int, name: str) -> None:
        self.correct("rename", self.a_person(person), name)

    @rule(person=PLACE, other=PLACE)
    def merge(self, person: int, other: int) -> None:
        self.correct("merge", self.a_person(person), self.a_person(other))

    @rule(person=PLACE, hidden=st.booleans())
    def hide(self, person: int, hidden: bool) -> None:
        self.correct("hide", self.a_person(person), hidden=hidden)

    @rule(face=PLACE, person=PLACE)
    def move(self, face: int, person: int) -> None:
        self.correct("move", [self.a_face(face)], self.a_person(person))

    @rule(what=st.sampled_from(["split", "confirm", "reject"]), face=PLACE, more=st.booleans())
    def say_of_faces(self, what: str, face: int, more: bool) -> None:
        faces = [self.a_face(face), self.a_face(face + 1)] if more else [self.a_face(face)]
        self.correct(what, list(dict.fromkeys(faces)))

    @precondition(lambda self: self.corrected)
    @rule()
    def undo_a_correction(self) -> None:
        with corrections(self.archive.library) as correct:
            correct.undo()
        before = self.corrected.pop()
        if before is not None:  # nothing was sorted since
            assert rows(self.archive.library, *PEOPLE) == before

    def correct(self, what: str, *arguments: object, **options: object) -> None:
        before = rows(self.archive.library, *PEOPLE)
        try:
            with corrections(self.archive.library) as correct:
                getattr(correct, what)(*arguments, **options)
        except CorrectionRefused:
            assert rows(self.archive.library, *PEOPLE) == before
        standing = sum(not undone for _, undone in rows(self.archive.library, "changes")["changes"].elements())
        if standing > len(self.corrected):  # what changes nothing is no change
            self.corrected.append(before)

    def is_refused(self, deed: Callable[[], object]) -> bool:
        """As long as no photo is where it was last seen: their drive may not be connected."""
        if self.archive.present():
            return False
        before = users_folder(self.home)
        with pytest.raises(SourceEmpty):
            deed()
        assert users_folder(self.home).differences(before) == []
        return True

    def at_the_end_all_is_well(self) -> None:
        """But for what the user has done to our files, which the check rightly names."""
        if not self.originals:
            return
        self.archive.look()
        self.archive.sort()
        users = [str(self.archive.sorted / path) for path in self.users]
        found = [finding.what for finding in check_library(self.archive.library).left]
        assert [what for what in found if not any(what.startswith(path) for path in users)] == []

    def a_person(self, which: int) -> int:
        people = sorted(PeopleKnown.of(self.archive.library).names)
        return people[which % len(people)] if people else 1

    def a_face(self, which: int) -> int:
        with Library.opened(self.archive.library) as library:
            contents = sorted(set(library.faces.of(RECIPE).contents.tolist()))
            faces = sorted(face for content in contents for face in library.faces.in_content(RECIPE, content))
        return faces[which % len(faces)]

    def note_runs(self, before: Tree) -> None:
        for run in history(self.archive.library):
            if run.undone_at is None:
                self.runs.setdefault(run.id, Sorted(before))


def test_any_sequence() -> None:
    run_state_machine_as_test(
        seed(SEED)(AnySequence) if SOAKING else AnySequence,
        settings=settings(
            max_examples=25 * TIMES,
            stateful_step_count=50,
            derandomize=not SOAKING,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink] if SOAKING else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
