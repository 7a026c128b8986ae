"""Suggestions, answered with keys and buttons."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from sortbyface.desktop.album import Album
from sortbyface.desktop.suggestions_page import SuggestionsPage
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.people import group_photos
from sortbyface.jobs.suggest import IsThisShown, SamePersonShown
from sortbyface.library import Library
from sortbyface.library.records import Placement

WAIT = 20_000


@pytest.fixture
def halves(home: Path, qtbot: QtBot) -> Iterator[Album]:
    """The demo's album, of whose two people each has come apart into two of five photos."""
    group_photos(library=home / LIBRARY)
    with Library.opened(home / LIBRARY) as library:
        placements = library.people.placements()
        people = {placement.person for placement in placements}
        seen = dict.fromkeys(people, 0)
        apart: list[Placement] = []
        for placement in placements:
            seen[placement.person] += 1
            half = placement.person + len(people) * (seen[placement.person] % 2)
            apart.append(placement._replace(person=half))
        library.people.keep_placements(apart)
    album = Album(home / LIBRARY, thumbnails=home / "thumbnails")
    yield album
    album.close()


@pytest.fixture
def page(halves: Album, qtbot: QtBot) -> SuggestionsPage:
    """Seen, in a window in which Ctrl+Z takes back what was done."""
    return shown(halves, qtbot)


def shown(album: Album, qtbot: QtBot) -> SuggestionsPage:
    page = SuggestionsPage(album)
    window = QMainWindow()
    window.setCentralWidget(page)
    window.addAction("Undo", Qt.Modifier.CTRL | Qt.Key.Key_Z, album.undo)  # type: ignore[call-overload]
    qtbot.addWidget(window, before_close_func=lambda _: album.close())
    page.frame = window  # type: ignore[attr-defined]
    window.resize(1000, 760)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    page.setFocus()
    return page


def wait_for_question(page: SuggestionsPage, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: page.card.isVisible() and page.counter.text() == words, timeout=WAIT)
    qtbot.waitUntil(lambda: page.asked is not None, timeout=WAIT)


def people(album: Album) -> dict[int, int]:
    """Everybody, with their faces."""
    with Library.opened(album.library) as library:
        return {person: tally.faces for person, tally in library.people.tallies().items()}


def test_two_halves_are_made_one_with_two_keys(page: SuggestionsPage, qtbot: QtBot) -> None:
    wait_for_question(page, qtbot, "2 questions left")
    assert page.card.heading.text() == "Are these the same person?"
    before = people(page.album)
    qtbot.keyClick(page, Qt.Key.Key_Y)
    wait_for_question(page, qtbot, "1 question left")
    qtbot.keyClick(page, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.nothing.isVisible() and "Nothing to ask" in page.nothing.text(), timeout=WAIT)
    assert sorted(before.values()) == [5, 5, 5, 5]
    assert sorted(people(page.album).values()) == [10, 10]


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_Left])
def test_no_is_remembered(page: SuggestionsPage, qtbot: QtBot, key: Qt.Key) -> None:
    wait_for_question(page, qtbot, "2 questions left")
    qtbot.keyClick(page, key)
    wait_for_question(page, qtbot, "1 question left")
    group_photos(library=page.album.library, regroup=True)
    assert len(people(page.album)) == 3, "the two who were told apart stay two; of the others, nothing was said"
    again = shown(page.album, qtbot)
    qtbot.waitUntil(lambda: "Nothing to ask" in again.nothing.text(), timeout=WAIT)


def test_undo_brings_the_question_back(page: SuggestionsPage, qtbot: QtBot) -> None:
    wait_for_question(page, qtbot, "2 questions left")
    before, first = people(page.album), page.asked
    qtbot.mouseClick(page.no_button, Qt.MouseButton.LeftButton)
    wait_for_question(page, qtbot, "1 question left")
    qtbot.keyClick(page.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for_question(page, qtbot, "2 questions left")
    qtbot.waitUntil(lambda: page.asked == first, timeout=WAIT)
    assert people(page.album) == before


def test_buttons_answer_too(page: SuggestionsPage, qtbot: QtBot) -> None:
    wait_for_question(page, qtbot, "2 questions left")
    with qtbot.waitSignal(page.album.said, timeout=WAIT) as told:
        qtbot.mouseClick(page.yes_button, Qt.MouseButton.LeftButton)
    assert "merged into" in told.args[0]
    wait_for_question(page, qtbot, "1 question left")
    with qtbot.waitSignal(page.album.said, timeout=WAIT) as told:
        qtbot.mouseClick(page.no_button, Qt.MouseButton.LeftButton)
    assert "are two people" in told.args[0]


def test_what_was_skipped_is_asked_when_it_is_wished_for(page: SuggestionsPage, qtbot: QtBot) -> None:
    wait_for_question(page, qtbot, "2 questions left")
    qtbot.keyClick(page, Qt.Key.Key_S)
    wait_for_question(page, qtbot, "1 question left")
    qtbot.keyClick(page, Qt.Key.Key_Down)
    qtbot.waitUntil(page.again_button.isVisible, timeout=WAIT)
    assert "skipped" in page.nothing.text()
    qtbot.mouseClick(page.again_button, Qt.MouseButton.LeftButton)
    wait_for_question(page, qtbot, "2 questions left")


def test_a_face_of_nobody_is_held_against_the_person(home: Path, qtbot: QtBot) -> None:
    """One face of somebody is nobody's, and whoever it is has been spoken of."""
    group_photos(library=home / LIBRARY)
    with Library.opened(home / LIBRARY) as library:
        first = library.people.placements()[0]
        library.people.keep_placements(library.people.placements()[1:])
    album = Album(home / LIBRARY, thumbnails=home / "thumbnails")
    page = shown(album, qtbot)
    wait_for_question(page, qtbot, "1 question left")
    assert isinstance(page.asked, IsThisShown)
    assert page.card.heading.text() == f"Is this Person {first.person}?"
    qtbot.keyClick(page, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: "Nothing to ask" in page.nothing.text(), timeout=WAIT)
    with Library.opened(home / LIBRARY) as library:
        (placement,) = library.people.placements_in(first.content)
    assert (placement.person, placement.confirmed) == (first.person, True)
    album.close()


def test_what_has_settled_itself_is_passed_over(page: SuggestionsPage, qtbot: QtBot) -> None:
    wait_for_question(page, qtbot, "2 questions left")
    assert isinstance(page.asked, SamePersonShown)
    gone = page.asked.question
    page.album.correct(lambda correct: correct.merge(gone.person, gone.other))
    wait_for_question(page, qtbot, "1 question left")
    assert page.asked.question.about != gone.about


def test_without_photos_it_says_what_to_do(tmp_path: Path, qtbot: QtBot) -> None:
    album = Album(tmp_path / LIBRARY, thumbnails=tmp_path)
    page = shown(album, qtbot)
    assert page.nothing.isVisible()
    assert "Choose photos first" in page.nothing.text()
    album.close()


def test_what_can_be_used_has_a_name(page: SuggestionsPage, qtbot: QtBot) -> None:
    wait_for_question(page, qtbot, "2 questions left")
    assert page.accessibleName() == "Suggestions"
    assert page.card.accessibleName() == "Are these the same person?"
    for button in (page.yes_button, page.no_button, page.skip_button):
        assert button.text()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
