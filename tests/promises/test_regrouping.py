"""Whatever algorithm groups the faces anew, it respects what the user has said of people."""

from pathlib import Path

import numpy as np
import pytest

from sortbyface.grouping import ALGORITHMS, DEFAULT, OUTLIER, PLAIN, Algorithm, Knobs, group_faces
from sortbyface.jobs.roster import corrections, show_photo
from tests.grouping.people import faces_of
from tests.promises.archive import Archive, Likeness
from tests.promises.people_kept import PeopleKnown

ANNA, BEA, CLEO, DORA = (Likeness(person) for person in range(4))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Four people in six photos each, two of them in one photo, and two faces that could be of either of two."""
    archive = Archive(tmp_path)
    for number in range(6):
        for person in (ANNA, BEA, CLEO, DORA):
            archive.add(f"{person.person}/{number}.jpg", [person])
    archive.add("together.jpg", [ANNA, BEA])
    archive.add("either.jpg", [Likeness(0, 1, 0.45)])
    archive.add("or.jpg", [Likeness(2, 3, 0.45)])
    archive.look()
    return archive


def face_and_person(archive: Archive, photo: str) -> tuple[int, int]:
    [sighting, *_] = show_photo(archive.photos / photo, archive.library)
    assert sighting.face is not None
    assert sighting.person is not None
    return sighting.face, sighting.person


@pytest.mark.parametrize("algorithm", [*ALGORITHMS.values(), PLAIN], ids=[*ALGORITHMS, "plain"])
def test_what_was_said_is_respected(archive: Archive, algorithm: Algorithm) -> None:
    archive.sort(algorithm=DEFAULT)
    (face, anna), (_, bea), (_, cleo), (_, dora) = (face_and_person(archive, f"{n}/0.jpg") for n in range(4))
    not_bea, _ = face_and_person(archive, "1/3.jpg")
    split_off = [face_and_person(archive, f"0/{number}.jpg")[0] for number in (4, 5)]
    with corrections(archive.library) as correct:
        correct.rename(anna, "Anna")
        correct.rename(bea, "Bea")
        correct.merge(cleo, dora)
        correct.split(split_off)
        correct.confirm([face])
        correct.reject([not_bea])
        correct.hide(bea)
    said = PeopleKnown.of(archive.library)

    outcome = archive.sort(algorithm=algorithm, regroup=True)

    now = PeopleKnown.of(archive.library)
    said.check_kept(now)
    assert len({face_and_person(archive, f"0/{number}.jpg")[1] for number in (4, 5)} | {anna}) == 2
    assert {face_and_person(archive, f"{n}/{number}.jpg")[1] for n in (2, 3) for number in range(6)} == {cleo}
    assert now.names[anna] == ("Anna", False)
    assert now.names[bea] == ("Bea", True)
    assert outcome.plan.actions
    assert archive.sort(algorithm=algorithm, regroup=True).plan.actions == []
    assert PeopleKnown.of(archive.library) == now


def test_who_is_left_out_and_not_somebody_stays_left_out(archive: Archive) -> None:
    """A face that the user took from somebody, and that an algorithm with outliers has among them."""
    archive.add("passer-by.jpg", [Likeness(5)])
    archive.look()
    archive.sort(min_photos=1)
    with corrections(archive.library) as correct:
        correct.reject([face_and_person(archive, "passer-by.jpg")[0]])
    archive.sort(min_photos=1, algorithm=ALGORITHMS["dbscan"], regroup=True)
    assert (archive.sorted / "Unknown faces" / "passer-by.jpg").is_file()

    assert archive.sort(min_photos=1, algorithm=ALGORITHMS["dbscan"]).plan.actions == []


def test_who_is_left_out_comes_to_nobody_by_the_number_of_a_group() -> None:
    """People's groups are numbered after the algorithm's, beyond the number of faces."""
    faces = faces_of(np.eye(3, 128, dtype=np.float32))
    labels = group_faces(faces, Knobs(0.5, 30), ALGORITHMS["dbscan"], earlier=np.array([OUTLIER, 3, 3]))
    assert labels.tolist() == [OUTLIER, 0, 0]
