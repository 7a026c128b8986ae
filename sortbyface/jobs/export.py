"""Everything that the library knows of the photos, as one file for other programs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from sortbyface.exchange.listing import WRITERS, ListedFace, ListedPhoto
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.destination import check_destination, new_file
from sortbyface.library import Library, Placement
from sortbyface.people.acquainting import placed_faces


class Exported(NamedTuple):
    """How much was written."""

    photos: int
    faces: int


def export_photos(
    destination: Path, *, library: Path = LIBRARY, progress: Callable[[int, int], None] = lambda _done, _total: None
) -> Exported:
    """Write all photos that were there at the last look, their faces, and whose these are.

    destination: a new file, CSV or JSON by its ending. progress: called with the photos done and to do. Raises
    DestinationUnusable, LibraryBusy, LibraryUnusable.
    """
    check_destination(destination, WRITERS)
    with Library.opened(library) as opened, new_file(destination) as part:
        total = opened.overview.count_photos()
        photos = faces = 0

        def counted() -> Iterator[ListedPhoto]:
            nonlocal photos, faces
            for listed in _listed(opened):
                photos, faces = photos + 1, faces + len(listed.faces)
                yield listed
                progress(photos, total)

        WRITERS[destination.suffix.lower()](counted(), part)
    return Exported(photos, faces)


def _listed(library: Library) -> Iterator[ListedPhoto]:
    names = {record.id: record.name for record in library.people.records()}
    recipe = library.recipe
    for photo in library.overview.photos(recipe):
        content = photo.content
        placements = library.people.placements_in(content.id) if content else []
        found = library.overview.faces_in(content.id, recipe) if content and recipe else []
        placed = placed_faces({face.id: face.box for face in found}, placements)
        faces = [_face(placed.get(face.id), names)._replace(box=face.box, found=face) for face in found]
        met = {placement.id for placement in placed.values()}
        faces += [_face(placement, names) for placement in placements if placement.id not in met]
        yield ListedPhoto(photo, faces)


def _face(placement: Placement | None, names: dict[int, str | None]) -> ListedFace:
    if placement is None:
        return ListedFace(None, None, None, False, None, None)
    name = names[placement.person]
    return ListedFace(placement.box, placement.person, name, placement.confirmed, placement.similarity, None)
