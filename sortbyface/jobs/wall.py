"""A wall of people: everybody with a face to know them by, and the faces that are nobody's."""

from collections.abc import Iterable
from dataclasses import dataclass

from sortbyface.jobs.roster import Listed, everybody_in
from sortbyface.library import Library, PersonRecord
from sortbyface.library.portraits import Portrait, Stranger
from sortbyface.people.naming import checked_name, who_else_has


@dataclass(frozen=True)
class Tile:
    """Somebody on the wall."""

    person: Listed
    portrait: Portrait | None
    """None if no face of theirs can be cut out of a photo."""


def tiles_of(library: Library) -> list[Tile]:
    """One for everybody who has a face or a name, hidden or not, the one in most photos first."""
    portraits = library.portraits.of_everybody()
    return [Tile(person, portraits.get(person.id)) for person in everybody_in(library, hidden=True)]


def namesake(name: str, person: int, tiles: Iterable[Tile]) -> Tile | None:
    """Somebody else who has this name, or one that no file system tells from it.

    Raises CorrectionRefused for what cannot be a name.
    """
    by_number = {tile.person.id: tile for tile in tiles}
    records = [
        PersonRecord(one.person.id, one.person.name if one.person.named else None, one.person.hidden, None)
        for one in by_number.values()
    ]
    same = who_else_has(checked_name(name), person, records)
    return by_number[same.id] if same else None


def strangers_in(library: Library) -> list[Stranger]:
    """The faces of the latest look that are nobody's, such as passers-by; the ones seen best first."""
    return library.portraits.of_nobody(library.recipe) if library.recipe else []
