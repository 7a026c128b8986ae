"""Names to other programs, and from them: sidecars beside the photos, XMP in them, Picasa's `.picasa.ini`."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from sortbyface.errors import DestinationUnusable, SidecarUnreadable
from sortbyface.exchange.sidecars import (
    PICASA_INI,
    Conflict,
    Layout,
    NamedFace,
    PicasaFolder,
    beside_others,
    one_per_place,
    read_embedded,
    read_picasa,
    read_sidecar,
    sidecar_for,
    sidecars_of,
    write_sidecar,
)
from sortbyface.faces.face import Box
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.photos_now import photos_now
from sortbyface.library import Library
from sortbyface.library.overview import ContentRecord
from sortbyface.people.hearsay import Heard, Said, take_over

Progress = Callable[[int, int], None]


@dataclass
class SidecarsWritten:
    """What became of the sidecars."""

    written: list[Path] = field(default_factory=list)
    unchanged: int = 0
    """They said it all before."""

    conflicts: list[tuple[Path, Conflict]] = field(default_factory=list)
    """Photo, and a face of ours that has another name there; that was left."""

    problems: list[str] = field(default_factory=list)
    """What could not be read or written, a line each."""


@dataclass(frozen=True)
class SidecarsRead:
    """What other programs have told."""

    heard: Heard
    problems: list[str]
    """What could not be read, a line each."""


def write_sidecars(
    within: Sequence[Path] = (),
    *,
    library: Path = LIBRARY,
    dry_run: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> SidecarsWritten:
    """Write who is where into `photo.jpg.xmp` beside every photo that shows somebody with a name who is not hidden.

    A name that we wrote earlier goes when it holds no more. Photos are only read. within: photos and folders; none:
    all of the library. dry_run: tell what would be. progress: called with the photos done and to do. Raises
    SourceEmpty, LibraryBusy, LibraryUnusable.
    """
    outcome = SidecarsWritten()
    with Library.opened(library) as opened:
        photos = photos_now(opened, within)
        named = _named_faces(opened)
        for done, (photo, content) in enumerate(photos, start=1):
            layout = _layout(content)
            ours = [NamedFace(name, box, layout) for name, box in named.get(content.id, ())]
            if ours or sidecar_for(photo).exists():
                _write(photo, ours, layout, dry_run, outcome)
            progress(done, len(photos))
    return outcome


def read_sidecars(
    within: Sequence[Path] = (), *, library: Path = LIBRARY, progress: Progress = lambda _done, _total: None
) -> SidecarsRead:
    """Make the names that other programs gave to regions of the photos confirmed faces: see `take_over`.

    The nearest sidecar goes before others, these before what is inside the photo, that before Picasa. Regions without a
    name are passed over. within, progress: as for `write_sidecars`. Raises SourceEmpty, LibraryBusy, LibraryUnusable.
    """
    problems: dict[str, None] = {}
    said: list[Said] = []
    with Library.opened(library) as opened:
        photos = photos_now(opened, within)
        picasa = cache(lambda folder: _tried(lambda: read_picasa(folder / PICASA_INI), PicasaFolder({}, {}), problems))
        for done, (photo, content) in enumerate(photos, start=1):
            said += _said_of(photo, content, picasa, problems)
            progress(done, len(photos))
        files = len({one.file for one in said})
        heard = take_over(said, opened, f"names of {files:,} {'file' if files == 1 else 'files'} read")
    return SidecarsRead(heard, list(problems))


def _named_faces(library: Library) -> dict[int, list[tuple[str, Box]]]:
    """Content -> name and place of everybody in it who has a name and is not hidden."""
    names = {one.id: one.name for one in library.people.records() if one.name is not None and not one.hidden}
    faces: defaultdict[int, list[tuple[str, Box]]] = defaultdict(list)
    for placement in library.people.placements():
        name = names.get(placement.person)
        if name is not None and placement.box is not None:
            faces[placement.content].append((name, placement.box))
    return faces


def _write(photo: Path, ours: list[NamedFace], layout: Layout, dry_run: bool, outcome: SidecarsWritten) -> None:
    try:
        faces, conflicts, unreadable = beside_others(photo, ours, layout)
        outcome.problems += map(str, unreadable)
        written = write_sidecar(photo, faces, dry_run=dry_run)
    except SidecarUnreadable as error:
        if ours:  # otherwise there is nothing to say, and no name of ours in it
            outcome.problems.append(str(error))
    except DestinationUnusable as error:
        outcome.problems.append(str(error))
    else:
        outcome.conflicts += [(photo, conflict) for conflict in (*conflicts, *written.conflicts)]
        if written.changed:
            outcome.written.append(written.path)
        elif ours:
            outcome.unchanged += 1


def _said_of(
    photo: Path, content: ContentRecord, picasa: Callable[[Path], PicasaFolder], problems: dict[str, None]
) -> Iterator[Said]:
    """The regions with a name that anything says of one photo."""
    layout = _layout(content)
    sources: dict[Path, list[NamedFace]] = {}
    for sidecar in sidecars_of(photo):
        sources[sidecar] = _tried(partial(read_sidecar, sidecar, layout), [], problems)
    sources[photo] = _tried(partial(read_embedded, photo, layout), [], problems)
    sources[photo.with_name(PICASA_INI)] = picasa(photo.parent).faces_of(photo.name, layout)
    file_of: dict[NamedFace, Path] = {}
    for file, faces in sources.items():
        for face in faces:
            file_of.setdefault(face, file)
    for face in one_per_place(*sources.values()):
        if face.name:
            yield Said(content.id, face.box, face.name, file_of[face])


_Read = TypeVar("_Read")


def _tried(read: Callable[[], _Read], otherwise: _Read, problems: dict[str, None]) -> _Read:
    """What cannot be read says nothing, and is told once."""
    try:
        return read()
    except SidecarUnreadable as error:
        problems[str(error)] = None
        return otherwise


def _layout(content: ContentRecord) -> Layout:
    """Of a photo that could be read."""
    assert content.width is not None
    assert content.height is not None
    return Layout(content.width, content.height, content.orientation or 1)
