"""All that is to be shown of one photo: the picture, and who is where in it."""

from dataclasses import dataclass

from sortbyface.faces.face import Box
from sortbyface.library import Library, Placement
from sortbyface.library.portraits import Portrait, Scene
from sortbyface.people import Names
from sortbyface.people.acquainting import placed_faces


@dataclass(frozen=True)
class FaceInPhoto:
    """One face of a photo."""

    face: int | None
    """Its id, to be used in corrections; None if the latest look did not find it."""

    portrait: Portrait
    person: int | None
    """Whose it is; None: nobody's."""

    name: str
    """What they are called; "" for nobody."""

    confirmed: bool

    @property
    def box(self) -> Box:
        """In the pixels of the upright photo."""
        return self.portrait.box


@dataclass(frozen=True)
class OnePhoto:
    """A photo, and the faces in it."""

    content: int
    scene: Scene
    faces: list[FaceInPhoto]
    """From left to right."""


def one_photo(library: Library, content: int) -> OnePhoto | None:
    """A photo by what it holds; None if it could never be read."""
    scene = library.portraits.scene(content)
    if scene is None:
        return None
    boxes = library.faces.in_content(library.recipe, content) if library.recipe else {}
    placements = library.people.placements_in(content)
    placed = placed_faces(boxes, placements)
    names = Names.of(library.people.records())
    longer_side = max(scene.width, scene.height)

    def shown(face: int | None, box: Box, placement: Placement | None) -> FaceInPhoto:
        portrait = Portrait(scene.sha256, scene.photo, longer_side, box)
        if placement is None:
            return FaceInPhoto(face, portrait, None, "", False)
        return FaceInPhoto(face, portrait, placement.person, names[placement.person], placement.confirmed)

    faces = [shown(face, box, placed.get(face)) for face, box in boxes.items()]
    again = {placement.id for placement in placed.values()}
    faces += [shown(None, one.box, one) for one in placements if one.box is not None and one.id not in again]
    return OnePhoto(content, scene, sorted(faces, key=lambda one: one.box))
