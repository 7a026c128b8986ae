"""Whether Qt can be loaded: not without PySide6, nor without some libraries of the system."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTEST_QT_API"] = "pyside6"


def _problem() -> str | None:
    try:
        from PySide6 import QtTest, QtWidgets  # noqa: F401 (to see whether it can be done)
    except ImportError as error:
        return str(error)
    return None


PROBLEM = _problem()
"""Why not; None if it can."""

PLUGINS = [] if PROBLEM else ["pytestqt.plugin"]
"""pytest-qt, which ends the whole run where it cannot load Qt."""
