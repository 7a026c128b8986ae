"""What is to be brought to a folder: photos, and the files that go with them."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sortbyface.library import OurFile
from sortbyface.sorting.companions import companions_of, leads_in, name_beside
from sortbyface.sorting.files import state_of
from sortbyface.sorting.linking import Mode
from sortbyface.sorting.sources import Sources


@dataclass(frozen=True)
class Wanted:
    """A file that is to be somewhere."""

    source: Path
    file: OurFile

    @property
    def size(self) -> int:
        """In bytes."""
        return self.file.source_state.size if self.file.source_state else 0

    def beside(self, photo: "Wanted", name: str) -> str:
        """Its name where the photo that it goes with has this one."""
        if os.path.splitext(name)[1] != photo.source.suffix:
            return self.source.name  # a photo that the user put there, under a name of their own
        return name_beside(self.source.name, photo.source.name, name)


class Belongings:
    """What goes with which photo, now."""

    def __init__(
        self, ours: Mapping[str, OurFile], sources: Sources, wanted: Iterable[tuple[str, Iterable[int]]], mode: Mode
    ) -> None:
        self._sources = sources
        self._mode = mode
        self._copied_from = {file.content: file.source for file in ours.values()}
        contents = {content for _, members in wanted for content in members}
        photos = {content: where for content in contents if (where := self._where(content)) is not None}
        self._beside: dict[int, list[Wanted]] = {}
        companions = companions_of(sorted(set(photos.values())), lambda _: None)
        for content, photo in photos.items():
            self._beside[content] = [file for path in companions[photo] if (file := self._companion(path)) is not None]

    def photo(self, content: int) -> Wanted | None:
        """None if it is gone."""
        if content not in self._sources.present:
            return None
        source, state = self._sources.present[content]
        return Wanted(source, OurFile(content, source, state, self._mode))

    def beside(self, content: int) -> list[Wanted]:
        """What goes with it; also if it is gone itself."""
        return self._beside.get(content, [])

    def _where(self, content: int) -> Path | None:
        if content in self._sources.present:
            return self._sources.present[content][0]
        return self._copied_from.get(content)

    def _companion(self, path: Path) -> Wanted | None:
        state = state_of(path)
        return None if state is None else Wanted(path, OurFile(None, path, state, self._mode))


def leaders(sources: Sources) -> dict[int, int]:
    """Content of a RAW file -> content of the picture of the same shot: the two are sorted as one."""
    by_folder: dict[Path, dict[str, int]] = {}
    for content, (path, _) in sources.present.items():
        by_folder.setdefault(path.parent, {})[path.name] = content
    led = {}
    for photos in by_folder.values():
        led.update({photos[raw]: photos[picture] for raw, picture in leads_in(photos).items()})
    return led
