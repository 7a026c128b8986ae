"""A library of made-up photos, small and quick, in which people are corrected."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.library import FileState, Library, PhotoResult
from sortbyface.people.acquainting import acquaint
from sortbyface.people.corrections import Corrections
from sortbyface.people.recognising import recognise_people
from sortbyface.recipe import Recipe

RECIPE = Recipe("whole", "landmarks-1", "dlib-1", "0" * 16)
_TABLES = ("people", "placements", "rejections")

Rows = dict[str, list[tuple[object, ...]]]


class Family:
    """Photos with faces in them, of which an algorithm makes groups, time and again."""

    def __init__(self, library: Library) -> None:
        self.library = library
        library.recipe = RECIPE
        self.correct = Corrections(library)
        self._root, _ = library.photos.root_of(Path("/photos"))
        self._photos = 0

    def add_photo(self, *degrees: float) -> list[int]:
        """A photo of faces side by side that look like this; gives their ids."""
        self._photos += 1
        faces = []
        for place, angle in enumerate(degrees):
            vector = np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))], dtype=np.float32)
            box = Box(100 * place + 0.1, 0.1, 100 * place + 80.3, 80.7)
            faces.append(Face(box, 1.0, np.zeros((5, 2), np.float32), Quality(200, 0.5, 0), vector))
        sha256, name = self._photos.to_bytes(32, "big"), f"{self._photos}.jpg"
        state = FileState(self._photos, self._photos)
        result = PhotoResult(name, state, sha256, None, 100, 100, 1, None, tuple(faces))
        self.library.photos.record(self._root, [result], RECIPE)
        content = self.library.photos.content_of(sha256)
        assert content is not None
        return list(self.library.faces.in_content(RECIPE, content))

    def sort(self, groups: Sequence[int]) -> None:
        """As a sort does whose algorithm has put the faces, in the order of their photos, into these groups."""
        faces = self.library.faces.of(RECIPE)
        order = {content: rank for rank, content in enumerate(dict.fromkeys(faces.contents.tolist()))}
        labels = np.array(groups, dtype=np.int64)
        known = acquaint(faces, self.library.people.known())
        self.library.people.keep_placements(recognise_people(faces, labels, known, 1, order).placements)

    def rows(self) -> Rows:
        """All that is known of people, to the last bit."""
        query = "SELECT * FROM {} ORDER BY id"
        return {table: [tuple(row) for row in self.sql(query.format(table))] for table in _TABLES}

    def sql(self, query: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.library._connection.execute(query, list(values)).fetchall()]

    def faces_of(self, person: int) -> set[int]:
        """Ids of the faces of somebody."""
        whose = self.person_of_face()
        return {face for face, one in whose.items() if one == person}

    def person_of_face(self) -> dict[int, int]:
        """Of the faces that are anybody's; each is one person's."""
        query = """SELECT faces.id, person FROM faces JOIN placements USING (content)
            WHERE faces."left" = placements."left" """
        rows = self.sql(query)
        assert len({face for face, _ in rows}) == len(rows), "a face has two placements"
        return {int(str(face)): int(str(person)) for face, person in rows}

    def names(self) -> dict[int, str]:
        return {one.id: one.name for one in self.library.people.records() if one.name is not None}


@contextmanager
def family(path: Path) -> Iterator[Family]:
    """A new library, or one that is there."""
    with Library.opened(path, create=True) as library:
        yield Family(library)
