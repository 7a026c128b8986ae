"""Groups -> people that last: who was there before is the same person, with the same number, tomorrow."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sortbyface.arrays import Labels
from sortbyface.faces.face import Box
from sortbyface.grouping.faces import OUTLIER
from sortbyface.library import FaceSet, Placement

_SAME_FACE = 0.4
"""Two boxes in one picture that overlap by this much frame the same face, whatever found them."""

NOBODY = 0
"""Where a person's number is asked for, a face of nobody who has one: numbers start at 1."""

UNKNOWN = "Unknown faces"
"""What the faces are called that an algorithm with outliers leaves out."""


@dataclass(frozen=True)
class Person:
    """Somebody, in the photos of this library."""

    id: int | None
    """None: a passer-by, seen too rarely to be counted among the people."""

    contents: tuple[int, ...]
    """The pictures that show this person."""


@dataclass(frozen=True)
class People:
    """The outcome of one grouping."""

    persons: list[Person]
    """Those with an id first, in the order of their ids."""

    placements: list[Placement]
    """All faces of people with an id."""


def recognise_people(
    faces: FaceSet, labels: Labels, earlier: Sequence[Placement], next_id: int, min_photos: int, order: dict[int, int]
) -> People:
    """Tell the people among groups of faces.

    A group that holds faces of somebody known is this person: each known person goes to the group with
    the most of their faces, the clearest cases first. Other groups in `min_photos` photos or more become
    new people, numbered from next_id, the one in most photos first. An outlier is nobody. order: the contents that
    count (whose photos exist now) -> their rank, which decides between equals.
    """
    contents: defaultdict[int, set[int]] = defaultdict(set)
    for label, content in zip(labels.tolist(), faces.contents.tolist(), strict=True):
        if content in order and label != OUTLIER:
            contents[label].add(content)
    pictures = {label: tuple(sorted(members, key=order.__getitem__)) for label, members in contents.items()}

    ids = _match(faces, labels, earlier)
    newcomers = [label for label, members in pictures.items() if label not in ids and len(members) >= min_photos]
    newcomers.sort(key=lambda label: (-len(pictures[label]), [order[content] for content in pictures[label]], label))
    ids.update(zip(newcomers, range(next_id, next_id + len(newcomers)), strict=True))

    persons = [Person(ids.get(label), members) for label, members in pictures.items()]
    persons.sort(
        key=lambda person: (person.id is None, person.id or 0, [order[content] for content in person.contents])
    )
    placements = [
        Placement(content, box, ids[label])
        for label, content, box in zip(labels.tolist(), faces.contents.tolist(), faces.boxes, strict=True)
        if label in ids
    ]
    return People(persons, placements)


def name_of(person: int) -> str:
    """What somebody is called, and the folder of their photos."""
    return f"Person {person}"


def known_faces(faces: FaceSet, earlier: Sequence[Placement]) -> Iterator[tuple[int, int]]:
    """The faces that were placed, each as its place in the set, with whose it is; whatever recipe found them then."""
    faces_in: defaultdict[int, list[int]] = defaultdict(list)
    for face, content in enumerate(faces.contents.tolist()):
        faces_in[content].append(face)
    for content, box, person in earlier:
        candidates = faces_in[content]
        best = max(candidates, key=lambda face: _overlap(box, faces.boxes[face]), default=None)
        if best is not None and _overlap(box, faces.boxes[best]) >= _SAME_FACE:
            candidates.remove(best)  # one face is one person's only
            yield best, person


def _match(faces: FaceSet, labels: Labels, earlier: Sequence[Placement]) -> dict[int, int]:
    """Label -> the id of the known person whose faces it holds."""
    shared: Counter[tuple[int, int]] = Counter()
    for face, person in known_faces(faces, earlier):
        if labels[face] != OUTLIER:
            shared[person, int(labels[face])] += 1
    ids: dict[int, int] = {}
    taken: set[int] = set()
    for (person, label), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if label not in ids and person not in taken:
            ids[label] = person
            taken.add(person)
    return ids


def _overlap(first: Box | None, second: Box | None) -> float:
    """Where a file of embeddings did not say, a face may be anywhere in its picture."""
    return 1.0 if first is None or second is None else first.overlap(second)
