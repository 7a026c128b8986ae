"""What is to be copied where: worked out, and printable, before anything happens."""

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sortbyface.errors import DestinationUnusable, PhotoOutOfReach
from sortbyface.library import FileState, Library
from sortbyface.naming import numbered
from sortbyface.pipeline.looking import identify
from sortbyface.sorting.sources import Sources


@dataclass(frozen=True)
class Copy:
    """One photo, to one place."""

    source: Path
    target: str
    """Relative to the destination."""

    content: int
    sha256: bytes
    size: int


@dataclass(frozen=True)
class Plan:
    """Everything that a sort will do, and why it does not do more."""

    destination: Path
    """Absolute."""

    copies: list[Copy]
    withdrawals: list[str]
    """Copies of ours, unchanged since, of photos that do not belong there any more; their originals exist."""

    in_place: int
    """Photos that are where they belong."""

    forgotten: list[str]
    """Copies of ours that somebody removed or changed, and that are not wanted there any more."""

    interrupted: list[str]
    """What an earlier run had begun to copy when it was killed."""

    settled: list[tuple[str, int, FileState]]
    """Those of the interrupted copies that did get whole: path, content, state."""


def make_plan(
    library: Library, destination: Path, wanted: Iterable[tuple[str, Iterable[int]]], sources: Sources, *, tidy: bool
) -> Plan:
    """Bring each content into its folder.

    wanted: folders below the destination ("" for itself), each with the contents that belong there; of
    these, the ones in `sources.present` are copied. Nothing is overwritten: two photos of one name both
    arrive, the second as "name (2)"; the same photo is there once. tidy: take back copies that an earlier
    run made in a folder where they do not belong now. Raises DestinationUnusable.
    """
    destination = destination.resolve()
    check_folder(destination, sources)
    journal = library.journal.copies(destination)
    settled = _settled(destination, journal, sources)
    journal.update((path, (content, state)) for path, content, state in settled)
    copied_to = {(os.path.dirname(path), content): path for path, (content, _) in journal.items()}
    copies: list[Copy] = []
    kept: set[str] = set()
    in_place = 0
    for folder, contents in wanted:
        names = _Names(destination / folder)
        for content in contents:
            before = copied_to.get((folder, content))
            if before is not None:
                kept.add(before)
            if content not in sources.present:
                continue
            source, state = sources.present[content]
            sha256 = sources.hashes[content]
            name = None
            if before is None or not os.path.lexists(destination / before):
                name = names.free(source.name, state.size, sha256)
            if name is None:
                in_place += 1
            else:
                copies.append(Copy(source, os.path.join(folder, name), content, sha256, state.size))
    surplus = sorted(path for path in journal if path not in kept and os.path.dirname(path)) if tidy else []
    ours = {path for path in surplus if _state_of(destination / path) == journal[path][1]}
    return Plan(
        destination,
        copies,
        withdrawals=[path for path in surplus if path in ours and journal[path][0] in sources.present],
        in_place=in_place,
        forgotten=[path for path in surplus if path not in ours],
        interrupted=[path for path, (_, state) in library.journal.copies(destination).items() if state is None],
        settled=settled,
    )


def _settled(
    destination: Path, journal: dict[str, tuple[int, FileState | None]], sources: Sources
) -> list[tuple[str, int, FileState]]:
    settled = []
    for path, (content, state) in journal.items():
        there = _state_of(destination / path) if state is None else None
        if there is not None and _holds(destination / path, there.size, sources.hashes[content]):
            settled.append((path, content, there))
    return settled


class _Names:
    """The file names in one folder, those on disk and those that are planned."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._taken = {_folded(name): name for name in os.listdir(folder)}
        except FileNotFoundError:
            self._taken = {}
        except OSError as error:
            raise DestinationUnusable(f"{folder} cannot be looked into: {error.strerror}") from error

    def free(self, name: str, size: int, sha256: bytes) -> str | None:
        """The name for a photo in this folder, marked as taken; None if the same photo is there already."""
        for candidate in numbered(name):
            there = self._taken.get(_folded(candidate))
            if there is None:
                self._taken[_folded(candidate)] = candidate
                return candidate
            if _holds(self._folder / there, size, sha256):
                return None
        raise AssertionError("numbers do not end")


def _folded(name: str) -> str:
    """Equal for names that some file systems cannot tell apart."""
    return unicodedata.normalize("NFC", name).casefold()


def _holds(path: Path, size: int, sha256: bytes) -> bool:
    try:
        return path.stat().st_size == size and identify(path)[1] == sha256
    except (OSError, PhotoOutOfReach):
        return False


def _state_of(path: Path) -> FileState | None:
    try:
        return FileState.of(path)
    except OSError:
        return None


def check_folder(destination: Path, sources: Sources) -> None:
    """Raises DestinationUnusable for the photos' own folder, and for a file. destination: absolute."""
    if destination in sources.roots:
        raise DestinationUnusable(f"{destination} holds the photos themselves; choose another folder with -dest")
    if destination.exists() and not destination.is_dir():
        raise DestinationUnusable(f"{destination} is a file; choose a folder with -dest")
