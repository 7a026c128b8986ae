"""What is found on one page is shown on another."""

from pytestqt.qtbot import QtBot

from sortbyface.desktop.find_page import FindPage
from sortbyface.desktop.people_page import PeoplePage
from sortbyface.desktop.window import MainWindow


def test_whoever_was_found_is_shown_among_the_people(window: MainWindow, qtbot: QtBot) -> None:
    find, people = (next(page for page in window.pages if isinstance(page, kind)) for kind in (FindPage, PeoplePage))
    window.show_page("find")

    find.who.person_wanted.emit(2)

    qtbot.waitUntil(lambda: people.person_view.isVisible(), timeout=20_000)
    assert window.pages[window.sidebar.currentRow()] is people
