"""See the people: a picture of each, and pages with all of them."""

import errno
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sortbyface.arrays import RGBImage
from sortbyface.errors import DestinationUnusable, NobodyFound, PhotoUnreadable, SourceEmpty
from sortbyface.faces.thumbnails import read_thumbnails
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.common import faces_looked_at, gone_with_faces, sources_now
from sortbyface.library import FaceSet, Library, PersonRecord
from sortbyface.montage import MOST_FACES, ROWS_OF_PAGE, TILE, Row, contact_sheet, montage
from sortbyface.people import NOBODY, UNKNOWN, Names
from sortbyface.people.acquainting import acquaint
from sortbyface.photos.writing import make_own_folder, remove_pictures_except, write_picture
from sortbyface.showing import USUAL, Choice, Shown, who_is_shown
from sortbyface.sorting import Sources, check_folder
from sortbyface.sorting.foldernames import folder_names

MONTAGES = Path("Montages")
PAGE = "People"

_ROWS_OF_CHAPTER = 8 * ROWS_OF_PAGE
"""People whose faces are in memory at a time, some 130 MB; a photo is decoded once for all of them."""


@dataclass
class MontageOutcome:
    """What was made."""

    destination: Path
    people: list[Shown]
    """The one in most photos first, unknown faces last."""

    gone: list[Path]
    """Photos that show faces and are not where they were, or have changed since they were looked at."""

    unreadable: dict[Path, str] = field(default_factory=dict)
    """Other photos that could not be read when they were wanted, with the reason."""

    pictures: list[Path] = field(default_factory=list)
    """One for each of the people, but for those none of whose photos could be read."""

    pages: list[Path] = field(default_factory=list)


def make_montages(
    destination: Path = MONTAGES,
    *,
    library: Path = LIBRARY,
    choice: Choice = USUAL,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> MontageOutcome:
    """Make a picture of up to 25 faces for each person of the last sort, and pages with a row for each.

    Faces that the sort gave to nobody share one picture with people in few photos. The library is only read. Our own
    earlier montages are replaced, and removed when their person is no more, but not while photos of theirs are away;
    other files never. progress: called with the photos read and to be read. Raises NobodyFound before the first sort,
    SourceEmpty, LibraryBusy, LibraryUnusable, DestinationUnusable.
    """
    with Library.opened(library) as opened:
        faces, _ = faces_looked_at(opened)
        known = opened.people.known()
        if not known.placements:
            raise NobodyFound(f"{library} knows nobody yet; sort the photos first: python sort_images.py")
        sources = sources_now(opened)
        destination = destination.resolve()
        check_folder(destination, sources)
        names = _titles(known.records)
        persons = acquaint(faces, known).persons
        person_of_face = {face: int(persons[face]) for face in np.flatnonzero(persons != NOBODY).tolist()}
        hidden = {names[record.id] for record in known.records if record.hidden}
        everybody = who_is_shown(faces, person_of_face, sources.present.keys(), choice, MOST_FACES, names)
        people = [person for person in everybody if person.name not in hidden]
        if not people:
            raise SourceEmpty("no photo with a face is where it was; nothing was changed. Is their drive connected?")
        outcome = MontageOutcome(destination, people, gone_with_faces(faces, sources))
        away = {names[placement.person] for placement in known.placements if placement.content in sources.gone}
        try:
            make_own_folder(destination)
            titles = _make(outcome, _Photos(faces, sources, opened.photos.sizes_in_pixels()), progress)
            remove_pictures_except(titles | away, destination)
        except OSError as error:
            raise DestinationUnusable(_why(error, destination)) from error
    return outcome


def _titles(people: Sequence[PersonRecord]) -> dict[int, str]:
    """Person -> the name of the picture, which is that of their folder; not one that a page may have."""
    pages = [PAGE, *(f"{PAGE} {number + 1}" for number in range(len(people) // ROWS_OF_PAGE + 1))]
    return folder_names({person.id: person.name for person in people}, Names().__getitem__, [UNKNOWN, *pages])


@dataclass(frozen=True, eq=False)
class _Photos:
    """Where the faces are cut from."""

    faces: FaceSet
    sources: Sources
    sizes: dict[int, tuple[int, int]]
    """Content -> width and height of the upright photo, in the pixels of the faces' boxes."""

    def with_faces_of(self, people: Sequence[Shown]) -> dict[int, list[int]]:
        """The contents to be decoded, in the order of their paths, each with the faces that are wanted of it."""
        wanted: defaultdict[int, list[int]] = defaultdict(list)
        for person in people:
            for face in person.picked.tolist():
                wanted[int(self.faces.contents[face])].append(face)
        return dict(sorted(wanted.items(), key=lambda item: self.sources.present[item[0]][0]))

    def cut(self, content: int, wanted: Sequence[int]) -> dict[int, RGBImage]:
        """Face -> its thumbnail. Raises PhotoUnreadable."""
        boxes = [box for face in wanted if (box := self.faces.boxes[face])]  # the library's faces all have one
        thumbnails = read_thumbnails(self.sources.present[content][0], max(self.sizes[content]), boxes, TILE)
        return dict(zip(wanted, thumbnails, strict=True))


def _make(outcome: MontageOutcome, photos: _Photos, progress: Callable[[int, int], None]) -> set[str]:
    """Write all pictures and pages; gives their titles."""
    people = outcome.people
    chapters = [people[start : start + _ROWS_OF_CHAPTER] for start in range(0, len(people), _ROWS_OF_CHAPTER)]
    wanted = [photos.with_faces_of(chapter) for chapter in chapters]
    read, total = 0, sum(map(len, wanted))
    titles = {person.name for person in people}
    for chapter, contents in zip(chapters, wanted, strict=True):
        thumbnails: dict[int, RGBImage] = {}
        for content, faces in contents.items():
            try:
                thumbnails |= photos.cut(content, faces)
            except PhotoUnreadable as error:
                outcome.unreadable[photos.sources.present[content][0]] = str(error)
            read += 1
            progress(read, total)
        rows = [_row(person, thumbnails) for person in chapter]
        for row in rows:
            if len(row.faces):
                outcome.pictures.append(write_picture(montage(row.faces), outcome.destination, row.name))
        for start in range(0, len(rows), ROWS_OF_PAGE):
            number = len(outcome.pages) + 1
            title = PAGE if len(people) <= ROWS_OF_PAGE else f"{PAGE} {number}"
            page = contact_sheet(rows[start : start + ROWS_OF_PAGE])
            outcome.pages.append(write_picture(page, outcome.destination, title))
            titles.add(title)
    return titles


def _row(person: Shown, thumbnails: dict[int, RGBImage]) -> Row:
    faces = [thumbnails[face] for face in person.picked.tolist() if face in thumbnails]
    note = "1 photo" if person.photos == 1 else f"{person.photos:,} photos"
    return Row(person.name, note, np.stack(faces) if faces else np.empty((0, TILE, TILE, 3), dtype=np.uint8))


def _why(error: OSError, destination: Path) -> str:
    where = error.filename2 or error.filename or destination
    remedy = "make room" if error.errno == errno.ENOSPC else "allow writing there, or choose another -dest"
    return f"{where}: {error.strerror}; to go on, {remedy} and run this again"
