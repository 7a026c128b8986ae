"""People of a file, brought back into a library. What the library says already holds; the file adds to it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sortbyface.exchange.people_file import PeopleFile, Place
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.library import Known, Library, PersonRecord, Placement, Rejection
from sortbyface.naming import folded
from sortbyface.people.meeting import Theirs, meet, same_people
from sortbyface.people.person import Names


class Disagreement(NamedTuple):
    """A face of which the user has said otherwise here than in the file; what was said here holds."""

    sha256: bytes
    """Of the photo."""

    here: str
    there: str


@dataclass(frozen=True)
class Return:
    """What a file adds to a library."""

    new: list[PersonRecord]
    renumbered: dict[int, int]
    """Number in the file -> number here, for new people whose number is not free."""

    changed: list[PersonRecord]
    """People who get their name from the file."""

    added: list[Placement]
    confirmed: list[Placement]
    """Faces that are known here, and of which the file knows for sure whose they are."""

    rejected: list[Rejection]
    covers: dict[int, Placement]
    """Number here -> the face that is to stand for the person."""

    disagreements: list[Disagreement]

    @property
    def is_empty(self) -> bool:
        """Whether all of it is here already."""
        return not (self.new or self.changed or self.added or self.confirmed or self.rejected or self.covers)


def plan_return(file: PeopleFile, contents: dict[bytes, int], known: Known) -> Return:
    """What a file adds to what is known. contents: by hash, of all photos of the file."""
    return _Planning(file, contents, known).plan()


def carry_out_return(plan: Return, library: Library) -> None:
    """Within a change that is being recorded."""
    people = library.people
    for record in plan.new:
        people.add_person(record.name, record.id)
    ids = {placement: people.add_placement(placement) for placement in plan.added}
    for placement in plan.confirmed:
        people.update_placement(placement)
    for rejection in plan.rejected:
        people.reject(rejection)
    records = {record.id: record for record in [*people.records(), *plan.new, *plan.changed]}
    changed = {record.id for record in [*plan.changed, *plan.new]} | set(plan.covers)
    for person in sorted(changed):
        record, cover = records[person], plan.covers.get(person)
        if cover is not None:
            record = record._replace(cover=cover.id or ids[cover])
        people.update_person(record)
    people.forget_stray_covers()


class _Planning:
    """Until they have a number here, new people are known by that in the file, below zero."""

    def __init__(self, file: PeopleFile, contents: dict[bytes, int], known: Known) -> None:
        self._file, self._contents, self._known = file, contents, known
        self._hashes = {content: sha256 for sha256, content in contents.items()}
        self._records = {record.id: record for record in known.records}
        self._ours: defaultdict[int, list[Placement]] = defaultdict(list)
        for placement in known.placements:
            self._ours[placement.content].append(placement)
        self._rejections: defaultdict[tuple[int, int], list[Rejection]] = defaultdict(list)
        for rejection in known.rejections:
            self._rejections[rejection.person, rejection.content].append(rejection)
        self._theirs = [
            Theirs(person.id, contents[seen.place.sha256], seen) for person in file.people for seen in person.faces
        ]
        self._whose = self._who_is_who()
        self._added: list[Placement] = []
        self._confirmed: list[Placement] = []
        self._rejected: list[Rejection] = []
        self._covers: dict[int, Placement] = {}
        self._disagreements: list[Disagreement] = []

    def plan(self) -> Return:
        for face, placement in meet(self._theirs, self._ours, self._whose):
            self._bring(face, placement)
        for person in self._file.people:
            for place in person.rejected:
                self._reject(self._whose[person.id], self._contents[place.sha256], place)
        number = self._numbers()
        new = [
            PersonRecord(number[-person.id], person.name, person.hidden, None)
            for person in self._file.people
            if -person.id in number
        ]
        return Return(
            sorted(new),
            {-there: here for there, here in number.items() if -there != here},
            self._to_be_named(),
            [one._replace(person=number.get(one.person, one.person)) for one in self._added],
            [one._replace(person=number.get(one.person, one.person)) for one in self._confirmed],
            [
                one._replace(person=number.get(one.person, one.person))
                for one in self._rejected
                if one.person > 0 or one.person in number
            ],
            {
                number.get(person, person): one._replace(person=number.get(one.person, one.person))
                for person, one in self._covers.items()
                if self._has_no_cover(person)
            },
            self._disagreements,
        )

    def _who_is_who(self) -> dict[int, int]:
        whose = same_people(self._file.people, self._theirs, self._known.records, self._ours)
        of_name: dict[str, int] = {}
        for person in self._file.people:
            if person.id not in whose:
                name = folded(person.name or str(person.id))
                whose[person.id] = of_name.setdefault(name, -person.id)
        return whose

    def _bring(self, face: Theirs, placement: Placement | None) -> None:
        person, seen = self._whose[face.person], face.seen
        if placement is None:
            if self._is_rejected(person, face.content, seen.place):
                if seen.confirmed:
                    self._disagree(face.content, f"not {self._called(person)}", self._called(person))
                return
            placement = Placement(face.content, seen.place.box, person, seen.confirmed, seen.similarity)
            self._added.append(placement)
        elif seen.confirmed and not placement.confirmed:
            if self._is_rejected(person, face.content, seen.place):
                self._disagree(face.content, f"not {self._called(person)}", self._called(person))
                return
            box = placement.box or seen.place.box
            placement = placement._replace(box=box, person=person, confirmed=True, similarity=None)
            self._confirmed.append(placement)
        elif placement.person != person:
            if seen.confirmed:
                self._disagree(face.content, self._called(placement.person), self._called(person))
            return
        if seen.cover:
            self._covers.setdefault(person, placement)

    def _reject(self, person: int, content: int, place: Place) -> None:
        if self._is_rejected(person, content, place):
            return
        theirs = [one for one in self._ours[content] if one.person == person and one.confirmed]
        if any(overlap(one.box, place.box) >= SAME_FACE for one in theirs):
            self._disagree(content, self._called(person), f"not {self._called(person)}")
        else:
            self._rejected.append(Rejection(content, place.box, person))

    def _is_rejected(self, person: int, content: int, place: Place) -> bool:
        return any(overlap(one.box, place.box) >= SAME_FACE for one in self._rejections.get((person, content), ()))

    def _has_no_cover(self, person: int) -> bool:
        """Or loses it, as it turns out to be somebody else's face."""
        cover = self._records[person].cover if person > 0 else None
        return cover is None or any(one.id == cover and one.person != person for one in self._confirmed)

    def _disagree(self, content: int, here: str, there: str) -> None:
        self._disagreements.append(Disagreement(self._hashes[content], here, there))

    def _called(self, person: int) -> str:
        names = Names.of(self._known.records)
        if person > 0:
            return names[person]
        return next(one.name for one in self._file.people if one.id == -person) or f"Person {-person}"

    def _numbers(self) -> dict[int, int]:
        """Of the new people, those with a name or a face: the number that they had, if nobody ever had it here."""
        seen = {placement.person for placement in [*self._added, *self._confirmed]}
        new = [one for one in self._file.people if self._whose[one.id] == -one.id and (one.name or -one.id in seen)]
        free = self._known.next_id
        number = {-person.id: person.id for person in new if person.id >= free}
        following = max([free, *(taken + 1 for taken in number.values())])
        for person in new:
            if -person.id not in number:
                number[-person.id] = following
                following += 1
        return number

    def _to_be_named(self) -> list[PersonRecord]:
        here = {self._whose[person.id]: person for person in self._file.people if person.name}
        return [
            record._replace(name=here[record.id].name)
            for record in self._known.records
            if record.name is None and record.id in here
        ]
