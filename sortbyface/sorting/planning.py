"""Works out what is to be done, so that each photo, and what goes with it, lies where it belongs."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from sortbyface.errors import DestinationUnusable
from sortbyface.library import Action, Library, OurFile
from sortbyface.naming import folded
from sortbyface.sorting.belongings import Belongings, Wanted
from sortbyface.sorting.files import has_original, is_current, is_intact
from sortbyface.sorting.folders import folders_to_clear, folders_to_make
from sortbyface.sorting.linking import Mode
from sortbyface.sorting.moves import in_order
from sortbyface.sorting.names import Names
from sortbyface.sorting.plan import Photo, Plan
from sortbyface.sorting.sources import Sources

_LIKE_COPIES: Collection[str] = {Mode.COPY, Mode.REFLINK}
"""Where no clone can be made a copy is: whoever asks for the one has the other in place."""


def make_plan(
    library: Library,
    destination: Path,
    wanted: Iterable[tuple[str, Iterable[int]]],
    sources: Sources,
    *,
    tidy: bool,
    mode: Mode = Mode.COPY,
) -> Plan:
    """Bring each content, and what goes with it, into its folder.

    wanted: folders below the destination ("" for itself), each with the contents that belong there; of these, the
    ones in `sources.present` are brought. Nothing is replaced: two photos of one name both arrive, the second as
    "name (2)"; the same photo is there once. Files of ours that belong elsewhere now are moved there. tidy: take back
    those that belong nowhere now. mode: how new files are made; what is in place stays as it was made. Raises
    DestinationUnusable.
    """
    destination = destination.resolve()
    check_folder(destination, sources)
    folders = [(folder, list(contents)) for folder, contents in wanted]
    left = library.journal.left_by_interrupted(destination)
    return _Planner(library.journal.ours(destination), destination, sources, mode, left).plan(folders, tidy)


def check_folder(destination: Path, sources: Sources) -> None:
    """Raises DestinationUnusable for the photos' own folder, and for a file. destination: absolute."""
    if destination in sources.roots:
        raise DestinationUnusable(f"{destination} holds the photos themselves; choose another folder with -dest")
    if destination.exists() and not destination.is_dir():
        raise DestinationUnusable(f"{destination} is a file; choose a folder with -dest")


class _Planner:
    def __init__(
        self, ours: dict[str, OurFile], destination: Path, sources: Sources, mode: Mode, left: Sequence[str]
    ) -> None:
        self._ours = ours
        self._destination = destination
        self._sources = sources
        self._mode = mode
        self._left_before = left
        self._intact = {path for path, file in ours.items() if is_intact(destination / path, file)}
        self._spare: defaultdict[object, list[str]] = defaultdict(list)
        self._brought: list[Action] = []
        self._in_place: list[Photo] = []

    def plan(self, wanted: list[tuple[str, list[int]]], tidy: bool) -> Plan:
        belongings = Belongings(self._ours, self._sources, wanted, self._mode)
        there = self._there(self._same_folders([folder for folder, _ in wanted]))
        kept: set[str] = set()
        for folder, contents in wanted:
            for content in contents:
                for belonging in (content, *(companion.source for companion in belongings.beside(content))):
                    kept.update(there.get((folder, belonging), ()))
        surplus = [path for path in sorted(self._ours) if path not in kept and self._is_surplus(path, tidy)]
        leaving = {path for path in surplus if path in self._intact and has_original(self._ours[path], self._sources)}
        for path in sorted(leaving):
            self._spare[self._likeness(self._ours[path])].append(path)
        leaving_from, ours_in = _by_folder(leaving), _by_folder(self._intact)
        for folder, contents in wanted:
            names = Names(self._destination / folder, leaving=leaving_from[folder], ours=ours_in[folder])
            self._bring_all(folder, contents, names, belongings, there)
        return Plan(
            self._destination,
            self._actions(leaving),
            there=tuple(self._in_place),
            mode=self._mode,
            of_another_mode=sum(not self._is_as_asked(self._ours[path]) for path in kept & self._intact),
            forgotten=tuple(path for path in surplus if path not in self._intact),
            among_photos=any(self._destination.is_relative_to(root) for root in self._sources.roots),
        )

    def _there(self, same: dict[str, str]) -> Mapping[object, Sequence[str]]:
        """Folder and content, or folder and original -> the files of ours that are there and serve, changed or not."""
        there: defaultdict[object, list[str]] = defaultdict(list)
        for path, file in self._ours.items():
            if os.path.lexists(self._destination / path) and is_current(file):
                folder = os.path.dirname(path)
                key = file.source if file.content is None else file.content
                there[same.get(folder, folder), key].append(path)
        return there

    def _same_folders(self, wanted: Sequence[str]) -> dict[str, str]:
        """Folder of the journal -> the wanted one that the file system takes for the same, as "anna" and "Anna"."""
        by_name = {folded(folder): folder for folder in wanted}
        same = {}
        for folder in {os.path.dirname(path) for path in self._ours} - set(wanted):
            other = by_name.get(folded(folder))
            first, second = self._destination / folder, self._destination / (other or "")
            if other is not None and first.exists() and second.exists() and os.path.samefile(first, second):
                same[folder] = other
        return same

    def _is_surplus(self, path: str, tidy: bool) -> bool:
        """Where there is nothing to tidy up, that is what goes with a photo and has changed since."""
        file = self._ours[path]
        return bool(os.path.dirname(path)) if tidy else file.content is None and not is_current(file)

    def _bring_all(
        self,
        folder: str,
        contents: Sequence[int],
        names: Names,
        belongings: Belongings,
        there: Mapping[object, Sequence[str]],
    ) -> None:
        brought: set[Path] = set()  # what goes with two photos of a folder is there once
        for content in contents:
            own = there.get((folder, content))
            missing = [file for file in belongings.beside(content) if not there.get((folder, file.source))]
            beside = [companion for companion in missing if companion.source not in brought]
            brought.update(companion.source for companion in beside)
            photo = belongings.photo(content)
            if photo is None:
                continue
            name = os.path.basename(own[0]) if own else names.holding(photo.size, self._sources.hashes[content])
            if name is None:
                name = names.claim(photo.source.name, partial(_names_beside, photo, beside))
                self._bring(os.path.join(folder, name), photo.file)
            else:
                self._in_place.append(Photo(os.path.join(folder, name), photo.size))
            for companion in beside:
                self._bring(os.path.join(folder, names.claim(companion.beside(photo, name))), companion.file)

    def _bring(self, path: str, file: OurFile) -> None:
        """By moving what lies where it does not belong any more, if there is something."""
        spare = self._spare[self._likeness(file)]
        if not spare:
            self._brought.append(Action("make", path, file))
            return
        best = next((other for other in spare if os.path.basename(other) == os.path.basename(path)), spare[0])
        spare.remove(best)
        self._brought.append(Action("move", path, self._ours[best], moved_from=best))

    def _likeness(self, file: OurFile) -> object:
        """Equal for files that can stand for each other."""
        mode = Mode.COPY if file.mode in _LIKE_COPIES else file.mode
        if file.mode == Mode.SYMLINK or file.content is None:
            return mode, file.source, file.source_state
        return mode, file.content

    def _is_as_asked(self, file: OurFile) -> bool:
        return file.mode == self._mode or (file.mode in _LIKE_COPIES and self._mode in _LIKE_COPIES)

    def _actions(self, leaving: set[str]) -> list[Action]:
        moves = [action for action in self._brought if action.kind == "move"]
        makes = [action for action in self._brought if action.kind == "make"]
        removed = sorted(leaving - {move.moved_from for move in moves})
        arriving = [action.path for action in self._brought]
        return [
            *(Action("remove", path, self._ours[path]) for path in removed),
            *folders_to_make(self._destination, arriving),
            *in_order(moves),
            *makes,
            *folders_to_clear(self._destination, [*leaving, *self._left_before], arriving),
        ]


def _by_folder(paths: Iterable[str]) -> defaultdict[str, set[str]]:
    """Folder -> the names in it."""
    folders: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        folder, name = os.path.split(path)
        folders[folder].add(name)
    return folders


def _names_beside(photo: Wanted, companions: Sequence[Wanted], name: str) -> list[str]:
    return [companion.beside(photo, name) for companion in companions]
