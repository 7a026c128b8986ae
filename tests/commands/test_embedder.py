"""embedder.py, as a user runs it."""

import os
import pickle
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sortbyface.jobs import LIBRARY
from sortbyface.library import Library
from tests.conftest import Album, Run, folders, untouched

DECODER_THAT_CRASHES = """
import os, signal
import PIL.Image

decode = PIL.Image.open

def open(file, *arguments, **options):
    if "poison" in str(getattr(file, "name", "")):
        os.kill(os.getpid(), signal.SIGKILL)
    return decode(file, *arguments, **options)

PIL.Image.open = open
"""


def seen(home: Path) -> dict[str, int]:
    """Photo -> faces, for every photo that the library takes to be there and readable."""
    query = """SELECT path, (SELECT count(*) FROM faces WHERE faces.content = photos.content) FROM photos
        WHERE NOT vanished AND content IN (SELECT content FROM looks WHERE problem IS NULL)"""
    with closing(sqlite3.connect(home / LIBRARY)) as connection:
        return dict(connection.execute(query))


def figures(out: str) -> dict[str, int]:
    """The summary's lines: what -> how many."""
    return {line[:21].strip(): int(line[21:30].replace(",", "")) for line in out.splitlines()}


def test_every_face_of_an_album_is_found_and_kept(run: Run, album: Album, tmp_path: Path) -> None:
    before = untouched(album.folder)

    done = run("embedder.py", "-src", album.folder, "--embedder", "dlib", "--processes", 2)

    assert done.code == 0, done.err
    assert figures(done.out) == {"photos": 20, "looked at now": 20, "without a face": 2, "unreadable": 0, "faces": 20}
    expected = {
        str(path.relative_to(album.folder)): sum(str(path.relative_to(album.folder)) in p for p in album.truth.values())
        for path in album.folder.rglob("*.*")
    }
    assert seen(tmp_path) == expected
    assert untouched(album.folder) == before


def test_embeddings_pickle_holds_what_the_original_wrote_and_a_little_more(home: Path, album: Album) -> None:
    faces = pickle.loads((home / "embeddings.pickle").read_bytes())

    assert len(faces) == 20
    assert {os.path.relpath(face["path"], home / "Album") for face in faces} == set().union(*album.truth.values())
    for face in faces:
        assert set(face) == {"path", "embedding", "box", "recipe"}
        assert face["embedding"].shape == (128,)
        assert np.linalg.norm(face["embedding"]) == pytest.approx(1, abs=1e-5)
        left, top, right, bottom = face["box"]
        assert left < right
        assert top < bottom
        assert "dlib" in face["recipe"]


def test_known_photos_are_not_looked_at_again_wherever_they_went(run: Run, home: Path) -> None:
    photos = home / "Album"
    (photos / "portraits" / "C").rename(photos / "Eileen")
    (photos / "scenery" / "flower.jpg").rename(photos / "scenery" / "FLOWER (1).JPG")
    (photos / "scenery" / "temple.jpg").touch()
    shutil.copy(photos / "together" / "meeting.jpg", photos / "copy of meeting.jpg")

    done = run("embedder.py", "-src", "Album", "--embedder", "dlib")

    assert figures(done.out) | {"gone since before": 9} == {
        "photos": 21,
        "looked at now": 0,
        "without a face": 2,
        "unreadable": 0,
        "gone since before": 9,
        "faces": 22,
    }
    assert seen(home) == {
        str(path.relative_to(photos)): 0 if path.parent.name == "scenery" else 2 if "meeting" in path.name else 1
        for path in photos.rglob("*.*")
    }


def test_a_changed_photo_is_looked_at_again(run: Run, home: Path) -> None:
    photo = home / "Album" / "scenery" / "temple.jpg"
    photo.write_bytes((home / "Album" / "portraits" / "H" / "original.jpg").read_bytes() + b"\0")

    done = run("embedder.py", "-src", "Album", "--embedder", "dlib")

    assert figures(done.out)["looked at now"] == 1
    assert seen(home)["scenery/temple.jpg"] == 1


def test_a_photo_that_comes_back_is_known(run: Run, home: Path) -> None:
    (home / "Album" / "together").rename(home / "elsewhere")
    assert figures(run("embedder.py", "-src", "Album", "--embedder", "dlib").out)["gone since before"] == 2
    (home / "elsewhere").rename(home / "Album" / "together")

    done = run("embedder.py", "-src", "Album", "--embedder", "dlib")

    assert figures(done.out) == {"photos": 20, "looked at now": 0, "without a face": 2, "unreadable": 0, "faces": 20}


def test_two_copies_of_a_new_photo_are_looked_at_once(run: Run, album: Album, tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        shutil.copy(album.folder / "portraits" / "H" / "original.jpg", tmp_path / name)

    done = run("embedder.py", "-src", ".", "--embedder", "dlib")

    assert figures(done.out)["faces"] == 3
    with closing(sqlite3.connect(tmp_path / LIBRARY)) as connection:
        assert connection.execute("SELECT count(*) FROM faces").fetchone() == (1,)


def test_bad_photos_are_named_with_the_reason_and_stop_nothing(run: Run, album: Album, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    good = album.folder / "portraits" / "H" / "original.jpg"
    shutil.copy(good, photos / "good.jpg")
    (photos / "cut.jpg").write_bytes(good.read_bytes()[:20_000])
    (photos / "empty.png").touch()
    (photos / "letter.jpg").write_text("Dear Grace")
    (photos / "lost.jpg").symlink_to(photos / "nowhere.jpg")
    os.mkfifo(photos / "pipe.jpg")
    (photos / "notes.txt").write_text("not a photo, and not meant to be one")

    done = run("embedder.py", "-src", photos, "--embedder", "dlib")

    assert done.code == 0
    assert figures(done.out)["photos"] == 6
    assert figures(done.out)["faces"] == 1
    reasons = dict(line.split(": ", 1) for line in done.err.splitlines())
    assert set(reasons) == {"cut.jpg", "empty.png", "letter.jpg", "lost.jpg", "pipe.jpg"}
    assert "truncated" in reasons["cut.jpg"]
    assert reasons["empty.png"] == "the file is empty"
    assert reasons["letter.jpg"] == "not an image, whatever its name says"
    assert reasons["lost.jpg"] == "No such file or directory"
    assert reasons["pipe.jpg"] == "not a regular file"
    again = run("embedder.py", "-src", photos, "--embedder", "dlib")
    assert again.err == done.err, "they are named again, from the library"


def test_a_photo_that_kills_its_worker_costs_one_photo(run: Run, album: Album, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    shutil.copytree(album.folder, photos)
    for name in ("poison.jpg", "together/more poison.png"):
        (photos / name).write_bytes(name.encode())
    (tmp_path / "sitecustomize.py").write_text(DECODER_THAT_CRASHES)

    done = run("embedder.py", "-src", photos, "--embedder", "dlib", "--processes", 2, PYTHONPATH=str(tmp_path))

    assert done.code == 0, done.err
    assert figures(done.out) == {"photos": 22, "looked at now": 22, "without a face": 2, "unreadable": 2, "faces": 20}
    assert [line.split(": ")[0] for line in done.err.splitlines()] == ["poison.jpg", "together/more poison.png"]
    again = run("embedder.py", "-src", photos, "--embedder", "dlib", PYTHONPATH=str(tmp_path))
    assert figures(again.out)["looked at now"] == 0, "nobody trips twice"


def test_our_own_output_is_never_taken_for_photos(run: Run, home: Path) -> None:
    assert run("sort_images.py", "-dest", home / "Album" / "Sorted-pictures").code == 0

    done = run("embedder.py", "-src", "Album", "--embedder", "dlib")

    assert figures(done.out)["photos"] == 20


@pytest.mark.parametrize("name", ["Grüße 🎉.jpg", "line\nbreak.jpg", os.fsdecode(b"not utf-8 \xff\xfe.jpg"), "-t.jpg"])
def test_any_name_will_do(run: Run, album: Album, tmp_path: Path, name: str) -> None:
    for folder in ("one", "two"):
        (tmp_path / "photos" / folder).mkdir(parents=True)
    shutil.copy(album.folder / "portraits" / "H" / "original.jpg", tmp_path / "photos" / "one" / name)
    shutil.copy(album.folder / "portraits" / "H" / "tilted.jpg", tmp_path / "photos" / "two" / name)

    assert run("embedder.py", "-src", "photos", "--embedder", "dlib").code == 0
    assert run("sort_images.py").code == 0

    stem, extension = os.path.splitext(name)
    assert sorted(os.listdir(tmp_path / "Sorted-pictures" / "Person 1")) == sorted([name, f"{stem} (2){extension}"])


def test_a_folder_inside_one_that_is_known_adds_nothing_twice(run: Run, home: Path) -> None:
    inner = run("embedder.py", "-src", "Album/portraits", "--embedder", "dlib")
    outer = run("embedder.py", "-src", ".", "--embedder", "dlib")

    assert figures(inner.out)["photos"] == 16
    assert figures(outer.out) == {"photos": 20, "looked at now": 0, "without a face": 2, "unreadable": 0, "faces": 20}
    with closing(sqlite3.connect(home / LIBRARY)) as connection:
        assert connection.execute("SELECT count(*) FROM photos").fetchone() == (20,)


@pytest.mark.parametrize("source", ["missing", "empty", "file"])
def test_nothing_to_look_at_changes_nothing(run: Run, home: Path, source: str) -> None:
    (home / "empty").mkdir()
    (home / "file").write_text("no folder")
    before = seen(home)

    done = run("embedder.py", "-src", source, "--embedder", "dlib")

    assert source in done.complaint
    assert "nothing was changed" in done.complaint
    assert seen(home) == before


def test_an_unmounted_drive_forgets_nothing(run: Run, home: Path) -> None:
    (home / "Album").rename(home / "unmounted")
    (home / "Album").mkdir()

    assert "nothing was changed" in run("embedder.py", "-src", "Album", "--embedder", "dlib").complaint

    assert len(seen(home)) == 20


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"Dear diary, " * 1000, "not a library"), (None, "another program")],
    ids=["text", "database"],
)
def test_a_file_that_is_no_library_is_left_alone(
    run: Run, album: Album, tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "mine.db"
    if content is None:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("CREATE TABLE recipes (cake TEXT)")
    else:
        file.write_bytes(content)
    before = file.read_bytes()

    done = run("embedder.py", "-src", album.folder, "--embedder", "dlib", "--library", file)

    assert words in done.complaint
    assert file.read_bytes() == before


def test_a_second_run_on_the_same_library_says_so(run: Run, home: Path) -> None:
    with Library.opened(home / LIBRARY):
        assert "in use" in run("embedder.py", "-src", "Album", "--embedder", "dlib").complaint
        assert "in use" in run("sort_images.py").complaint
    assert run("sort_images.py").code == 0


@pytest.mark.parametrize(
    "arguments",
    [[], ["-src"], ["-src", ".", "--processes", "0"], ["-src", ".", "--embedder", "eigenfaces"], ["-src", ".", "-x"]],
)
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    done = run("embedder.py", *arguments)

    assert done.code == 2
    assert "usage:" in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--embedder", "facenet", "--model", "missing.npz"], "missing.npz is not a file"),
        (["--embedder", "facenet", "--model", "letter.npz"], "letter.npz does not hold the arrays of FaceNet"),
        (["--model", "letter.npz"], "nor does it fit facenet-2017, dlib"),
    ],
)
def test_weights_that_cannot_be_used(run: Run, album: Album, tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "letter.npz").write_text("not weights")

    done = run("embedder.py", "-src", album.folder, *arguments)

    assert words in done.complaint


def test_other_detectors_on_request(run: Run, home: Path) -> None:
    """Another detector is another recipe: all photos are looked at anew, and the numbers stay with the people."""
    run("sort_images.py", "-dest", "before")

    done = run("embedder.py", "-src", "Album", "--embedder", "dlib", "--detector", "hog", "--upsample", 1)
    run("sort_images.py", "-dest", "after")

    assert figures(done.out)["looked at now"] == 20
    before, after = folders(home / "before"), folders(home / "after")
    assert before["Person 1"] <= after["Person 1"]
    assert before["Person 2"] <= after["Person 2"]


def test_upsampling_is_for_hog(run: Run) -> None:
    assert run("embedder.py", "-src", ".", "--detector", "whole", "--upsample", 1).code == 2


@pytest.mark.parametrize("detector", ["mtcnn", "cnn"])
def test_the_album_is_sorted_alike_by_other_detectors(run: Run, album: Album, tmp_path: Path, detector: str) -> None:
    done = run("embedder.py", "-src", album.folder, "--embedder", "dlib", "--detector", detector)
    assert done.code == 0, done.err
    assert run("sort_images.py").code == 0

    found = [copies for name, copies in folders(tmp_path / "Sorted-pictures").items() if name != "Others"]
    for person in ("Collins", "Hopper"):
        theirs = {os.path.basename(photo) for photo in album.truth[person]}
        assert any(len(copies & theirs) >= 9 and not copies - theirs for copies in found), (person, found)
