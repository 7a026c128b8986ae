"""What tests of commands share."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sortbyface.commands import montage as command
from sortbyface.commands import terminal
from tests.commands.painted import Painted
from tests.conftest import Finished

Typed = Callable[..., Finished]
Montage = Callable[..., Finished]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run a command in the test's own folder, in this process: typed(montage.main, "--pick", "typical")."""
    monkeypatch.chdir(tmp_path)

    def run(main: terminal.Command, *arguments: object) -> Finished:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            terminal.run(main, list(map(str, arguments)))
        said = capsys.readouterr()
        return Finished(int(stop.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def montage(typed: Typed) -> Montage:
    """montage("--pick", "typical")"""
    return partial(typed, command.main)


@pytest.fixture
def painted(tmp_path: Path) -> Painted:
    """Person 1 in 40 photos, person 2 in 3, person 3 in one with person 2; nobody in another."""
    painted = Painted(tmp_path)
    for photo in range(40):
        painted.show(photo, 1, likeness=1 - photo / 100)
    painted.show(41, 2)
    painted.show(42, 2, 2)
    painted.show(43, 2, 3)
    painted.show(50, 0)
    painted.sort()
    return painted
