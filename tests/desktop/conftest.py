"""Where Qt cannot be loaded, all tests here are skipped, with a word; else they find a window to test."""

from pathlib import Path

import pytest

from tests.qt import PROBLEM

if PROBLEM is None:
    from tests.desktop.shown import qapp, shown_album, window

    __all__ = ["qapp", "shown_album", "window"]


class _Skipped(pytest.Module):
    """A module that is not even imported."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        pytest.skip(f"the window needs Qt, which cannot be loaded: {PROBLEM}", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """All modules below this folder, if they are to be skipped; None leaves them to pytest."""
    return None if PROBLEM is None else _Skipped.from_parent(parent, path=module_path)
