"""What a grouping of faces comes to: people."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.library import PersonRecord, Placement

NOBODY = 0
"""Where a person's number is asked for, a face of nobody who has one: numbers start at 1."""

UNKNOWN = "Unknown faces"
"""What the faces are called that an algorithm with outliers leaves out."""


class Names(dict[int, str]):
    """Person -> what they are called: by the number, unless the user has given a name."""

    @classmethod
    def of(cls, records: Iterable[PersonRecord]) -> "Names":
        """From what the library has on people."""
        return cls((record.id, record.name) for record in records if record.name is not None)

    def __missing__(self, person: int) -> str:
        return f"Person {person}"


@dataclass(frozen=True)
class Person:
    """Somebody, in the photos of this library."""

    id: int | None
    """None: a passer-by, seen too rarely to be counted among the people."""

    contents: tuple[int, ...]
    """The pictures that show this person."""

    name: str | None = None
    """As the user typed it."""

    hidden: bool = False

    @property
    def called(self) -> str:
        """By the number, unless the user has given a name. Only of those with an id."""
        return self.name or f"Person {self.id}"


@dataclass(frozen=True)
class People:
    """The outcome of one grouping."""

    persons: list[Person]
    """Those with an id first, in the order of their ids."""

    placements: list[Placement]
    """All faces of people with an id: of these photos in the order of the faces, then what is known of others."""

    labels: Labels = field(default_factory=lambda: np.empty(0, np.int64), compare=False)
    """(n,): the group of each face, as the user's decisions have left it; OUTLIER for those that are left out."""
