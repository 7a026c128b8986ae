"""The icon, and how desktops of Linux list the program."""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QIcon

FOLDER = Path(__file__).parent
ICON = FOLDER / "sort-by-face.svg"


@cache
def icon() -> QIcon:
    """Of the program."""
    return QIcon(str(ICON))
