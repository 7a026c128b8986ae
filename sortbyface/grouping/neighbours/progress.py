"""How far a search is."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int], None]
"""Called with the faces done and to do."""


def quiet(_done: int, _total: int) -> None:
    """For whom nobody waits."""
