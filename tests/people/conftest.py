"""A family whose people are corrected."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people.corrected import Family, family


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Family]:
    """Persons 1 to 3 with 4, 3 and 2 portraits, faces 1 to 9, and face 10 of nobody; in the last photo are two."""
    with family(tmp_path / "library.sqlite") as people:
        for degrees in (0, 3, 6, 9, 40, 42, 44, 80):
            people.add_photo(degrees)
        people.add_photo(82, 20)
        people.sort([0, 0, 0, 0, 1, 1, 1, 2, 2, -1])
        yield people
