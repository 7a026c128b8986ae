"""Which names are free in a folder."""

import os
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from sortbyface.errors import DestinationUnusable
from sortbyface.naming import folded, numbered
from sortbyface.sorting.files import holds


class Names:
    """The file names in one folder: those on disk, and those that are planned."""

    def __init__(self, folder: Path, leaving: Collection[str], ours: Collection[str]) -> None:
        """leaving: names that will be free. ours: names of files that need not be read, as it is known what they hold.

        Raises DestinationUnusable when the folder cannot be looked into.
        """
        self._folder = folder
        self._ahead: dict[str, tuple[deque[str], Iterator[str]]] = {}
        there = self._listed()
        self._taken = {folded(name) for name in there if name not in leaving}
        self._of_size: defaultdict[int, list[str]] = defaultdict(list)
        for name in there:
            if name not in ours and (folder / name).is_file():
                self._of_size[(folder / name).stat().st_size].append(name)

    def holding(self, size: int, sha256: bytes) -> str | None:
        """A file that somebody put there and that has these bytes."""
        return next((name for name in self._of_size[size] if holds(self._folder / name, size, sha256)), None)

    def claim(self, name: str, beside: Callable[[str], Iterable[str]] = lambda _: ()) -> str:
        """The name, or the first of "name (2)", "name (3)", … that is free; not free for anything else from now on.

        beside: the names of what goes with a file of this name; they must be free, too.
        """
        for candidate in self._candidates(name):
            if not any(folded(other) in self._taken for other in (candidate, *beside(candidate))):
                self._taken.add(folded(candidate))
                return candidate
        raise AssertionError("numbers do not end")

    def _candidates(self, name: str) -> Iterator[str]:
        """From the first that is free: of 10,000 photos with one name, each is not to try all."""
        ahead, more = self._ahead.setdefault(name, (deque(), numbered(name)))
        while ahead and folded(ahead[0]) in self._taken:
            ahead.popleft()
        yield from list(ahead)
        for candidate in more:
            ahead.append(candidate)
            yield candidate

    def _listed(self) -> list[str]:
        try:
            return sorted(os.listdir(self._folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise DestinationUnusable(f"{self._folder} cannot be looked into: {error.strerror}") from error
