"""Who is shown, and with which faces."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pytest

from sortbyface.arrays import FloatMatrix
from sortbyface.faces.face import Box
from sortbyface.library import FaceSet
from sortbyface.people import Names
from sortbyface.showing import PICKS, USUAL, Choice, Pick, Shown, pick_faces, who_is_shown


def unit_vectors(count: int, seed: int = 0) -> FloatMatrix:
    vectors = np.random.default_rng(seed).normal(size=(count, 8)) + 0.5
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def shown(
    people: Sequence[tuple[int, int]],
    choice: Choice = USUAL,
    *,
    present: Collection[int] | None = None,
    most: int = 25,
) -> list[Shown]:
    """people: of each face the person, 0 for nobody, and the content that it is in."""
    contents = np.array([content for _, content in people], dtype=np.int64)
    boxes = [Box(0, 0, 9, 9)] * len(people)
    faces = FaceSet(contents, list(boxes), unit_vectors(len(people)), np.zeros(len(people), dtype=bool))
    person_of_face: Mapping[int, int] = {face: person for face, (person, _) in enumerate(people) if person}
    return who_is_shown(
        faces, person_of_face, set(contents.tolist()) if present is None else present, choice, most, Names()
    )


def alone(person: int, contents: Collection[int]) -> list[tuple[int, int]]:
    """A face in each of these contents."""
    return [(person, content) for content in contents]


ADA, EVE, BOB = alone(1, range(3)), alone(2, range(10, 17)), alone(3, range(20, 23))


def test_the_one_in_most_photos_comes_first_and_of_two_the_lower_number() -> None:
    everybody = [*BOB, *ADA, *EVE]
    assert [(who.name, who.photos) for who in shown(everybody)] == [("Person 2", 7), ("Person 1", 3), ("Person 3", 3)]


def test_everybody_is_shown_with_faces_of_their_own() -> None:
    everybody = [*BOB, *ADA, *EVE]
    picked = {who.name: sorted(who.picked.tolist()) for who in shown(everybody)}
    assert picked == {"Person 3": [0, 1, 2], "Person 1": [3, 4, 5], "Person 2": [*range(6, 13)]}


def test_photos_are_counted_not_faces() -> None:
    """Twins, taken for one person."""
    (twins,) = shown([*alone(1, range(4)), *alone(1, range(4))])
    assert (twins.photos, twins.faces, len(twins.picked)) == (4, 8, 8)


def test_faces_of_nobody_come_last_however_many() -> None:
    everybody = [*alone(0, range(50, 90)), *ADA]
    assert [(who.name, who.photos) for who in shown(everybody)] == [("Person 1", 3), ("Unknown faces", 40)]


def test_people_in_few_photos_are_unknown_too() -> None:
    everybody = [*ADA, (0, 50), *EVE]
    person_2, unknown = shown(everybody, Choice(min_photos=4))
    assert (person_2.name, unknown.name, unknown.photos) == ("Person 2", "Unknown faces", 4)
    assert sorted(unknown.picked.tolist()) == [0, 1, 2, 3]
    assert [who.name for who in shown(everybody, Choice(min_photos=3))] == ["Person 2", "Person 1", "Unknown faces"]
    assert [who.name for who in shown(ADA, Choice(min_photos=99))] == ["Unknown faces"]


def test_photos_that_are_not_there_do_not_count() -> None:
    person_1, unknown = shown([*ADA, *EVE], present={0, 2, 16})
    assert (person_1.name, person_1.photos, sorted(person_1.picked.tolist())) == ("Person 1", 2, [0, 2])
    assert unknown.picked.tolist() == [9]


@pytest.mark.parametrize("people", [[], ADA])
def test_nobody(people: list[tuple[int, int]]) -> None:
    assert shown(people, present=[]) == []


@pytest.mark.parametrize("pick", PICKS)
def test_no_more_than_asked_for_and_nobody_twice(pick: Pick) -> None:
    (who,) = shown(alone(1, range(100)), Choice(pick), most=25)
    assert len(set(who.picked.tolist())) == 25
    assert who.faces == 100


# --- which ----------------------------------------------------------------------------------------------------------

CROWD = alone(1, range(60))


def test_the_seed_decides() -> None:
    first, again, other = (shown(CROWD, Choice(seed=seed))[0].picked.tolist() for seed in (1, 1, 2))
    assert first == again
    assert set(first) != set(other)


def test_every_face_has_its_chance() -> None:
    picked = [shown(CROWD, Choice(seed=seed))[0].picked for seed in range(40)]
    times = np.bincount(np.concatenate(picked), minlength=60)
    assert times.min() >= 5, "of 40 draws of 25 out of 60: 17 expected, 3 the standard deviation"
    assert times.max() <= 29


def test_who_else_is_there_does_not_matter() -> None:
    alone_, with_others = shown(CROWD)[0], shown([*CROWD, *alone(7, range(100, 190)), (0, 400)])[1]
    assert alone_.name == with_others.name == "Person 1"
    assert alone_.picked.tolist() == with_others.picked.tolist()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("pick", ["typical", "untypical"])
def test_typical_faces_are_those_most_like_the_others(pick: Pick, seed: int) -> None:
    vectors = unit_vectors(40, seed)
    by_hand = [
        np.mean([float(np.dot(face, other)) for place, other in enumerate(vectors) if place != own])
        for own, face in enumerate(vectors)
    ]
    ranking = sorted(range(40), key=lambda face: by_hand[face], reverse=pick == "typical")
    assert pick_faces(vectors, pick, np.random.default_rng(0)).tolist() == ranking


def test_somebody_else_among_the_faces_is_the_most_untypical() -> None:
    vectors = np.array([(1, 0), (0.8, 0.6), (-1, 0), (0.96, 0.28)], dtype=np.float32)
    picked = {pick: pick_faces(vectors, pick, np.random.default_rng(0)).tolist() for pick in PICKS}
    assert picked["untypical"][0] == picked["typical"][-1] == 2
    assert sorted(picked["random"]) == [0, 1, 2, 3]
