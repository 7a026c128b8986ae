"""The photos that lie where the library knows them."""

from collections.abc import Sequence
from pathlib import Path

from sortbyface.errors import SourceEmpty
from sortbyface.library import FileState, Library
from sortbyface.library.overview import ContentRecord


def photos_now(library: Library, within: Sequence[Path] = ()) -> list[tuple[Path, ContentRecord]]:
    """Every file that holds what was seen in it, by path. A photo that lies in two places is there twice.

    within: files and folders, of which all are searched; none: everywhere. Raises SourceEmpty when the library knows no
    photo in one of them, or none is where it was.
    """
    contents = {content.id: content for content in library.overview.contents() if content.width is not None}
    places = library.photos.files_of_contents()
    known = [
        (path, state, contents[content]) for content in places if content in contents for path, state in places[content]
    ]
    if within:
        wanted = [place.resolve() for place in within]
        for given, place in zip(within, wanted, strict=True):
            if not any(path.is_relative_to(place) for path, _, _ in known):
                raise SourceEmpty(
                    f"{given}: the library knows no photo there; look at it: python embedder.py -src FOLDER"
                )
        known = [one for one in known if any(one[0].is_relative_to(place) for place in wanted)]
    if not known:
        raise SourceEmpty("the library holds no photos yet; look at some first: python embedder.py -src PHOTOS")
    present = [(path, content) for path, state, content in known if _is_there(path, state)]
    if not present:
        raise SourceEmpty(
            f"none of the photos is where it was ({known[0][0]}); nothing was changed. Is their drive connected?"
        )
    return sorted(present)


def _is_there(path: Path, state: FileState) -> bool:
    try:
        return FileState.of(path) == state
    except OSError:
        return False
