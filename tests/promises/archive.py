"""Small files that say who is on them, in place of photos: looked at, sorted and corrected as photos are."""

import json
import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.sort import SortOutcome, sort_photos
from sortbyface.jobs.undo import UndoOutcome, undo
from sortbyface.library import FileState, Library, PhotoResult
from sortbyface.photos.finding import OUTPUT_MARK
from sortbyface.pipeline import run
from sortbyface.recipe import Recipe
from sortbyface.sorting import deed, find_sources
from tests.promises.inline import INLINE, Inline

RECIPE = Recipe("whole", "landmarks-1", "dlib-1", "0" * 16)


class Likeness(NamedTuple):
    """What a face looks like: mostly like one of the people 0 to 7, and somewhat like another."""

    person: int
    other: int = 0
    share: float = 0.0
    """Of the other; at 0.5, nobody could tell."""

    def vector(self, seed: int) -> npt.NDArray[np.float32]:
        vector = np.random.default_rng(seed).normal(0, 0.02, 128)
        vector[self.person] += 1 - self.share
        vector[self.other] += self.share
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class Archive:
    """A user's folder: `Photos`, and `Sorted`."""

    def __init__(self, home: Path) -> None:
        self.home, self.photos, self.sorted = home, home / "Photos", home / "Sorted"
        self.library = home / LIBRARY
        self.photos.mkdir()
        self._made = 0

    def add(self, path: str, faces: Sequence[Likeness]) -> Path:
        """A new photo, with bytes and a time of its own."""
        self._made += 1
        file = self.photos / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"number": self._made, "faces": faces}))
        os.utime(file, ns=(10**18 + self._made, 10**18 + self._made))
        return file

    def look(self) -> None:
        """As `embedder.py -src Photos`."""
        with patch.object(run, "process_batch", _look_at), Library.opened(self.library, create=True) as library:
            run.look_at_folder(self.photos, library, RECIPE, crew=INLINE)

    def sort(self, **options: Any) -> SortOutcome:
        """With copies made one after the other, so that what is stopped stops at the same place each time."""
        with patch.object(deed, "ThreadPoolExecutor", lambda *_: Inline()):
            return sort_photos(self.sorted, library=self.library, threshold=0.5, **options)

    def undo(self) -> UndoOutcome:
        return undo(library=self.library)

    def present(self) -> dict[bytes, Path]:
        """Hash -> where it is, of the photos that are where the last look has seen them."""
        with Library.opened(self.library) as library:
            sources = find_sources(library)
        return {sources.hashes[content]: path for content, (path, _) in sources.present.items()}

    def sorted_files(self) -> Iterator[Path]:
        """All but our marks; links that lead nowhere are files, too."""
        for path in sorted(self.sorted.rglob("*")):
            if (path.is_symlink() or path.is_file()) and path.name != OUTPUT_MARK:
                yield path

    def all_bytes(self) -> set[bytes]:
        """Of all files of the user's folder but the library and our marks."""
        files = (path for path in self.home.rglob("*") if path.is_file() and path.name != OUTPUT_MARK)
        return {path.read_bytes() for path in files if not path.name.startswith(str(LIBRARY))}


def _look_at(paths: Sequence[str], root: Path, recipe: Recipe) -> list[PhotoResult]:
    return [_result(path, root / path) for path in paths]


def _result(path: str, file: Path) -> PhotoResult:
    content = json.loads(file.read_bytes())
    faces = tuple(
        Face(
            Box(100.0 * place, 0, 100.0 * place + 50, 50),
            1.0,
            np.zeros((5, 2), np.float32),
            Quality(200, 0.5, 0),
            Likeness(*likeness).vector(100 * content["number"] + place),
        )
        for place, likeness in enumerate(content["faces"])
    )
    digest = sha256(file.read_bytes()).digest()
    return PhotoResult(path, FileState.of(file), digest, None, 300, 300, 1, None, faces)
