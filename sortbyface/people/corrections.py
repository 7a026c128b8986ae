"""What the user says of people. Each is one change, in one transaction, and can be undone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sortbyface.errors import CorrectionRefused
from sortbyface.faces.face import Box
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.library import Library, PersonRecord, Placement, Rejection
from sortbyface.library.changes import Change
from sortbyface.people.acquainting import placed_faces
from sortbyface.people.naming import called, checked_name, person_called, who_else_has
from sortbyface.people.person import NOBODY

_LARGEST_ID = 2**63 - 1
"""That SQLite can be asked for."""


@dataclass(frozen=True)
class _Face:
    """A face that was found, and whose it is."""

    id: int
    content: int
    box: Box
    placement: Placement | None
    """None: nobody's."""


class Corrections:
    """The user's word on the people of a library. People and faces are given by their ids.

    Each says in words what it did. All raise CorrectionRefused, with a reason, for what cannot be done; then nothing
    has changed.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._people = library.people

    def person(self, text: str) -> int:
        """Whoever has this number, as "7" or "Person 7", or this name, in capitals or not."""
        return person_called(text, self._people.records()).id

    def rename(self, person: int, name: str) -> str:
        """Give a name, or take it away with "". Refused if somebody else has it."""
        record = self._record(person)
        new = checked_name(name) if name else None
        other = who_else_has(new, person, self._people.records()) if new else None
        if other:
            raise CorrectionRefused(
                f"{other.name} is Person {other.id} already, and nothing was changed; if they are one and the same:"
                f" python -m sortbyface people merge {other.id} {person}"
            )
        renamed = record._replace(name=new)
        with self._recorded(f"{called(record)} is called {called(renamed)} now") as words:
            self._people.update_person(renamed)
        return words

    def hide(self, person: int, *, hidden: bool = True) -> str:
        """Give somebody no folder; or one again."""
        record = self._record(person)
        with self._recorded(
            f"{called(record)} has {'no folder' if hidden else 'a folder'} from the next sort on"
        ) as words:
            self._people.update_person(record._replace(hidden=hidden))
        return words

    def choose_cover(self, face: int) -> str:
        """Let a face stand for its person. It is confirmed by that."""
        placement = self._placed(self._faces([face])[0])
        record = self._record(placement.person)
        with self._recorded(f"face {face} stands for {called(record)} now") as words:
            self._confirm(placement)  # who is chosen to stand for somebody is surely that one
            self._people.update_person(record._replace(cover=placement.id))
        return words

    def confirm(self, faces: Sequence[int]) -> str:
        """These faces are whose they are said to be: no grouping moves them any more."""
        placements = [self._placed(face) for face in self._faces(faces)]
        with self._recorded(f"{_count(placements)} confirmed") as words:
            for placement in placements:
                self._confirm(placement)
        return words

    def reject(self, faces: Sequence[int]) -> str:
        """These faces are not whose they are said to be, and not to come back to them.

        The next sort groups them as if they were new.
        """
        placements = [self._placed(face) for face in self._faces(faces)]
        with self._recorded(f"{_count(placements)} rejected") as words:
            self._library.faces.forget_groups(faces)
            for placement in placements:
                self._reject(placement)
                assert placement.id is not None
                self._people.remove_placement(placement.id)
        return words

    def move(self, faces: Sequence[int], person: int) -> str:
        """These faces are this person's, and not whose they were said to be."""
        found, record = self._faces(faces), self._record(person)
        with self._recorded(f"{_count(found)} moved to {called(record)}") as words:
            self._give(found, person)
        return words

    def split(self, faces: Sequence[int], name: str = "") -> str:
        """These faces are somebody else's, of whom nothing was known: they become a new person, of this name.

        name: "" for none. Refused if somebody has it, or if it is all the faces that a person has.
        """
        found = self._faces(faces)
        new = checked_name(name) if name else None
        other = who_else_has(new, NOBODY, self._people.records()) if new else None
        if other:
            raise CorrectionRefused(f"{other.name} is Person {other.id} already; move the faces there")
        before = Counter(face.placement.person for face in found if face.placement)
        names = ", ".join(called(self._record(person)) for person in sorted(before))
        for person, count in before.items():
            if count == len(self._people.placements_of(person)):
                raise CorrectionRefused(f"these are all faces of {called(self._record(person))}; leave one out")
        of = f" of {names}" if names else ""
        becomes = new or f"Person {self._people.next_person()}"
        with self._recorded(f"{_count(found)}{of} split off as {becomes}") as words:
            self._give(found, self._people.add_person(new))
        return words

    def merge(self, person: int, other: int) -> str:
        """Two are one: the first, who keeps the name, or gets the other's. The other's number is nobody's any more.

        The other's faces count as confirmed, and so do those of the first that are in photos with both; of all faces of
        the first, at least one: so no grouping takes the two apart again.
        """
        if person == other:
            raise CorrectionRefused(f"{called(self._record(person))} cannot be merged with themselves; name two people")
        record, gone = self._record(person), self._record(other)
        with self._recorded(f"{called(gone)} merged into {called(record)}") as words:
            theirs = self._people.placements_of(other)
            photos = {placement.content for placement in theirs}
            own = self._people.placements_of(person)
            most_typical = self._most_typical(person)
            for placement in own:
                if (placement == most_typical or placement.content in photos) and not placement.confirmed:
                    self._confirm(placement)
            for placement in theirs:
                self._confirm(placement._replace(person=person))
            self._merge_rejections(person, other)
            name, cover = record.name or gone.name, record.cover or gone.cover
            self._people.remove_person(other)
            self._people.update_person(record._replace(name=name, cover=cover))
        return words

    def keep_apart(self, person: int, other: int) -> str:
        """Two are not one, however alike.

        The most typical face of each is surely theirs, and is not the other's: so both have been spoken of, and no
        grouping makes one of them; and that these two were asked about can be told by it. To merge them later takes it
        back.
        """
        first, second = self._record(person), self._record(other)
        typical = {one: self._most_typical(one) for one in (person, other)}
        if person == other or None in typical.values():
            raise CorrectionRefused(f"{called(first)} and {called(second)} are not two people with faces")
        with self._recorded(f"{called(first)} and {called(second)} are two people") as words:
            for one, another in ((person, other), (other, person)):
                placement = typical[one]
                assert placement is not None
                self._confirm(placement)
                self._keep_from(placement.content, placement.box, another)
        return words

    def rule_out(self, faces: Sequence[int], person: int) -> str:
        """These faces are not this person's, whoever's they are, and not to come to them."""
        found, record = self._faces(faces), self._record(person)
        with self._recorded(f"{_count(found)} kept from {called(record)}") as words:
            for face in found:
                self._keep_from(face.content, face.box, person)
                if face.placement and face.placement.person == person:
                    assert face.placement.id is not None
                    self._people.remove_placement(face.placement.id)
        return words

    def undo(self) -> Change:
        """Take back the last change that has not been taken back yet."""
        change = self._library.changes.latest()
        if change is None:
            raise CorrectionRefused("there is nothing to undo: no change of people is recorded")
        self._library.changes.undo(change)
        return change

    @contextmanager
    def _recorded(self, words: str) -> Iterator[str]:
        with self._library.changes.recorded(words):
            yield words
            self._people.forget_stray_covers()

    # --- in the middle of a change ----------------------------------------------------------------------------------

    def _give(self, faces: Sequence[_Face], person: int) -> None:
        rejections = self._people.rejections_of(person)
        for face in faces:
            for rejection in rejections:
                if rejection.content == face.content and overlap(rejection.box, face.box) >= SAME_FACE:
                    self._people.forget_rejection(rejection)
            if face.placement is None:
                self._people.add_placement(Placement(face.content, face.box, person, confirmed=True))
            else:
                if face.placement.person != person:
                    self._reject(face.placement)
                self._confirm(face.placement._replace(person=person))

    def _confirm(self, placement: Placement) -> None:
        if not placement.confirmed:
            placement = placement._replace(confirmed=True, similarity=None)
        self._people.update_placement(placement)

    def _reject(self, placement: Placement) -> None:
        self._people.reject(Rejection(placement.content, placement.box, placement.person))

    def _keep_from(self, content: int, box: Box | None, person: int) -> None:
        """Said twice, it is there once."""
        rejection = Rejection(content, box, person)
        if rejection not in self._people.rejections_of(person):
            self._people.reject(rejection)

    def _merge_rejections(self, person: int, other: int) -> None:
        """Who was neither is not the one that they are; but what both have now was never meant."""
        own = {(placement.content, placement.box) for placement in self._people.placements_of(person)}
        rejections = self._people.rejections_of(person) + self._people.rejections_of(other)
        for rejection in rejections:
            self._people.forget_rejection(rejection)
        for content, box in dict.fromkeys((one.content, one.box) for one in rejections):
            if (content, box) not in own:
                self._people.reject(Rejection(content, box, person))

    # --- what is there ----------------------------------------------------------------------------------------------

    def _record(self, person: int) -> PersonRecord:
        record = next((record for record in self._people.records() if record.id == person), None)
        if record is None:
            raise CorrectionRefused(f"there is no Person {person}; see who there is: python -m sortbyface people list")
        return record

    def _most_typical(self, person: int) -> Placement | None:
        """Of somebody's faces; a confirmed one if there is any."""
        placements = self._people.placements_of(person)
        return max(placements, key=lambda one: (one.confirmed, one.similarity or -1, one.id), default=None)

    def _faces(self, faces: Sequence[int]) -> list[_Face]:
        """Each once."""
        recipe, wanted = self._library.recipe, dict.fromkeys(faces)
        places = self._library.faces.places(face for face in wanted if face <= _LARGEST_ID)
        found = []
        for face in wanted:
            content, _ = places.get(face, (0, None))
            boxes = self._library.faces.in_content(recipe, content) if recipe else {}
            if face not in boxes:
                raise CorrectionRefused(
                    f"there is no face {face}; see a person's faces: python -m sortbyface people show PERSON"
                )
            placed = placed_faces(boxes, self._people.placements_in(content))
            found.append(_Face(face, content, boxes[face], placed.get(face)))
        return found

    def _placed(self, face: _Face) -> Placement:
        if face.placement is None:
            raise CorrectionRefused(f"face {face.id} is nobody's; python -m sortbyface people move {face.id} PERSON")
        return face.placement


def _count(faces: Sequence[object]) -> str:
    return "1 face" if len(faces) == 1 else f"{len(faces):,} faces"
