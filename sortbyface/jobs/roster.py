"""Who is in the library: a list of all people, and all that is known of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sortbyface.errors import CorrectionRefused
from sortbyface.faces.face import Box
from sortbyface.jobs import LIBRARY
from sortbyface.library import Library, Placement, Tally
from sortbyface.people import Names
from sortbyface.people.acquainting import placed_faces
from sortbyface.people.corrections import Corrections
from sortbyface.people.naming import person_called


@dataclass(frozen=True)
class Listed:
    """Somebody, in a list."""

    id: int
    name: str
    """As they are called."""

    named: bool
    """Whether the user has given the name."""

    hidden: bool
    known: Tally


@dataclass(frozen=True)
class Sighting:
    """One face of a person."""

    face: int | None
    """Its id, to be used in corrections; None if the latest look did not find it."""

    photo: Path
    """A file that shows it, as it was last seen."""

    box: Box | None
    person: int | None
    """Whose it is; None: nobody's."""

    confirmed: bool
    similarity: float | None
    """To the person's other faces, when grouping placed it."""

    cover: bool
    """Whether the user chose it to stand for the person."""


def list_people(library: Path = LIBRARY, *, hidden: bool = False) -> list[Listed]:
    """Everybody who has a face or a name, the one in most photos first. hidden: those, too, who are hidden.

    Raises LibraryBusy, LibraryUnusable.
    """
    with Library.opened(library) as opened:
        return everybody_in(opened, hidden=hidden)


def everybody_in(library: Library, *, hidden: bool) -> list[Listed]:
    """The same for a library that is open already."""
    records, tallies = library.people.records(), library.people.tallies()
    names = Names.of(records)
    people = [
        Listed(one.id, names[one.id], one.name is not None, one.hidden, tallies.get(one.id, Tally(0, 0, 0)))
        for one in records
        if (one.id in tallies or one.name is not None) and (hidden or not one.hidden)
    ]
    return sorted(people, key=lambda person: (-person.known.photos, person.id))


def show_person(whom: str, library: Path = LIBRARY) -> tuple[Listed, list[Sighting]]:
    """Somebody by number or name, and all their faces, by photo. Raises CorrectionRefused if there is nobody."""
    with Library.opened(library) as opened:
        records = opened.people.records()
        record = person_called(whom, records)
        placements = opened.people.placements_of(record.id)
        sightings = [_sighting(placement, opened, record.cover) for placement in placements]
    tally = Tally(
        len({placement.content for placement in placements}),
        len(placements),
        sum(placement.confirmed for placement in placements),
    )
    listed = Listed(record.id, Names.of(records)[record.id], record.name is not None, record.hidden, tally)
    return listed, sorted(sightings, key=lambda sighting: (sighting.photo, sighting.box or ()))


def show_photo(photo: Path, library: Path = LIBRARY) -> list[Sighting]:
    """All faces of one photo, from left to right. Raises CorrectionRefused if the library does not know the photo."""
    with Library.opened(library) as opened:
        content = opened.photos.content_at(photo)
        if content is None:
            raise CorrectionRefused(f"{photo} is not in the library; look at it first: python embedder.py -src FOLDER")
        placements = opened.people.placements_in(content)
        covers = {record.cover for record in opened.people.records()}
        faces = _faces_in(content, opened)
    placed = placed_faces(faces, placements)
    sightings = []
    for face, box in faces.items():
        one = placed.get(face)
        if one is None:
            sightings.append(Sighting(face, photo, box, None, False, None, False))
        else:
            whose = (one.person, one.confirmed, one.similarity, one.id in covers)
            sightings.append(Sighting(face, photo, box, *whose))
    return sightings


@contextmanager
def corrections(library: Path = LIBRARY) -> Iterator[Corrections]:
    """To say who is who. Raises LibraryBusy, LibraryUnusable."""
    with Library.opened(library) as opened:
        yield Corrections(opened)


def _faces_in(content: int, library: Library) -> dict[int, Box]:
    """Those that the latest look has found."""
    return library.faces.in_content(library.recipe, content) if library.recipe else {}


def _sighting(placement: Placement, library: Library, cover: int | None) -> Sighting:
    placed = placed_faces(_faces_in(placement.content, library), library.people.placements_in(placement.content))
    return Sighting(
        next((face for face, one in placed.items() if one.id == placement.id), None),
        library.photos.file_of(placement.content),
        placement.box,
        placement.person,
        placement.confirmed,
        placement.similarity,
        placement.id == cover,
    )
