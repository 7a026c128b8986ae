"""Where the photos are now."""

from dataclasses import dataclass
from pathlib import Path

from sortbyface.library import FileState, Library


@dataclass(frozen=True)
class Sources:
    """The files behind the library's contents, as the disk has them at this moment."""

    present: dict[int, tuple[Path, FileState]]
    """Content -> a file that holds it. In the order of the paths."""

    gone: dict[int, Path]
    """Content -> where it was, if no file is left that holds it."""

    hashes: dict[int, bytes]
    """Content -> SHA-256."""

    roots: set[Path]
    """The folders that were looked through."""


def find_sources(library: Library) -> Sources:
    """Ask the file system for every photo of the library. A file that has changed holds its content no more."""
    present: dict[int, tuple[Path, FileState]] = {}
    gone: dict[int, Path] = {}
    for content, places in library.photos.files_of_contents().items():
        for path, state in places:
            if _is_there(path, state):
                present[content] = (path, state)
                break
        else:
            gone[content] = places[0][0]
    in_order = dict(sorted(present.items(), key=lambda item: item[1][0]))
    return Sources(in_order, gone, library.photos.sha256_of_contents(), library.photos.roots())


def _is_there(path: Path, state: FileState) -> bool:
    try:
        return FileState.of(path) == state
    except OSError:
        return False
