"""Each correction does what it says, and is undone exactly."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from sortbyface.errors import CorrectionRefused
from tests.people.corrected import Family

AS_SORTED = [0, 0, 0, 0, 1, 1, 1, 2, 2, -1]
ALL_ONE = [0, 0, 0, 0, 0, 0, 0, 0, 0, -1]
NEW = [-1, -1, -1, -1, -1, -1, -1, -1, -1, 4]

CORRECTIONS: dict[str, Callable[[Family], str]] = {
    "name": lambda home: home.correct.rename(1, "Ada"),
    "hide": lambda home: home.correct.hide(2),
    "cover": lambda home: home.correct.choose_cover(2),
    "confirm": lambda home: home.correct.confirm([1, 2, 5]),
    "reject": lambda home: home.correct.reject([4, 9]),
    "reject all": lambda home: home.correct.reject([8, 9]),
    "move": lambda home: home.correct.move([4, 5, 10], 3),
    "move all": lambda home: home.correct.move([8, 9], 1),
    "split": lambda home: home.correct.split([3, 4, 5]),
    "merge": lambda home: home.correct.merge(1, 2),
    "keep apart": lambda home: home.correct.keep_apart(1, 2),
    "rule out": lambda home: home.correct.rule_out([4, 10], 1),
}


@pytest.fixture(params=CORRECTIONS)
def correction(request: pytest.FixtureRequest) -> Callable[[Family], str]:
    return CORRECTIONS[request.param]


# --- what each does ---------------------------------------------------------------------------------------------------


def test_a_name(home: Family) -> None:
    assert home.correct.rename(1, " Ada ") == "Person 1 is called Ada now"
    assert home.correct.rename(1, "ada") == "Ada is called ada now"
    assert home.names() == {1: "ada"}
    assert home.correct.rename(1, "") == "ada is called Person 1 now"
    assert home.names() == {}


def test_a_name_that_somebody_has_asks_to_merge_and_changes_nothing(home: Family) -> None:
    home.correct.rename(2, "Zoë")
    before = home.rows()
    with pytest.raises(CorrectionRefused, match=r"Zoë is Person 2 already.*people merge 2 1$"):
        home.correct.rename(1, "ZOE\N{COMBINING DIAERESIS}")
    assert home.rows() == before


def test_confirmed_faces_stay_whatever_an_algorithm_says(home: Family) -> None:
    assert home.correct.confirm([8]) == "1 face confirmed"
    home.sort(ALL_ONE)
    assert 8 in home.faces_of(3)


def test_rejected_faces_do_not_come_back(home: Family) -> None:
    assert home.correct.reject([4, 4]) == "1 face rejected"
    home.sort(AS_SORTED)
    assert home.faces_of(1) == {1, 2, 3}
    home.correct.move([4], 1)
    home.sort(AS_SORTED)
    assert home.faces_of(1) == {1, 2, 3, 4}, "unless the user has come to think otherwise"


def test_who_was_split_stays_split(home: Family) -> None:
    assert home.correct.split([3, 4, 4]) == "2 faces of Person 1 split off as Person 4"
    for groups in (AS_SORTED, ALL_ONE, AS_SORTED):
        home.sort(groups)
        assert {1, 2} <= home.faces_of(1)
        assert {3, 4} <= home.faces_of(4)


def test_who_was_merged_stays_merged(home: Family) -> None:
    home.correct.rename(2, "Bob")
    assert home.correct.merge(1, 2) == "Bob merged into Person 1"
    assert home.names() == {1: "Bob"}
    for groups in (AS_SORTED, AS_SORTED):
        home.sort(groups)
        assert home.faces_of(1) == {1, 2, 3, 4, 5, 6, 7}


def test_moved_faces_are_not_whose_they_were(home: Family) -> None:
    home.correct.rename(1, "Ada")
    assert home.correct.move([5, 10], 1) == "2 faces moved to Ada"
    home.sort(AS_SORTED)
    assert home.faces_of(1) == {1, 2, 3, 4, 5, 10}
    assert home.faces_of(2) == {6, 7}


def test_a_cover_is_surely_its_persons(home: Family) -> None:
    home.correct.choose_cover(4)
    home.sort([0, 0, 0, 1, 1, 1, 1, 2, 2, -1])
    assert home.faces_of(1) == {1, 2, 3, 4}
    assert home.sql("SELECT confirmed FROM placements JOIN people ON cover = placements.id") == [(1,)]
    home.correct.move([4], 2)
    assert home.sql("SELECT cover FROM people") == [(None,)] * 3, "nobody is stood for by somebody else's face"


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (lambda to: to.merge(1, 1), "Person 1 cannot be merged with themselves"),
        (lambda to: to.merge(1, 9), "there is no Person 9"),
        (lambda to: to.rename(9, "Ada"), "there is no Person 9"),
        (lambda to: to.rename(1, "Person 2"), "is what somebody without a name is called"),
        (lambda to: to.confirm([1, 99]), "there is no face 99"),
        (lambda to: to.confirm([10]), "face 10 is nobody's; python -m sortbyface people move 10 PERSON"),
        (lambda to: to.split([8, 9]), "these are all faces of Person 3; leave one out"),
        (lambda to: to.split([1, 8, 9]), "these are all faces of Person 3; leave one out"),
        (lambda to: to.undo(), "there is nothing to undo"),
    ],
)
def test_what_cannot_be_done_changes_nothing(home: Family, refused: Callable[[Any], str], words: str) -> None:
    before = home.rows()
    with pytest.raises(CorrectionRefused, match=words):
        refused(home.correct)
    assert home.rows() == before
    assert home.library.changes.latest() is None


# --- undoing ----------------------------------------------------------------------------------------------------------


def test_undone_to_the_last_bit(home: Family, correction: Callable[[Family], str]) -> None:
    before = home.rows()
    words = correction(home)
    assert home.rows() != before
    assert home.correct.undo().words == words
    assert home.rows() == before


def test_undone_one_after_the_other(home: Family) -> None:
    states = []
    for correct in CORRECTIONS.values():
        states.append(home.rows())
        try:
            correct(home)
        except CorrectionRefused:
            states.pop()
    assert len(states) >= 7
    for before in reversed(states):
        home.correct.undo()
        assert home.rows() == before


def test_what_changes_nothing_is_not_there_to_be_undone(home: Family) -> None:
    home.correct.confirm([1])
    home.correct.confirm([1])
    home.correct.hide(2, hidden=False)
    home.correct.undo()
    assert home.sql("SELECT sum(confirmed) FROM placements") == [(0,)]


@pytest.mark.parametrize("groups", [AS_SORTED, ALL_ONE, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], NEW])
def test_undone_after_another_sort(home: Family, correction: Callable[[Family], str], groups: list[int]) -> None:
    """Whoever had a name has it again, every face is one person's, and nothing hangs in the air."""
    home.correct.rename(3, "Cy")
    correction(home)
    home.sort(groups)
    home.correct.undo()
    assert home.names() == {3: "Cy"}
    home.person_of_face()
    assert home.sql("PRAGMA foreign_key_check") == []
    assert home.sql("SELECT confirmed FROM placements WHERE confirmed") == []
    assert home.sql("SELECT 1 FROM rejections") == []


def test_faces_that_came_after_a_split_stay(home: Family) -> None:
    home.correct.split([3, 4])
    [new] = home.add_photo(8)
    home.sort([*AS_SORTED[:2], 5, 5, *AS_SORTED[4:], 5])
    assert home.faces_of(4) == {3, 4, new}
    home.correct.undo()
    assert home.faces_of(1) == {1, 2, 3, 4}
    assert home.faces_of(4) == {new}


def test_a_rejected_face_that_has_gone_elsewhere_comes_back(home: Family) -> None:
    """It had the last of all rows, whose number the next one would get in SQLite's plainest tables."""
    home.correct.reject([9])
    home.sort([0, 0, 0, 0, 1, 1, 1, 2, 1, -1])
    assert 9 in home.faces_of(2)
    home.correct.undo()
    assert home.person_of_face()[9] == 3


def test_a_name_is_taken_back_though_its_cover_is_gone_since(home: Family) -> None:
    home.correct.rename(3, "Cy")
    placement = home.sql("SELECT id FROM placements WHERE person = 3")[0]
    home.sql("UPDATE people SET cover = ? WHERE id = 3", placement)
    home.correct.rename(3, "Cyd")
    home.library.people.keep_placements(
        one for one in home.library.people.placements() if one.id != int(str(placement[0]))
    )
    home.correct.undo()
    assert home.names() == {3: "Cy"}


# --- when something goes wrong in the middle --------------------------------------------------------------------------


@contextmanager
def failing_at(home: Family, statement: int) -> Iterator[None]:
    """The so-manieth row that is written is refused, as by a full disk."""
    home.sql("CREATE TEMP TABLE written (x)")
    for table in ("people", "placements", "rejections"):
        for event in ("INSERT", "UPDATE", "DELETE"):
            home.sql(
                f"""CREATE TEMP TRIGGER fail_{table}_{event} BEFORE {event} ON main.{table} BEGIN
                    INSERT INTO written VALUES (1);
                    SELECT RAISE(ABORT, 'no room') WHERE (SELECT count(*) FROM written) >= {statement}; END"""
            )
    try:
        yield
    finally:
        for table in ("people", "placements", "rejections"):
            for event in ("INSERT", "UPDATE", "DELETE"):
                home.sql(f"DROP TRIGGER fail_{table}_{event}")
        home.sql("DROP TABLE written")


def test_a_correction_that_fails_at_any_row_has_changed_nothing(
    home: Family, correction: Callable[[Family], str]
) -> None:
    before = home.rows()
    failures = 0
    done = False
    while not done:
        with failing_at(home, failures + 1), suppress(sqlite3.IntegrityError):
            correction(home)
            done = True
        assert (home.rows() != before) == (home.library.changes.latest() is not None) == done
        failures += not done
    assert failures >= 1
    home.correct.undo()
    assert home.rows() == before
