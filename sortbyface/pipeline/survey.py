"""How a folder differs from what the library knows of it.

Reads no photo that has kept its size and time, nor any whose size is its own: so the usual run, with a
few new photos in a large archive, costs no more than listing the folder.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from sortbyface.errors import PhotoOutOfReach
from sortbyface.library import FileState, KnownPhoto, Library, Root
from sortbyface.pipeline.looking import identify
from sortbyface.recipe import Recipe


class Twin(NamedTuple):
    """A photo with the same content as another one that is to be looked at."""

    path: str
    state: FileState
    sha256: bytes


@dataclass(frozen=True)
class Survey:
    """What it takes to bring the library up to date. Paths are relative to the root."""

    unseen: list[str] = field(default_factory=list)
    """Photos to look at: each content that has not been looked at with this recipe, once."""

    twins: list[Twin] = field(default_factory=list)
    known: list[tuple[str, FileState, int]] = field(default_factory=list)
    """Photos whose content is known, at a new place or with a new time."""

    vanished: list[str] = field(default_factory=list)


def survey_folder(paths: list[str], library: Library, root: Root, below: str, recipe: Recipe) -> Survey:
    """Compare the photos found in a folder with the library.

    paths: relative to the root, everything that was found in the folder `below` it.
    """
    known_photos = library.photos.photos_in(root, below)
    looked_at = library.photos.looked_at(recipe)
    here = set(paths)
    survey = Survey(vanished=sorted(p for p, photo in known_photos.items() if not photo.vanished and p not in here))
    changed: dict[str, FileState] = {}
    for path in paths:
        photo = known_photos.get(path)
        try:
            state = FileState.of(root.path / path)
        except OSError:
            survey.unseen.append(path)  # whoever looks at it will tell why it is out of reach
            continue
        if photo is None or photo.state != state or photo.content not in looked_at:
            changed[path] = state
        elif photo.vanished:
            survey.known.append((path, state, photo.content))
    _sort_out(changed, known_photos, looked_at, library, root, survey)
    return survey


def _sort_out(
    changed: dict[str, FileState],
    known_photos: dict[str, KnownPhoto],
    looked_at: set[int],
    library: Library,
    root: Root,
    survey: Survey,
) -> None:
    """Tell new content from content that was moved, copied or merely touched."""
    hashes = library.photos.sha256_of_contents()
    sizes = library.photos.sizes_of_contents()
    sizes.update(Counter(state.size for state in changed.values()))
    firsts: set[bytes] = set()
    for path, state in changed.items():
        photo = known_photos.get(path)
        if photo is not None and photo.state == state and photo.content is not None:
            sha256 = hashes[photo.content]
        elif sizes[state.size] == 1:
            survey.unseen.append(path)
            continue
        else:
            try:
                state, sha256 = identify(root.path / path)
            except PhotoOutOfReach:
                survey.unseen.append(path)
                continue
        content = library.photos.content_of(sha256)
        if content is not None and content in looked_at:
            survey.known.append((path, state, content))
        elif sha256 in firsts:
            survey.twins.append(Twin(path, state, sha256))
        else:
            firsts.add(sha256)
            survey.unseen.append(path)
