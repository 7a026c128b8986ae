"""What a sort may not change of the people, whatever it makes of their faces."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.promises.states import rows

PEOPLE = ("people", "placements", "rejections")
Seen = tuple[object, ...]
"""A face: the photo's hash, and the place in it."""


@dataclass(frozen=True)
class PeopleKnown:
    """Who is who."""

    names: dict[int, tuple[str | None, bool]]
    """Person -> name, and whether they are hidden."""

    whose: dict[Seen, tuple[int, bool]]
    """Face -> person, and whether the user said so."""

    rejected: set[tuple[Seen, int]]

    @classmethod
    def of(cls, library: Path) -> "PeopleKnown":
        found = rows(library, *PEOPLE)
        return cls(
            {person: (name, bool(hidden)) for person, name, hidden, *_ in found["people"]},  # type: ignore[misc]
            {tuple(row[:5]): (row[5], bool(row[6])) for row in found["placements"]},  # type: ignore[misc]
            {(tuple(row[:5]), row[5]) for row in found["rejections"]},  # type: ignore[misc]
        )

    @property
    def confirmed(self) -> dict[Seen, int]:
        return {face: person for face, (person, sure) in self.whose.items() if sure}

    @property
    def spoken_of(self) -> set[int]:
        """People of whom the user has said anything."""
        said = {person for person, (name, hidden) in self.names.items() if name is not None or hidden}
        return said | set(self.confirmed.values()) | {person for _, person in self.rejected}

    def check_kept(self, after: "PeopleKnown") -> None:
        """Compare with what a sort has left."""
        assert self.names.items() <= after.names.items(), "a name was lost"
        assert self.confirmed == after.confirmed, "a confirmed face moved"
        assert self.rejected == after.rejected
        placed = {(face, person) for face, (person, sure) in after.whose.items() if not sure}
        assert not placed & after.rejected, "a rejected face came back"
        had_faces = {person for face, (person, _) in self.whose.items() if (face, person) not in self.rejected}
        have_faces = {person for person, _ in after.whose.values()}
        assert self.spoken_of & had_faces <= have_faces, "somebody lost all faces, perhaps to somebody else"
        twice = Counter((face[0], person) for face, (person, _) in after.whose.items())
        sure = Counter((face[0], person) for face, person in after.confirmed.items())
        assert all(count == 1 or count == sure[where] for where, count in twice.items()), "somebody is twice in a photo"
