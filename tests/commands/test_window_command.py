"""Whether there can be a window: if not, one sentence says why, and what to do."""

import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import CHECKOUT, Finished, Run
from tests.qt import PROBLEM


def window(run: Run, *arguments: object, **environment: str) -> Finished:
    """python -m sortbyface …"""
    return run(CHECKOUT / "sortbyface" / "__main__.py", *arguments, **{"PYTHONPATH": _path(), **environment})


def _path(*first: Path) -> str:
    return ":".join(map(str, [*first, CHECKOUT, *filter(None, sys.path)]))


def test_without_a_command_it_is_the_window_and_help_is_help(run: Run) -> None:
    told = window(run, "--help")

    assert told.code == 0
    assert "  window " in told.out
    assert window(run, "window", "--help").out.startswith("usage:")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.parametrize("arguments", [(), ("window",)])
def test_no_screen(run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    assert "no screen" in window(run, *arguments).complaint
    assert "--help" in window(run, *arguments).complaint


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.skipif(PROBLEM is not None, reason=f"the window needs Qt, which cannot be loaded: {PROBLEM}")
def test_a_screen_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would end the program with a crash."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    ended = window(run, QT_QPA_PLATFORM="xcb", DISPLAY=":4711")

    assert "no window can be shown here" in ended.complaint


def test_without_pyside(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "PySide6.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'PySide6'\", name='PySide6')"
    )

    ended = window(run, QT_QPA_PLATFORM="offscreen", PYTHONPATH=_path(tmp_path / "empty"))

    assert "pip install PySide6-Essentials" in ended.complaint


def test_without_a_library_of_the_system(run: Run, tmp_path: Path) -> None:
    package = tmp_path / "broken" / "PySide6"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("raise ImportError('libEGL.so.1: cannot open shared object file')")

    ended = window(run, QT_QPA_PLATFORM="offscreen", PYTHONPATH=_path(tmp_path / "broken"))

    assert "libEGL.so.1" in ended.complaint
    assert "apt install" in ended.complaint


def test_the_entry_in_a_desktops_menu_starts_what_is_installed() -> None:
    resources = CHECKOUT / "sortbyface" / "desktop" / "resources"
    entry = ConfigParser(interpolation=None, delimiters=("=",))
    entry.optionxform = str  # type: ignore[assignment, method-assign]  # its keys differ by case
    entry.read(resources / "sort-by-face.desktop", "utf-8")
    facts = entry["Desktop Entry"]
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))

    command, word, file = facts["Exec"].split()
    assert project["project"]["scripts"][command] == "sortbyface.__main__:main"
    assert (word, file, facts["Type"]) == ("window", "%f", "Application")
    assert ElementTree.parse(resources / f"{facts['Icon']}.svg").getroot().tag.endswith("svg")
    for source in project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]:
        assert (CHECKOUT / source).is_file()
