"""Tuning, as the user does it: by sliders and buttons, on the demo's two people."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.latest import Latest
from sortbyface.desktop.shifts_model import Heading, ShiftRow
from sortbyface.desktop.tuning_page import TuningPage
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import AUTO, LIBRARY
from sortbyface.jobs.grouping_settings import GroupingSettings, settings_in_use
from sortbyface.jobs.people import group_as_before, people_now
from sortbyface.library import Library
from sortbyface.people.corrections import Corrections
from tests.conftest import look_again

PATIENCE = 20_000


@pytest.fixture
def home(home: Path) -> Path:
    """Whose faces are such that much depends on the threshold.

    The first person's ten look one way in five photos and another way in the others, just alike enough; the second's
    just not.
    """
    random = np.random.default_rng(0)
    with Library.opened(home / LIBRARY) as library:
        now = people_now(library)
    with closing(sqlite3.connect(home / LIBRARY)) as connection, connection as db:
        faces = db.execute("""SELECT faces.id FROM faces JOIN contents ON contents.id = content
            ORDER BY sha256, "left", top, "right", bottom""").fetchall()
        for label, likeness in ((0, 0.945), (1, 0.92)):
            theirs = np.flatnonzero(now.labels == label)
            assert len(theirs) == 10
            one = now.faces.vectors[theirs[0]].astype(np.float64)
            other = random.normal(size=len(one))
            other -= (other @ one) * one
            another = likeness * one + np.sqrt(1 - likeness**2) * other / np.linalg.norm(other)
            for number, place in enumerate(theirs.tolist()):
                vector = (one, another)[number % 2].astype("<f4").tobytes()
                db.execute("UPDATE faces SET vector = ? WHERE id = ?", [vector, faces[place][0]])
    return home


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Iterator[TuningPage]:
    """Ready to be used."""
    window.show_page("tuning")
    page = next(page for page in window.pages if isinstance(page, TuningPage))
    qtbot.waitUntil(lambda: bool(page.figures.accessibleName()), timeout=PATIENCE)
    yield page
    window.close()


def people(home: Path) -> dict[int, set[int]]:
    """Person -> the contents that show them."""
    found: dict[int, set[int]] = {}
    with Library.opened(home / LIBRARY) as library:
        for placement in library.people.placements():
            found.setdefault(placement.person, set()).add(placement.content)
    return found


def settings(home: Path) -> GroupingSettings:
    with Library.opened(home / LIBRARY) as library:
        return settings_in_use(library)


def to_the_end(page: TuningPage, key: Qt.Key, qtbot: QtBot) -> str:
    """Move the threshold by a key; gives the figures that come of it."""
    before = page.figures.accessibleName()
    qtbot.keyClick(page.knobs.threshold_slider, key)
    qtbot.waitUntil(lambda: page.figures.accessibleName() != before, timeout=PATIENCE)
    return page.figures.accessibleName()


def rows(page: TuningPage) -> list[Heading | ShiftRow]:
    return [page.model.row(page.model.index(row)) for row in range(page.model.rowCount())]


def test_what_is_in_use_changes_nothing(page: TuningPage) -> None:
    assert page.figures.accessibleName().startswith("3 people; 3 now")
    assert "stay who they are" in page.words.text()
    assert list(page.knobs.threshold_slider.marks.values()) == ["in use, and suits these photos"]
    assert not page.apply_button.isEnabled()
    assert not rows(page)


def test_a_strict_threshold_would_part_people_and_leaving_it_changes_nothing(
    page: TuningPage, home: Path, qtbot: QtBot
) -> None:
    before = (home / LIBRARY).stat().st_mtime_ns, people(home), settings(home)

    assert to_the_end(page, Qt.Key.Key_End, qtbot).startswith("4 people; 3 now")
    heading, shift = rows(page)

    assert isinstance(heading, Heading)
    assert heading.words == "Would fall apart  ·  1"
    assert isinstance(shift, ShiftRow)
    assert shift.captions == ("Person 1  ·  5", "somebody new  ·  5")
    assert len(page.model.portraits(page.model.index(1), 0)) == 5
    qtbot.mouseClick(page.leave_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "stay who they are" in page.words.text(), timeout=PATIENCE)
    assert ((home / LIBRARY).stat().st_mtime_ns, people(home), settings(home)) == before


def test_a_lenient_threshold_would_join_people(page: TuningPage, qtbot: QtBot) -> None:
    assert to_the_end(page, Qt.Key.Key_Home, qtbot).startswith("2 people; 3 now")
    heading, shift = rows(page)

    assert isinstance(heading, Heading)
    assert heading.words == "Would become one  ·  1"
    assert isinstance(shift, ShiftRow)
    assert sorted(shift.captions) == ["Person 2  ·  5", "Person 3  ·  5"]


def test_another_threshold_is_used_from_then_on_and_can_be_gone_back_from(
    page: TuningPage, home: Path, qtbot: QtBot
) -> None:
    with Library.opened(home / LIBRARY) as library:
        Corrections(library).rename(1, "Ada")
    before = people(home)
    to_the_end(page, Qt.Key.Key_End, qtbot)
    strict = page.knobs.threshold

    with qtbot.waitSignal(page.album.people_changed, timeout=PATIENCE):
        qtbot.mouseClick(page.apply_button, Qt.MouseButton.LeftButton)

    assert settings(home) == GroupingSettings(strict, 30)
    assert people(home) != before
    qtbot.waitUntil(page.back_button.isEnabled, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "stay who they are" in page.words.text(), timeout=PATIENCE)
    assert page.knobs.threshold == strict
    shutil.copy(home / "Album/portraits/C/original.jpg", home / "Album/again.jpg")
    look_again(home)
    assert group_as_before(home / LIBRARY).knobs.threshold == strict

    with qtbot.waitSignal(page.album.people_changed, timeout=PATIENCE):
        qtbot.mouseClick(page.back_button, Qt.MouseButton.LeftButton)

    assert settings(home) == GroupingSettings(AUTO, 30)
    assert sorted(map(sorted, people(home).values())) == sorted(map(sorted, before.values()))
    with Library.opened(home / LIBRARY) as library:
        assert library.people.records()[0].name == "Ada"
    qtbot.waitUntil(lambda: not page.back_button.isVisible(), timeout=PATIENCE)


def test_a_correction_elsewhere_is_heeded_at_once(page: TuningPage, home: Path, qtbot: QtBot) -> None:
    with Library.opened(home / LIBRARY) as library:
        assert library.people.tallies()[1].photos == 10
    page.album.correct(lambda corrections: corrections.merge(2, 3))

    qtbot.waitUntil(lambda: page.figures.accessibleName().startswith("2 people; 2 now"), timeout=PATIENCE)
    assert "stay who they are" in page.words.text()


def test_nobody_was_found_yet(qtbot: QtBot, tmp_path: Path) -> None:
    album = Album(tmp_path / LIBRARY)
    page = TuningPage(album)
    qtbot.addWidget(page)
    page.show()

    assert page.empty.isVisible()
    assert "Look at some photos first" in page.empty.text()
    album.close()


def test_when_the_photos_are_gone_the_page_says_so(window: MainWindow, home: Path, qtbot: QtBot) -> None:
    (home / "Album").rename(home / "Elsewhere")
    window.show_page("tuning")
    page = next(page for page in window.pages if isinstance(page, TuningPage))

    qtbot.waitUntil(lambda: "Is their drive connected?" in page.empty.text(), timeout=PATIENCE)
    assert page.empty.isVisible()
    window.close()


def test_of_many_questions_the_latest_is_answered(qtbot: QtBot, shown_album: Album) -> None:
    """While the first is being answered, a hundred come; the last of them is all that is asked for besides."""
    asked: list[int] = []
    answers: list[int] = []
    latest = Latest(shown_album.work)

    def question(number: int) -> int:
        asked.append(number)
        return number

    for number in range(101):
        latest.ask(lambda number=number: question(number), answers.append)

    qtbot.waitUntil(lambda: answers == [0, 100], timeout=PATIENCE)
    assert asked == [0, 100]
    assert not latest.busy
