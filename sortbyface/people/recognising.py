"""Groups -> people that last."""

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.faces import OUTLIER, Faces
from sortbyface.library import FaceSet, Placement
from sortbyface.people.acquainting import Acquaintances
from sortbyface.people.heeding import heed
from sortbyface.people.matching import best_matches
from sortbyface.people.person import NOBODY, People, Person

_DIGITS = 4


def recognise_people(
    faces: FaceSet, labels: Labels, known: Acquaintances, min_photos: int, order: dict[int, int]
) -> People:
    """Tell the people among groups of faces.

    What the user has said is heeded first (`heed`). A group that holds faces of somebody known is then this person,
    such that as many faces as can be are whose they were (`best_matches`). Other groups in `min_photos` photos or more
    become new people, the one in most photos first. An outlier is nobody. Whom the user has confirmed is in the photo
    even if no face was found there. order: the contents that count (whose photos
    exist now) -> their rank, which decides between equals.
    """
    labels, ids = whose_groups(faces, labels, known)

    contents: defaultdict[int, set[int]] = defaultdict(set)
    for label, content in zip(labels.tolist(), faces.contents.tolist(), strict=True):
        if content in order and label != OUTLIER:
            contents[label].add(content)
    _add_unfound(contents, ids, known, order)
    pictures = {label: tuple(sorted(members, key=order.__getitem__)) for label, members in contents.items()}
    newcomers = [label for label, members in pictures.items() if label not in ids and len(members) >= min_photos]
    newcomers.sort(key=lambda label: (-len(pictures[label]), [order[content] for content in pictures[label]], label))
    ids.update(zip(newcomers, range(known.next_id, known.next_id + len(newcomers)), strict=True))

    persons = [_person(ids.get(label), members, known) for label, members in pictures.items()]
    persons.sort(
        key=lambda person: (person.id is None, person.id or 0, [order[content] for content in person.contents])
    )
    placements = _placements(faces, labels, ids, known)
    return People(persons, placements + known.elsewhere, labels)


def whose_groups(faces: FaceSet, labels: Labels, known: Acquaintances) -> tuple[Labels, dict[int, int]]:
    """The groups as the user's decisions leave them, and label -> person, of those who were known before."""
    heeded = heed(labels, Faces(faces.vectors, faces.contents, faces.doubtful), known)
    persons = dict(heeded.persons)
    persons.update(best_matches(*_still_to_match(heeded.labels, persons, known)))
    return heeded.labels, persons


def _add_unfound(
    contents: defaultdict[int, set[int]], ids: dict[int, int], known: Acquaintances, order: dict[int, int]
) -> None:
    """Photos that show somebody by the user's word, and in which no face of theirs was found, are theirs, too."""
    label_of = {person: label for label, person in ids.items()}
    for placement in known.elsewhere:
        if placement.confirmed and placement.content in order:
            label = label_of.setdefault(placement.person, OUTLIER - placement.person)  # a label that no face has
            ids[label] = placement.person
            contents[label].add(placement.content)


def _person(person: int | None, contents: tuple[int, ...], known: Acquaintances) -> Person:
    record = known.records.get(person or NOBODY)
    return Person(person, contents, record.name, record.hidden) if record else Person(person, contents)


def _still_to_match(
    labels: Labels, ids: dict[int, int], known: Acquaintances
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Whose the faces were, and in which group they are now, of people and groups that have not been matched yet."""
    open_ = (known.persons != NOBODY) & (labels != OUTLIER)
    open_ &= ~np.isin(labels, list(ids)) & ~np.isin(known.persons, list(known.lasting))
    return known.persons[open_], labels[open_]


def _placements(faces: FaceSet, labels: Labels, ids: dict[int, int], known: Acquaintances) -> list[Placement]:
    """All faces of people, in the order of the faces."""
    placed = np.flatnonzero(np.isin(labels, list(ids)))
    similarities = _similarities(faces.vectors[placed], labels[placed])
    placements = []
    for face, similarity in zip(placed.tolist(), similarities, strict=True):
        confirmed = bool(known.confirmed[face])
        row = int(known.placements[face])
        placements.append(
            Placement(
                int(faces.contents[face]),
                faces.boxes[face],
                ids[int(labels[face])],
                confirmed,
                None if confirmed else similarity,
                None if row < 0 else row,
            )
        )
    return placements


def _similarities(vectors: FloatMatrix, labels: Labels) -> list[float | None]:
    """Of each face, the mean cosine similarity to the others of its group; None for one that is alone."""
    _, groups, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    sums = np.zeros((len(sizes), vectors.shape[1]), dtype=np.float64)
    np.add.at(sums, groups, vectors)
    others = (sizes - 1)[groups]
    to_all = np.einsum("nd,nd->n", vectors, sums[groups]) - 1
    return [
        round(total / count, _DIGITS) if count else None
        for total, count in zip(to_all.tolist(), others.tolist(), strict=True)
    ]
