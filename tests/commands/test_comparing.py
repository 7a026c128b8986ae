"""On a terminal, a bar shows how far the search for neighbours is; elsewhere nothing does."""

import sys
from pathlib import Path

import pytest

from sortbyface.commands import find, graph, sort, terminal, tune
from sortbyface.commands import map as map_command
from tests.commands.conftest import Typed

COMMANDS = {
    "sort": (sort.main, ["--regroup"], ["comparing faces", "copying"]),
    "find": (find.main, ["-src", "Album/portraits/H/dark.jpg", "-dest", "H"], ["comparing faces", "copying"]),
    "graph": (graph.main, [], ["comparing faces"]),
    "map": (map_command.main, ["-dest", "faces.svg"], ["comparing faces"]),
    "tune": (tune.main, [], ["comparing faces", "grouping"]),
}


@pytest.mark.parametrize(("main", "arguments", "bars"), COMMANDS.values(), ids=list(COMMANDS))
def test_a_bar_for_each_thing_that_takes_long_one_after_the_other(
    home: Path,
    typed: Typed,
    monkeypatch: pytest.MonkeyPatch,
    main: terminal.Command,
    arguments: list[str],
    bars: list[str],
) -> None:
    with monkeypatch.context() as at_a_terminal:
        at_a_terminal.setattr(sys.stderr, "isatty", lambda: True)
        shown = typed(main, *arguments)

    assert shown.code == 0, shown.err
    places = [shown.err.rindex(bar) for bar in bars]
    assert places == sorted(places)
    assert shown.err.endswith("\r"), "and nothing is left of them"


def test_nothing_is_shown_elsewhere(home: Path, typed: Typed) -> None:
    for arguments in (["--regroup"], []):
        done = typed(sort.main, *arguments)
        assert (done.code, done.err) == (0, "")


def test_what_begins_again_has_another_bar(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    with terminal.counting("comparing", "faces") as show:
        assert capsys.readouterr().err == "", "not before it is known that there is something to do"
        for _ in range(2):
            show(0, 9)
            assert capsys.readouterr().err.startswith("\rcomparing:")
            show(9, 9)
            assert capsys.readouterr().err.endswith("\r")
        show(1, 9)
    assert capsys.readouterr().err.endswith("\r"), "gone, where it was not finished"
