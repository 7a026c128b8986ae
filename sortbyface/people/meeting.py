"""The people of a file met with those of a library: who is who."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sortbyface.exchange.people_file import FilePerson, Seen
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.library import PersonRecord, Placement
from sortbyface.naming import folded


class Theirs(NamedTuple):
    """A face of somebody in the file."""

    person: int
    """Their number in the file."""

    content: int
    """In the library."""

    seen: Seen


Meeting = tuple[Theirs, Placement | None]
"""A face of the file, and the same face in the library, if somebody's there."""


def meet(theirs: Iterable[Theirs], ours: Mapping[int, Sequence[Placement]], whose: Mapping[int, int]) -> list[Meeting]:
    """Each face of the file with the same face here; no face is met twice.

    ours: by content. whose: number in the file -> number here, as far as it is known.
    """
    by_content: defaultdict[int, list[Theirs]] = defaultdict(list)
    for face in theirs:
        by_content[face.content].append(face)
    return [
        meeting
        for content, faces in by_content.items()
        for meeting in _meet_in_photo(faces, ours.get(content, ()), whose)
    ]


def _meet_in_photo(theirs: list[Theirs], ours: Sequence[Placement], whose: Mapping[int, int]) -> Iterator[Meeting]:
    """What is the same to the last pixel and of the same person comes together first, then what overlaps most."""
    pairs = []
    for i, face in enumerate(theirs):
        for j, placement in enumerate(ours):
            shared = overlap(face.seen.place.box, placement.box)
            if shared >= SAME_FACE:
                same_person = whose.get(face.person) == placement.person
                same_box = face.seen.place.box == placement.box
                pairs.append((not (same_person and same_box), -shared, not same_box, not same_person, i, j))
    met: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(pairs):
        if i not in met and j not in taken:
            met[i] = j
            taken.add(j)
    for i, face in enumerate(theirs):
        yield face, ours[met[i]] if i in met else None


def same_people(
    people: Sequence[FilePerson],
    theirs: Sequence[Theirs],
    records: Sequence[PersonRecord],
    ours: Mapping[int, Sequence[Placement]],
) -> dict[int, int]:
    """Number in the file -> number here, for those who are known here.

    Who has the same name is the same person. Of others, one is who has most of their faces here, unless both have names
    already; and whoever is to get a name by it must have most of their own faces in common, too.
    """
    by_name = {folded(record.name): record.id for record in records if record.name is not None}
    whose = {one.id: by_name[folded(one.name)] for one in people if one.name and folded(one.name) in by_name}
    named_there = {person.id for person in people if person.name is not None}
    named_here = {record.id for record in records if record.name is not None}
    guess = {person.id: whose.get(person.id, person.id) for person in people}
    met = [(face.person, placement.person) for face, placement in meet(theirs, ours, guess) if placement]
    faces_here = Counter(placement.person for placements in ours.values() for placement in placements)
    found = set(whose.values())
    in_common = Counter(met)
    for there, here in sorted(in_common, key=lambda pair: (-in_common[pair], pair[0] != pair[1], pair)):
        if there in whose or here in found:
            continue
        gets_name = there in named_there
        if gets_name and (here in named_here or 2 * in_common[there, here] <= faces_here[here]):
            continue
        whose[there] = here
        found.add(here)
    return whose
