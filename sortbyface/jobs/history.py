"""What was sorted when."""

from pathlib import Path

from sortbyface.jobs import LIBRARY
from sortbyface.library import Library, Run


def history(library: Path = LIBRARY) -> list[Run]:
    """All runs that did something, from the first to the last. Raises LibraryUnusable, LibraryBusy."""
    with Library.opened(library) as opened:
        return opened.journal.runs()
