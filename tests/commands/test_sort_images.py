"""sort_images.py, as a user runs it."""

import os
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from sortbyface.jobs import EMBEDDINGS
from tests.conftest import Album, Run, folders, look_again, tree, untouched


def test_one_folder_per_person(run: Run, home: Path, album: Album) -> None:
    before = untouched(home / "Album")

    done = run("sort_images.py")

    assert done.code == 0, done.err
    assert "20 copied" in done.out
    sorted_pictures = tree(home / "Sorted-pictures")
    for folder, person in (("Person 1", "Collins"), ("Person 2", "Hopper")):
        copies = {name: content for name, content in sorted_pictures.items() if name.startswith(folder)}
        originals = {f"{folder}/{os.path.basename(p)}": (album.folder / p).read_bytes() for p in album.truth[person]}
        assert copies == originals
    assert set(folders(home / "Sorted-pictures")) == {"Person 1", "Person 2"}, "nobody else is in the album"
    assert untouched(home / "Album") == before


def test_copies_keep_their_times(run: Run, home: Path) -> None:
    original = home / "Album" / "portraits" / "H" / "dark.jpg"
    os.utime(original, ns=(1_000_000_000, 1_234_567_890_123_456_789))
    look_again(home)

    run("sort_images.py")

    copies = {p.stat().st_mtime_ns for p in (home / "Sorted-pictures").rglob("dark.jpg")}
    assert original.stat().st_mtime_ns in copies


def test_a_second_run_does_nothing(run: Run, home: Path) -> None:
    run("sort_images.py")
    before = untouched(home / "Sorted-pictures")

    done = run("sort_images.py")

    assert "0 copied, 20 in place already" in done.out
    assert untouched(home / "Sorted-pictures") == before


def test_a_dry_run_prints_the_plan_and_changes_nothing(run: Run, home: Path) -> None:
    before = untouched(home)

    done = run("sort_images.py", "--dry-run")

    copies = [line for line in done.out.splitlines() if line.startswith("copy ")]
    assert len(copies) == 20
    assert any(line.endswith(os.path.join("Sorted-pictures", "Person 2", "tilted.jpg")) for line in copies)
    assert "20 to copy" in done.out.splitlines()[-1]
    assert {path: what for path, what in untouched(home).items() if ".sqlite" not in path} == {
        path: what for path, what in before.items() if ".sqlite" not in path
    }
    assert "20 copied" in run("sort_images.py").out, "and the numbers are not given away by it"


def test_people_seen_once_share_a_folder(run: Run, home: Path) -> None:
    assert run("sort_images.py", "--min-photos", 11).code == 0

    assert set(folders(home / "Sorted-pictures")) == {"Others"}
    assert len(folders(home / "Sorted-pictures")["Others"]) == 16 + 2, "each photo once, under two names if need be"


def test_the_numbers_stay_with_the_people(run: Run, home: Path) -> None:
    """Collins is Person 1 by a photo more; then Hopper overtakes her, and a sort from scratch would swap them."""
    (home / "Album" / "portraits" / "H" / "original.jpg").rename(home / "kept.jpg")
    look_again(home)
    run("sort_images.py")
    first = folders(home / "Sorted-pictures")
    assert len(first["Person 1"]) == 10
    assert len(first["Person 2"]) == 9
    (home / "kept.jpg").rename(home / "Album" / "portraits" / "H" / "original.jpg")
    for photo in ("original.jpg", "dark.jpg", "closer.png"):
        (home / "Album" / "portraits" / "C" / photo).unlink()
    look_again(home)

    run("sort_images.py", "-dest", "fresh")

    fresh = folders(home / "fresh")
    assert len(fresh["Person 1"]) == 7
    assert len(fresh["Person 2"]) == 10


def test_two_photos_of_one_name_both_arrive(run: Run, home: Path) -> None:
    run("sort_images.py", "-t", "-1")  # everybody is one person

    everybody = folders(home / "Sorted-pictures")["Person 1"]
    assert {"IMG_0001.JPG", "IMG_0001 (2).JPG", "original.jpg", "original (2).jpg"} <= everybody
    assert len(everybody) == 18


def test_the_same_photo_twice_is_one_file(run: Run, home: Path) -> None:
    shutil.copy(home / "Album" / "portraits" / "H" / "dark.jpg", home / "Album" / "copy of dark.jpg")
    look_again(home)

    run("sort_images.py")

    assert len(folders(home / "Sorted-pictures")["Person 2"]) == 10


def test_a_higher_threshold_moves_what_does_not_belong(run: Run, home: Path) -> None:
    run("sort_images.py", "-t", "-1")

    done = run("sort_images.py")

    assert "8 moved" in done.out
    assert sorted(map(len, folders(home / "Sorted-pictures").values())) == [10, 10]
    assert set(folders(home / "Sorted-pictures")) == {"Person 1", "Person 2"}


def test_what_the_user_put_there_or_changed_is_never_touched(run: Run, home: Path) -> None:
    run("sort_images.py", "-t", "-1")
    mixed = home / "Sorted-pictures" / "Person 1"
    (mixed / "my own.jpg").write_bytes(b"mine")
    (mixed / "tilted.jpg").write_bytes(b"cropped by the user")
    (mixed / "dark (2).jpg").unlink()

    run("sort_images.py")
    run("sort_images.py", "-t", "-1")

    assert (mixed / "my own.jpg").read_bytes() == b"mine"
    assert (mixed / "tilted.jpg").read_bytes() == b"cropped by the user"


def test_a_name_that_is_taken_is_not_overwritten(run: Run, home: Path) -> None:
    person = home / "Sorted-pictures" / "Person 1"
    person.mkdir(parents=True)
    (person / "MEETING.jpg").write_bytes(b"another meeting")
    shutil.copy(home / "Album" / "portraits" / "C" / "dark.jpg", person / "dark.jpg")

    run("sort_images.py")

    there = folders(home / "Sorted-pictures")["Person 1"]
    assert (person / "MEETING.jpg").read_bytes() == b"another meeting"
    assert "meeting (2).jpg" in there, "some systems cannot tell MEETING.jpg from meeting.jpg"
    assert "dark (2).jpg" not in there, "the same photo was there already"


def test_photos_that_are_gone_are_counted_and_named(run: Run, home: Path) -> None:
    (home / "Album" / "portraits" / "H" / "dark.jpg").unlink()
    (home / "Album" / "portraits" / "H" / "tilted.jpg").write_bytes(b"something else")

    done = run("sort_images.py")

    assert done.code == 0
    assert "2 gone" in done.out
    assert {os.path.basename(line.split(": ")[0]) for line in done.err.splitlines()} == {"dark.jpg", "tilted.jpg"}
    assert len(folders(home / "Sorted-pictures")["Person 2"]) == 8


def test_a_copy_outlives_its_original(run: Run, home: Path) -> None:
    """The copy may be all that is left: no later run takes it back, whoever it is thought to be by then."""
    run("sort_images.py", "-t", "-1")
    originals = [home / "Album" / "portraits" / person / "dark.jpg" for person in "CH"]
    contents = [original.read_bytes() for original in originals]
    for original in originals:
        original.unlink()

    run("sort_images.py")

    assert all(content in tree(home / "Sorted-pictures").values() for content in contents)


def test_nobody_is_left_to_sort(run: Run, home: Path) -> None:
    for folder in ("portraits", "together"):
        shutil.rmtree(home / "Album" / folder)

    done = run("sort_images.py")

    assert done.code == 0, done.err
    assert "0 copied, 0 in place already, 18 gone" in done.out


def test_an_unplugged_drive_changes_nothing(run: Run, home: Path) -> None:
    run("sort_images.py")
    before = untouched(home / "Sorted-pictures")
    (home / "Album").rename(home / "unplugged")

    assert "nothing was changed" in run("sort_images.py").complaint
    assert untouched(home / "Sorted-pictures") == before


def test_the_same_seed_gives_the_same_folders(run: Run, home: Path) -> None:
    first = run("sort_images.py", "-dest", "first", "--seed", 7, "-itr", 5)
    second = run("sort_images.py", "-dest", "second", "--seed", 7, "-itr", 5)

    assert first.code == second.code == 0
    assert tree(home / "first") == tree(home / "second")


@pytest.mark.parametrize(
    ("destination", "words"),
    [("Album", "holds the photos themselves"), ("a file", "is a file"), ("a file/below", "a file")],
)
def test_a_destination_that_will_not_do(run: Run, home: Path, destination: str, words: str) -> None:
    (home / "a file").write_text("in the way")
    before = untouched(home / "Album")

    assert words in run("sort_images.py", "-dest", destination).complaint

    assert untouched(home / "Album") == before


def test_nothing_to_sort_yet(run: Run) -> None:
    assert "embedder.py -src" in run("sort_images.py").complaint


@pytest.mark.parametrize("arguments", [["-t", "1.5"], ["-t", "high"], ["-itr", "0"], ["--min-photos", "-1"], ["x"]])
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    assert run("sort_images.py", *arguments).code == 2


def test_an_embeddings_file_is_sorted_like_the_library(run: Run, home: Path) -> None:
    run("sort_images.py", "-dest", "from library")

    done = run("sort_images.py", "--embeddings", EMBEDDINGS, "-dest", "from file")

    assert done.code == 0, done.err
    assert tree(home / "from file") == tree(home / "from library")


@pytest.mark.parametrize("form", ["original", "tutorial"])
def test_files_of_those_who_came_before(run: Run, home: Path, form: str) -> None:
    """Their paths are relative to the working folder; the tutorial's vectors are as long as dlib makes them."""
    ours = pickle.loads((home / EMBEDDINGS).read_bytes())
    theirs = []
    for face in ours:
        path, (left, top, right, bottom) = os.path.relpath(face["path"], home), map(int, face["box"])
        if form == "original":
            theirs.append({"path": path, "embedding": face["embedding"]})
        else:
            loc = (top, right, bottom, left)
            theirs.append({"imagePath": path, "loc": loc, "encoding": 1.4 * face["embedding"].astype(np.float64)})
    (home / "theirs.pickle").write_bytes(pickle.dumps(theirs))
    (home / "elsewhere").mkdir()

    done = run("sort_images.py", "--embeddings", "theirs.pickle", "--library", "elsewhere/new.sqlite", "-t", "0.93")

    assert done.code == 0, done.err
    assert sorted(map(len, folders(home / "Sorted-pictures").values())) == [10, 10]


def test_an_embeddings_file_that_runs_code_is_refused(run: Run, home: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {home / 'sprung'}",)

    (home / "gift.pickle").write_bytes(pickle.dumps([{"path": "a.jpg", "embedding": Trap()}]))

    assert "gift.pickle" in run("sort_images.py", "--embeddings", "gift.pickle").complaint

    assert not (home / "sprung").exists()
