"""What to ask the user about people: where a short answer puts the most right.

Two kinds of questions are asked: whether two people are one, and whether a face is somebody's. What an answer is worth
is the number of faces that it is expected to put right: as many as it is about, times the chance that what is shown of
them now is wrong. That the answer is hard to foresee is not what counts (its entropy would be the measure of that): two
people who are all but surely one are worth asking about, as they stay two without an answer.

How likely two are one is read from how alike they are on the average. Grouping parts people below `looser_than` its
threshold; counted from there, in steps of the threshold's distance to 1, the odds grow e-fold with a tenth of a step.
They are even a little lower for two people; a little higher for a face of nobody, which was compared with everybody, so
that somebody is near by chance; and well below for a face that grouping has placed, as its nearest neighbours spoke for
it. A face that is small, blurred or in profile is a little like everybody's, so it has to be more alike to be asked
about as nobody's, by as much as grouping asks for it; once placed, it is as right as others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.faces.same_face import SAME_FACE, overlap
from sortbyface.grouping.neighbours.narrowing import narrowed
from sortbyface.grouping.robust_whispers import looser_than
from sortbyface.library import FaceSet, Known, PersonRecord
from sortbyface.people.acquainting import Acquaintances, acquaint
from sortbyface.people.person import NOBODY
from sortbyface.people.questions import IsThis, Question, SamePerson

LEAST_DOUBT = 0.2
"""With less, nobody is asked: four answers of five would change nothing."""

_STEEPNESS = 10.0
_EVEN_FOR_TWO, _EVEN_FOR_NOBODYS, _EVEN_FOR_PLACED = -0.07, 0.05, -0.13
"""Where the odds are even, in steps. Fitted to LFW, all of it and a tenth of its people: within 0.1 of what is true."""

_MORE_FOR_DOUBTFUL = 0.15
"""Of nobody's faces, in steps, as `stricter_than` has it."""

_OFTEN = 0.1
"""Of the photos of whoever is in fewer of them: who are together in more are two. Mirrors and collages are rarer."""

_ROWS = 1000
"""Compared with everybody at once."""

Floats = npt.NDArray[np.float64]


def suggest(faces: FaceSet, known: Known, threshold: float) -> list[Question]:
    """All that is worth asking, what puts the most right first.

    threshold: that faces were grouped with. Nothing is asked that the user has answered: of two who both have names, or
    of whom one has faces that the user has taken from the other; of faces that were confirmed or rejected. Nor of who
    is hidden; nor of a heap, most of whose faces are in doubt: nobody can be recognised in it. Nor whether two are one
    who are often in one photo.
    """
    album = _Album(faces, acquaint(faces, known), threshold)
    found: list[Question] = [
        *album.same_people(_apart(known)),
        *_once_a_photo(album.of_nobody()),
        *album.placed(),
    ]
    return sorted(found, key=lambda one: (-one.worth, one.person))


class _Album:
    """The people of an album, and how alike they are on the average."""

    def __init__(self, faces: FaceSet, known: Acquaintances, threshold: float) -> None:
        self._contents, self._boxes, self._known, self._threshold = faces.contents, faces.boxes, known, threshold
        self._doubtful = faces.doubtful
        self._step = max(1 - threshold, 1e-6)  # who asks for a threshold of 1 has no people to ask about
        self._vectors = narrowed(faces.vectors) if len(faces.boxes) else faces.vectors
        self._theirs = np.flatnonzero(known.persons != NOBODY)
        self._theirs = self._theirs[np.argsort(known.persons[self._theirs], kind="stable")]
        self._people, self._starts, self._sizes = np.unique(
            known.persons[self._theirs], return_index=True, return_counts=True
        )
        self._place = np.repeat(np.arange(len(self._people)), self._sizes)
        own = self._vectors[self._theirs]
        sums = _summed(own, self._starts)
        self._means = sums / self._sizes[:, np.newaxis].astype(np.float32)
        self._confirmed = known.confirmed[self._theirs]
        self._doubts = np.where(self._confirmed, 0, 1 - self._chances(self._support(own, sums), _EVEN_FOR_PLACED))
        """Of each face of somebody, that it is not theirs."""

        self._in_doubt = self._doubts >= LEAST_DOUBT
        typical_first = np.lexsort((self._doubts, ~self._confirmed, self._place))
        self._in_doubt[typical_first[self._starts]] = False  # who stands for somebody is held against the others
        hidden = {record.id for record in known.records.values() if record.hidden}
        in_doubt = np.bincount(self._place[self._in_doubt], minlength=len(self._people))
        self._asked = ~np.isin(self._people, list(hidden)) & (2 * in_doubt <= self._sizes)

    def same_people(self, apart: set[frozenset[int]]) -> Iterator[SamePerson]:
        """Pairs of people who may be one."""
        least = self._least_similarity(_EVEN_FOR_TWO)
        for start in range(0, len(self._people), _ROWS):
            similarities = np.dot(self._means[start : start + _ROWS], self._means[start:].T)
            rows, columns = np.nonzero(np.triu(similarities >= least, 1))
            chances = self._chances(similarities[rows, columns], _EVEN_FOR_TWO)
            places = zip((rows + start).tolist(), (columns + start).tolist(), chances.tolist(), strict=True)
            for first, second, chance in places:
                if self._asked[first] and self._asked[second]:
                    pair = self._pair(first, second, chance)
                    if frozenset((pair.person, pair.other)) not in apart and not self._are_two(first, second):
                        yield pair

    def of_nobody(self) -> Iterator[IsThis]:
        """Faces of nobody, each with the nearest person whose it may be."""
        least = self._least_similarity(_EVEN_FOR_NOBODYS)
        nobodys = np.flatnonzero(self._known.persons == NOBODY)
        handicaps = _MORE_FOR_DOUBTFUL * self._step * self._doubtful
        in_photo, not_them = defaultdict(set), defaultdict(set)
        persons = self._known.persons[self._theirs]
        for content, person in zip(self._contents[self._theirs].tolist(), persons.tolist(), strict=True):
            in_photo[content].add(person)
        for face, person in self._known.rejections:
            not_them[face].add(person)
        for start in range(0, len(nobodys), _ROWS):
            block = nobodys[start : start + _ROWS]
            similarities = np.where(self._asked, self._vectors[block] @ self._means.T, -1)
            similarities -= handicaps[block, np.newaxis]
            for row in np.flatnonzero(similarities.max(axis=1, initial=-1) >= least):
                face, alike = int(block[row]), similarities[row]
                nobody_of = in_photo[int(self._contents[face])] | not_them[face]
                near = np.flatnonzero(alike >= least)
                for place in near[np.argsort(-alike[near], kind="stable")].tolist():
                    person = int(self._people[place])
                    if person not in nobody_of:
                        (chance,) = self._chances(alike[[place]], _EVEN_FOR_NOBODYS).tolist()
                        yield from self._is_this(face, person, chance, placed=False)
                        break

    def placed(self) -> Iterator[IsThis]:
        """Faces that may not be whose they are said to be."""
        for row in np.flatnonzero(self._in_doubt & self._asked[self._place]):
            person = int(self._people[self._place[row]])
            yield from self._is_this(int(self._theirs[row]), person, self._doubts[row], placed=True)

    def _support(self, own: FloatMatrix, sums: FloatMatrix) -> npt.NDArray[np.float32]:
        """Of each face of somebody, how alike it is to that one's others on the average; 1 if there are none.

        To all of them, or to those that grouping has placed, whichever is more: the child whom the user has merged with
        the grown-up, by which all the child's faces were confirmed, is no reason to doubt the grown-up's.
        """
        support = self._similarities_to_others(own, sums, np.ones(len(own)))
        if self._confirmed.any():
            placed = (~self._confirmed).astype(np.float64)
            weighted = own * placed[:, np.newaxis].astype(np.float32)
            support = np.maximum(
                support, self._similarities_to_others(weighted, _summed(weighted, self._starts), placed)
            )
        return np.where(self._sizes[self._place] == 1, 1, support)

    def _similarities_to_others(self, own: FloatMatrix, sums: FloatMatrix, counted: Floats) -> npt.NDArray[np.float32]:
        """Of each face to its person's others, of which some count; -1 if none does, or it does not count itself."""
        to_others = np.einsum("nd,nd->n", own, sums[self._place] - own)
        count = np.bincount(self._place, counted, len(self._people))[self._place] - counted
        similarities: npt.NDArray[np.float32] = np.where(
            count * counted > 0, to_others / np.maximum(count, 1), -1
        ).astype(np.float32)
        return similarities

    def _chances(self, similarities: npt.NDArray[np.float32], even: float) -> Floats:
        """(n,): how likely faces, or people, that are so much alike on the average are one person's."""
        steps = (similarities.astype(np.float64) - looser_than(self._threshold)) / self._step
        chances: Floats = (1 + np.tanh(_STEEPNESS * (steps - even) / 2)) / 2
        return chances

    def _least_similarity(self, even: float) -> float:
        """Where the chance to be one person's is LEAST_DOUBT."""
        steps = even + np.log(LEAST_DOUBT / (1 - LEAST_DOUBT)) / _STEEPNESS
        return looser_than(self._threshold) + float(steps) * self._step

    def _are_two(self, first: int, second: int) -> bool:
        """Whether two have names, or are together in a photo too often."""
        ids = [int(self._people[place]) for place in (first, second)]
        if all(self._record(person).name is not None for person in ids):
            return True
        photos = [set(self._contents[self._rows(place)].tolist()) for place in (first, second)]
        return len(photos[0] & photos[1]) > _OFTEN * min(map(len, photos))

    def _pair(self, first: int, second: int, chance: float) -> SamePerson:
        def order(place: int) -> tuple[bool, int, int]:
            person = int(self._people[place])
            return self._record(person).name is None, -int(self._sizes[place]), person

        more, fewer = sorted((first, second), key=order)
        count = int(min(self._sizes[first], self._sizes[second]))
        return SamePerson(int(self._people[more]), count, chance, int(self._people[fewer]))

    def _is_this(self, face: int, person: int, doubt: float, *, placed: bool) -> Iterator[IsThis]:
        box = self._boxes[face]
        if box is not None:
            yield IsThis(person, 1, float(doubt), int(self._contents[face]), box, placed)

    def _record(self, person: int) -> PersonRecord:
        return self._known.records[person]

    def _rows(self, place: int) -> npt.NDArray[np.int64]:
        return self._theirs[self._starts[place] : self._starts[place] + self._sizes[place]]


def _summed(vectors: FloatMatrix, starts: npt.NDArray[np.intp]) -> FloatMatrix:
    """(people, d): the sum of each one's vectors, which stand one after the other from these places."""
    return np.add.reduceat(vectors, starts, axis=0) if len(starts) else vectors[:0]


def _apart(known: Known) -> set[frozenset[int]]:
    """Two of whom one has faces that the user has taken from the other: half of all, or one that was confirmed."""
    rejected_in = defaultdict(list)
    for rejection in known.rejections:
        rejected_in[rejection.content].append(rejection)
    faces, taken = Counter(placement.person for placement in known.placements), Counter[tuple[int, int]]()
    for placement in known.placements:
        for rejection in rejected_in.get(placement.content, ()):
            if overlap(placement.box, rejection.box) >= SAME_FACE:
                counts_for = faces[placement.person] if placement.confirmed else 1
                taken[placement.person, rejection.person] += counts_for
    return {frozenset(pair) for pair, count in taken.items() if 2 * count >= faces[pair[0]]}


def _once_a_photo(questions: Iterator[IsThis]) -> Sequence[IsThis]:
    """Of several faces in one photo that may be one person's, the one that is so most likely."""
    best: dict[tuple[int, int], IsThis] = {}
    for question in questions:
        key = question.content, question.person
        if key not in best or question.doubt > best[key].doubt:
            best[key] = question
    return list(best.values())
