"""python -m sortbyface montage, as a user runs it after a sort."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sortbyface.faces import thumbnails
from sortbyface.jobs import LIBRARY
from sortbyface.jobs import montage as job
from sortbyface.jobs.sort import sort_photos
from sortbyface.library import Library
from sortbyface.models import load_models
from sortbyface.montage import TILE
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline.looking import find_faces
from tests.commands.conftest import Montage
from tests.commands.painted import Painted
from tests.conftest import CHECKOUT, look_again, tree, untouched


def test_each_person_has_a_picture_and_all_have_a_row(painted: Painted, montage: Montage, tmp_path: Path) -> None:
    done = montage()

    assert done.code == 0, done.err
    pictures = tmp_path / "Montages"
    assert set(tree(pictures)) == {"Person 1.jpg", "Person 2.jpg", "Unknown faces.jpg", "People.jpg"}
    first = painted.photos_in(pictures / "Person 1.jpg")
    assert len(set(first)) == 25
    assert set(first) < set(range(40))
    assert sorted(painted.photos_in(pictures / "Person 2.jpg")) == [41, 42, 42, 43]
    assert sorted(painted.photos_in(pictures / "Unknown faces.jpg")) == [43, 50]
    assert [line.split() for line in done.out.splitlines()[:3]] == [
        ["Person", "1", "40", "photos", "25", "of", "40", "faces"],
        ["Person", "2", "3", "photos", "4", "of", "4", "faces"],
        ["Unknown", "faces", "2", "photos", "2", "of", "2", "faces"],
    ]
    assert done.out.splitlines()[3].endswith("Montages: 3 pictures, everybody in People.jpg")
    assert done.err == ""


def test_typical_and_untypical_faces(painted: Painted, montage: Montage, tmp_path: Path) -> None:
    """The higher the number of the photo, the less is the face like the mean of all."""
    with Library.opened(painted.library) as library:
        faces = library.faces.of(library.recipe)  # type: ignore[arg-type]
    vectors = np.array([vector for vector in faces.vectors if vector[1] > 0])
    similarities = vectors @ vectors.T
    np.fill_diagonal(similarities, np.nan)
    photos = np.round((1 - vectors[:, 1]) * 100).astype(int)
    ranking = photos[np.argsort(-np.nanmean(similarities.astype(np.float64), axis=1))].tolist()

    for pick, expected in (("typical", ranking[:25]), ("untypical", ranking[:-26:-1])):
        assert montage("--pick", pick).code == 0
        assert painted.photos_in(tmp_path / "Montages" / "Person 1.jpg") == expected


def test_the_same_seed_gives_the_same_pictures_to_the_byte(painted: Painted, montage: Montage, tmp_path: Path) -> None:
    for folder, seed in (("first", 7), ("again", 7), ("other", 8)):
        assert montage("-dest", folder, "--seed", seed).code == 0

    assert tree(tmp_path / "first") == tree(tmp_path / "again")
    first, other = (painted.photos_in(tmp_path / folder / "Person 1.jpg") for folder in ("first", "other"))
    assert set(first) != set(other)


def test_people_in_few_photos_are_unknown(painted: Painted, montage: Montage, tmp_path: Path) -> None:
    assert montage("--min-photos", 4).code == 0
    assert set(tree(tmp_path / "Montages")) == {"Person 1.jpg", "Unknown faces.jpg", "People.jpg"}
    assert sorted(painted.photos_in(tmp_path / "Montages" / "Unknown faces.jpg")) == [41, 42, 42, 43, 43, 50]

    assert montage("--min-photos", 1, "-dest", "all").code == 0
    assert painted.photos_in(tmp_path / "all" / "Person 3.jpg") == [43]


def test_a_photo_is_decoded_once(painted: Painted, montage: Montage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the one with two faces of two people; and those whose faces are not shown are not decoded at all."""
    read: list[str] = []
    monkeypatch.setattr(thumbnails, "read_photo", lambda path, side: read.append(path.name) or read_photo(path, side))

    assert montage().code == 0

    assert len(read) == len(set(read)) == 25 + 4
    assert {"041.png", "042.png", "043.png", "050.png"} < set(read)


def test_progress_goes_from_the_first_photo_to_the_last(painted: Painted, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    job.make_montages(tmp_path / "Montages", library=painted.library, progress=lambda *told_: told.append(told_))
    assert told == [(done, 29) for done in range(1, 30)]


def test_many_people_take_several_pages(tmp_path: Path, montage: Montage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one in fewest photos is on the last; and no more people are in memory than fit, without anybody noticing."""
    painted = Painted(tmp_path)
    for person in range(1, 15):
        for photo in range(2 if person == 5 else 3):
            painted.show(3 * person + photo, person)
    painted.sort()
    done = montage("-dest", "at once")
    assert done.out.splitlines()[-1].endswith("14 pictures, everybody in People 1.jpg to People 2.jpg")
    monkeypatch.setattr(job, "_ROWS_OF_CHAPTER", 12)

    assert montage("-dest", "in chapters").code == 0

    assert tree(tmp_path / "at once") == tree(tmp_path / "in chapters")
    with (
        Image.open(tmp_path / "at once" / "People 1.jpg") as first,
        Image.open(tmp_path / "at once" / "People 2.jpg") as second,
    ):
        assert first.height > 5 * second.height
        last_page = np.asarray(second).astype(int)
    on_it = {
        photo
        for photo in range(3, 45)
        if (np.abs(last_page - painted.colour(photo)).max(axis=2) < 9).sum() > TILE * TILE / 2
    }
    assert on_it == {3 * 14, 3 * 14 + 1, 3 * 14 + 2, 3 * 5, 3 * 5 + 1}


# --- again ----------------------------------------------------------------------------------------------------------


def test_a_second_run_replaces_what_the_first_has_made(painted: Painted, montage: Montage, tmp_path: Path) -> None:
    montage("--seed", 1)
    before = tree(tmp_path / "Montages")
    montage("--seed", 2)
    assert tree(tmp_path / "Montages").keys() == before.keys()
    assert tree(tmp_path / "Montages") != before
    montage("--seed", 1)
    assert tree(tmp_path / "Montages") == before


def test_who_is_no_more_has_no_picture_and_others_keep_theirs(
    painted: Painted, montage: Montage, tmp_path: Path
) -> None:
    montage()
    mine = {"my own.jpg": b"mine", "Person 9.jpg": b"mine"}
    for name, content in mine.items():
        (tmp_path / "Montages" / name).write_bytes(content)
    before = tree(tmp_path / "Montages")
    painted.sort(2)

    assert montage().code == 0

    after = tree(tmp_path / "Montages")
    assert set(after) == {"Person 1.jpg", "Unknown faces.jpg", "People.jpg", *mine}
    assert {name: after[name] for name in ("Person 1.jpg", *mine)} == {"Person 1.jpg": before["Person 1.jpg"], **mine}


def test_who_is_away_with_a_drive_keeps_the_picture(painted: Painted, montage: Montage, tmp_path: Path) -> None:
    montage()
    for photo in (41, 42, 43):
        (painted.folder / f"{photo:03d}.png").rename(tmp_path / f"{photo}.png")

    done = montage()

    assert done.code == 0
    assert "3 photos gone" in done.out
    assert "Person 2.jpg" in tree(tmp_path / "Montages")


def test_the_library_and_the_photos_stay_as_they_were(painted: Painted, montage: Montage) -> None:
    def contents_of_library() -> tuple[object, ...]:
        with Library.opened(painted.library) as library:
            return (
                sorted(library.people.placements()),
                library.people.next_person(),
                library.recipe,
                library.photos.files_of_contents(),
            )

    before = untouched(painted.folder), contents_of_library()
    assert montage().code == 0
    assert (untouched(painted.folder), contents_of_library()) == before


# --- real photos ----------------------------------------------------------------------------------------------------


@pytest.fixture
def sorted_home(home: Path) -> Path:
    """The album, sorted: Person 1 is Collins, Person 2 is Hopper."""
    outcome = sort_photos(home / "Sorted-pictures", library=home / LIBRARY)
    assert outcome.folders == [("Person 1", 10), ("Person 2", 10)]
    return home


def test_the_people_of_the_album_are_recognised_in_their_pictures(sorted_home: Path, montage: Montage) -> None:
    """By this very program, which is shown the montages: each face is in its place, upright, and the right person's."""
    assert montage().code == 0

    with Library.opened(sorted_home / LIBRARY) as library:
        assert library.recipe
        models, faces = load_models(library.recipe), library.faces.of(library.recipe)
        person_of = {(placed.content, placed.box): placed.person for placed in library.people.placements()}
    people = np.array([person_of[place] for place in zip(faces.contents.tolist(), faces.boxes, strict=True)])
    for number in (1, 2):
        shown = find_faces(read_photo(sorted_home / "Montages" / f"Person {number}.jpg"), models)
        middles = {(int(f.box.top + f.box.bottom) // 192, int(f.box.left + f.box.right) // 192) for f in shown}
        assert middles == {(row, column) for row in (0, 1) for column in range(5)}
        nearest = [int(people[np.argmax(faces.vectors @ face.vector)]) for face in shown]
        assert set(nearest) == {number}


def test_montages_within_the_photos_are_not_looked_at(sorted_home: Path, montage: Montage) -> None:
    assert montage("-dest", "Album/Montages").code == 0
    assert look_again(sorted_home).photos == 20


def test_the_pictures_of_a_sort_and_the_montages_share_a_folder_in_peace(sorted_home: Path, montage: Montage) -> None:
    before = tree(sorted_home / "Sorted-pictures")

    assert montage("-dest", "Sorted-pictures").code == 0
    assert sort_photos(sorted_home / "Sorted-pictures", library=sorted_home / LIBRARY).plan.in_place == 20

    after = tree(sorted_home / "Sorted-pictures")
    assert after.keys() - before.keys() == {"Person 1.jpg", "Person 2.jpg", "People.jpg"}
    assert {name: after[name] for name in before} == before


def test_from_the_command_line(sorted_home: Path) -> None:
    shutil.rmtree(sorted_home / "Sorted-pictures")  # the library remembers
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    words = [sys.executable, "-m", "sortbyface", "montage", "-dest", "Zoë's people"]

    done = subprocess.run(
        words, cwd=sorted_home, env=environment, capture_output=True, text=True, timeout=300, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert set(tree(sorted_home / "Zoë's people")) == {"Person 1.jpg", "Person 2.jpg", "People.jpg"}
