"""What the user may be asked about people, what is to be shown with it, and what the answer does."""

from dataclasses import dataclass

from sortbyface.errors import SourceEmpty
from sortbyface.faces.face import Box
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.jobs.common import faces_looked_at
from sortbyface.jobs.thresholds import knobs_in_use
from sortbyface.library import Library
from sortbyface.library.portraits import Likeness, Portrait, Scene
from sortbyface.people import Names
from sortbyface.people.corrections import Corrections
from sortbyface.people.questions import IsThis, Question, SamePerson
from sortbyface.people.suggestions import suggest

_SHOWN = 12
"""Faces of a person at most: who cannot tell by these will not by more."""


@dataclass(frozen=True)
class Somebody:
    """A person who is asked about."""

    name: str
    """As they are called."""

    photos: int
    faces: list[Portrait]
    """Some of them: the confirmed ones first, then the most typical."""


@dataclass(frozen=True)
class SamePersonShown:
    """A question about two people."""

    question: SamePerson
    person: Somebody
    other: Somebody

    @property
    def faces(self) -> list[Portrait]:
        """All that are seen."""
        return [*self.person.faces, *self.other.faces]

    def yes(self, correct: Corrections) -> str:
        """They are one; gives what was done, in words."""
        return correct.merge(self.question.person, self.question.other)

    def no(self, correct: Corrections) -> str:
        """They are two, and this is not asked again."""
        return correct.keep_apart(self.question.person, self.question.other)


@dataclass(frozen=True)
class IsThisShown:
    """A question about a face."""

    question: IsThis
    person: Somebody
    face: Portrait
    scene: Scene
    """The photo that the face is in."""

    _face: int
    _beside: int | None
    """The first of the person's faces that are shown."""

    @property
    def faces(self) -> list[Portrait]:
        """All that are seen."""
        return [self.face, *self.person.faces]

    def yes(self, correct: Corrections) -> str:
        """It is the person's; and so is the face that it was held against. Gives what was done, in words."""
        if not self.question.placed:
            return correct.move([self._face], self.question.person)
        return correct.confirm([self._face] if self._beside is None else [self._face, self._beside])

    def no(self, correct: Corrections) -> str:
        """It is not, and this is not asked again."""
        if self.question.placed:
            return correct.reject([self._face])
        return correct.rule_out([self._face], self.question.person)


Shown = SamePersonShown | IsThisShown


def questions(library: Library) -> list[Question]:
    """All that is worth asking now, what puts the most right first."""
    if library.recipe is None:
        return []
    try:
        faces, usual = faces_looked_at(library)
    except SourceEmpty:
        return []
    return suggest(faces, library.people.known(), knobs_in_use(library, usual).threshold)


def shown(library: Library, question: Question) -> Shown | None:
    """A question with all that is to be seen with it; None if it has settled itself since it was thought of."""
    if isinstance(question, IsThis):
        return _is_this(library, question)
    assert isinstance(question, SamePerson)
    one, other = _somebody(library, question.person), _somebody(library, question.other)
    return SamePersonShown(question, one[0], other[0]) if one and other else None


def _is_this(library: Library, question: IsThis) -> IsThisShown | None:
    found = _somebody(library, question.person, but=question)
    scene = library.portraits.scene(question.content)
    face = _face_at(library, question.content, question.box)
    if not found or not scene or face is None:
        return None
    somebody, first = found
    portrait = Portrait(scene.sha256, scene.photo, max(scene.width, scene.height), question.box)
    beside = _face_at(library, first.content, first.portrait.box)
    return IsThisShown(question, somebody, portrait, scene, face, beside)


def _somebody(library: Library, person: int, but: IsThis | None = None) -> tuple[Somebody, Likeness] | None:
    """A person, with the first of the faces that are shown; None without any. but: a face not to be shown as theirs."""
    likenesses = library.portraits.of_person(person)
    photos = len({likeness.content for likeness in likenesses})
    if but is not None:
        likenesses = [one for one in likenesses if (one.content, one.portrait.box) != (but.content, but.box)]
    if not likenesses:
        return None
    name = Names.of(library.people.records())[person]
    return Somebody(name, photos, [likeness.portrait for likeness in likenesses[:_SHOWN]]), likenesses[0]


def _face_at(library: Library, content: int, box: Box) -> int | None:
    """The id of the face that the latest look has found there; None if it has found none."""
    boxes = library.faces.in_content(library.recipe, content) if library.recipe else {}
    best = max(boxes, key=lambda face: overlap(box, boxes[face]), default=None)
    return None if best is None or overlap(box, boxes[best]) < SAME_FACE else best
