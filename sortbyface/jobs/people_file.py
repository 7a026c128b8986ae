"""Names that survive the loss of the library: people to a file, and back."""

from dataclasses import dataclass
from pathlib import Path

from sortbyface.exchange.people_file import PeopleFile, people_of, read_people, write_people
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.destination import check_destination, new_file
from sortbyface.library import FileState, Library
from sortbyface.naming import as_text
from sortbyface.people.returning import Return, carry_out_return, plan_return

ENDINGS = (".json",)


@dataclass(frozen=True)
class Imported:
    """What a file has brought."""

    file: PeopleFile
    brought: Return


def export_people(destination: Path, library: Path = LIBRARY) -> PeopleFile:
    """Write all people, their faces and who is not who. destination: a new file, ending in .json.

    Raises DestinationUnusable, LibraryBusy, LibraryUnusable.
    """
    check_destination(destination, ENDINGS)
    with Library.opened(library) as opened:
        people = people_of(opened)
    with new_file(destination) as part:
        write_people(people, part)
    return people


def import_people(source: Path, library: Path = LIBRARY) -> Imported:
    """Bring the people of a file into the library, which is made if there is none; one change, that can be undone.

    The photos need not be known yet: their faces are waited for. Raises PeopleFileUnusable, and then nothing has
    changed; LibraryBusy, LibraryUnusable.
    """
    file = read_people(source)
    with Library.opened(library, create=True) as opened:
        photos = {seen.place.sha256 for person in file.people for seen in person.faces}
        photos.update(place.sha256 for person in file.people for place in person.rejected)
        ordered = sorted(photos)
        states = [(FileState(file.photos[sha256].size, 0), sha256) for sha256 in ordered]
        contents = dict(zip(ordered, opened.photos.add_contents(states), strict=True))
        brought = plan_return(file, contents, opened.people.known())
        if not brought.is_empty:
            with opened.changes.recorded(f"people of {as_text(source)} imported"):
                carry_out_return(brought, opened)
    return Imported(file, brought)
