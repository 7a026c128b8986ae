"""Photos of one colour each, so that every face in a montage says which photo it is from."""

from pathlib import Path

import numpy as np
from PIL import Image

from sortbyface.arrays import Chips
from sortbyface.faces.face import Box, Face
from sortbyface.faces.quality import Quality
from sortbyface.jobs import LIBRARY
from sortbyface.library import FileState, Library, PhotoResult, Placement
from sortbyface.montage import TILE
from sortbyface.recipe import Recipe


class Painted:
    """A library of photos of one colour each, and of faces that somebody put at will."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "Painted"
        self.folder.mkdir()
        self.library = folder / LIBRARY
        self.results: list[PhotoResult] = []
        self.placements: list[tuple[bytes, Box, int]] = []

    def show(self, photo: int, *people: int, likeness: float = 1.0) -> None:
        """A photo with a face of each of these people, 0 for nobody. likeness: of the faces to the person's others."""
        path = self.folder / f"{photo:03d}.png"
        Image.new("RGB", (300, 300), self.colour(photo)).save(path)
        faces = []
        for place, person in enumerate(people):
            vector = np.zeros(128, dtype=np.float32)
            vector[[person, 120]] = likeness, np.sqrt(1 - likeness**2)
            box = Box(100.0 * place, 100, 100.0 * place + 80, 180)
            faces.append(Face(box, 1.0, np.zeros((5, 2), np.float32), Quality(200, 0.5, 0), vector))
            if person:
                self.placements.append((bytes([photo]), box, person))
        state = FileState.of(path)
        self.results.append(PhotoResult(path.name, state, bytes([photo]), None, 300, 300, 1, None, tuple(faces)))

    def sort(self, *forgotten: int) -> None:
        """As a look and a sort leave it that have found just these people, or all but some."""
        recipe = Recipe("whole", "landmarks-1", "dlib-1", "0" * 16)
        with Library.opened(self.library, create=True) as library:
            library.recipe = recipe
            library.photos.record(library.photos.root_of(self.folder)[0], self.results, recipe)
            library.people.keep_placements(
                [
                    Placement(library.photos.content_of(sha256) or 0, box, person)
                    for sha256, box, person in self.placements
                    if person not in forgotten
                ]
            )

    @staticmethod
    def colour(photo: int) -> tuple[int, int, int]:
        return photo % 6 * 40, photo // 6 % 6 * 40, 200 - photo // 36 * 80

    def photos_in(self, picture: Path) -> list[int]:
        """The photos that the faces of a picture are from, place by place."""
        shown = [np.median(tile.reshape(-1, 3), axis=0) for tile in tiles(picture)]
        painted = [int(path.stem) for path in self.folder.iterdir()]
        colours = np.array([self.colour(photo) for photo in painted])
        near = [np.abs(colours - colour).max(axis=1) for colour in shown]
        return [painted[int(distance.argmin())] for distance in near if distance.min() < 12]


def tiles(picture: Path) -> Chips:
    """The 25 places of a person's picture."""
    with Image.open(picture) as image:
        assert image.size == (480, 480)
        return np.asarray(image).reshape(5, TILE, 5, TILE, 3).swapaxes(1, 2).reshape(25, TILE, TILE, 3)
