"""Who is in which photo, as folders or a table say it."""

import os
from collections import Counter
from pathlib import Path

import pytest

from sortbyface.errors import LabelsUnusable, SourceEmpty
from sortbyface.evaluation.labels import Label, labels_of_folders, read_labels
from sortbyface.faces.face import Box


def touch(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()


def written(folder: Path, text: str) -> Path:
    (folder / "labels.csv").write_text(text, "utf-8")
    return folder / "labels.csv"


# --- folders --------------------------------------------------------------------------------------------------------


def test_a_folder_is_a_person(tmp_path: Path) -> None:
    touch(
        tmp_path, "Ada Lovelace/1.jpg", "Ada Lovelace/2.PNG", "Ada Lovelace/notes.txt", "Børge/1.heic", ".trash/1.jpg"
    )

    truth = labels_of_folders(tmp_path)

    ada, her = "Ada Lovelace", Path("Ada Lovelace")
    assert truth.labels == [
        Label(str(her / "1.jpg"), ada),
        Label(str(her / "2.PNG"), ada),
        Label(str(Path("Børge", "1.heic")), "Børge"),
    ]
    assert truth.left_out == []


def test_photos_beside_the_folders_and_deeper_in_them_are_named(tmp_path: Path) -> None:
    touch(tmp_path, "Ada/1.jpg", "stray.jpg", "Ada/holiday/2.jpg")

    truth = labels_of_folders(tmp_path)

    assert [label.path for label in truth.labels] == [str(Path("Ada", "1.jpg"))]
    assert [path for path, _ in truth.left_out] == ["stray.jpg", str(Path("Ada", "holiday", "2.jpg"))]
    assert all("not directly in the folder of a person" in reason for _, reason in truth.left_out)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list any folder")
def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "Ada/1.jpg", "Bob/1.jpg")
    (tmp_path / "Bob").chmod(0)
    try:
        assert labels_of_folders(tmp_path).left_out == [("Bob", "the folder cannot be listed: Permission denied")]
    finally:
        (tmp_path / "Bob").chmod(0o700)


def test_no_photos_at_all(tmp_path: Path) -> None:
    touch(tmp_path, "Ada/notes.txt")

    with pytest.raises(SourceEmpty, match="holds no photos"):
        labels_of_folders(tmp_path)
    with pytest.raises(SourceEmpty, match="missing: No such file"):
        labels_of_folders(tmp_path / "missing")


def test_photos_without_people(tmp_path: Path) -> None:
    touch(tmp_path, "1.jpg", "2.jpg")

    with pytest.raises(LabelsUnusable, match=r"none of its 2 photos is in a folder of a person.*--labels"):
        labels_of_folders(tmp_path)


# --- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "as Excel writes it"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_of_paths_and_people(tmp_path: Path, start: str, end: str) -> None:
    touch(tmp_path, "a.jpg", "b/c, d.jpg", "e.jpg")
    lines = [f"{start}person,path,note", "Ada,./a.jpg,seen", "", ' Børge ,"b/c, d.jpg",', ",e.jpg,", "Ada,a.jpg,again"]

    truth = read_labels(written(tmp_path, end.join(lines)), tmp_path)

    assert truth.labels == [Label("a.jpg", "Ada"), Label(str(Path("b", "c, d.jpg")), "Børge")]
    assert truth.left_out == [("e.jpg", "left out: the labels name nobody in it")]


def test_a_table_with_boxes(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", "b.jpg")
    lines = ["path,person,x,y,w,h", "a.jpg,Ada,10,20,30,40", "a.jpg,Bob,-5,0.5,1e1,10", "b.jpg,Ada,,,,"]

    truth = read_labels(written(tmp_path, "\n".join(lines)), tmp_path)

    assert truth.labels == [
        Label("a.jpg", "Ada", Box(10, 20, 40, 60)),
        Label("a.jpg", "Bob", Box(-5, 0.5, 5, 10.5)),
        Label("b.jpg", "Ada"),
    ]


def test_of_several_people_without_boxes_nobody_knows_whose_face_is_whose(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", "b.jpg")
    lines = ["path,person,x,y,w,h", "a.jpg,Ada,,,,", "a.jpg,Bob,1,1,9,9", "b.jpg,Ada,,,,"]

    truth = read_labels(written(tmp_path, "\n".join(lines)), tmp_path)

    assert [(label.path, label.person) for label in truth.labels] == [("a.jpg", "Bob"), ("b.jpg", "Ada")]
    ((path, reason),) = truth.left_out
    assert (path, reason.split(" ")[0]) == ("a.jpg", "Ada")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "labels.csv, line 1: expected the names of the columns"),
        ("a.jpg,Ada\n", "line 1: expected the names of the columns"),
        ("path;person\na.jpg;Ada\n", "line 1: expected the names of the columns"),
        ("path,person\n", "names nobody"),
        ("path,person\na.jpg,\n", "names nobody"),
        ("path,person\na.jpg,Ada\na.jpg\n", "line 3: expected a path and a person"),
        ("path,person\n,Ada\n", "line 2: expected a path and a person"),
        ("path,person\n../a.jpg,Ada\n", "line 2: ../a.jpg is not below the folder"),
        ("path,person\nb/../../a.jpg,Ada\n", "line 2: b/../../a.jpg is not below the folder"),
        (f"path,person\n{os.path.abspath(os.sep)}a.jpg,Ada\n", "line 2: .*a.jpg is not below the folder"),
        ("path,person,x,y,w,h\na.jpg,Ada,1,2,3\n", "line 2: x,y,w,h must be four numbers.*not '1,2,3,'"),
        ("path,person,x\na.jpg,Ada,1\n", "line 2: x,y,w,h must be four numbers"),
        ("path,person,x,y,w,h\na.jpg,Ada,1,2,3,high\n", "line 2: .*'1,2,3,high'"),
        ("path,person,x,y,w,h\na.jpg,Ada,1,2,0,4\n", "line 2: .*w and h above 0"),
        ("path,person,x,y,w,h\na.jpg,Ada,nan,2,3,4\n", "line 2: .*'nan,2,3,4'"),
        ("path,person,x,y,w,h\na.jpg,Ada,1,2,3,inf\n", "line 2: .*'1,2,3,inf'"),
        ("path,person\n" + "a" * 200_000 + ",Ada\n", "not a table in CSV"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    touch(tmp_path, "a.jpg")

    with pytest.raises(LabelsUnusable, match=complaint):
        read_labels(written(tmp_path, text), tmp_path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")

    for name, complaint in (("photo.jpg", "not a text file"), ("none.csv", "No such file"), (".", "directory|denied")):
        with pytest.raises(LabelsUnusable, match=complaint):
            read_labels(tmp_path / name, tmp_path)


def test_missing_photos_are_named_and_counted(tmp_path: Path) -> None:
    touch(tmp_path, "0.jpg")
    table = written(tmp_path, "path,person\n" + "".join(f"{number}.jpg,Ada\n" for number in range(6)))

    with pytest.raises(LabelsUnusable, match=r"5 of the 6 photos .* are missing: 1\.jpg, 2\.jpg, 3\.jpg, …; is it"):
        read_labels(table, tmp_path)


@pytest.mark.parametrize(
    ("collection", "photos", "people", "labels", "left_out"),
    [
        ("soccer-129", 129, 5, 129, 0),
        ("lfw-group-photos", 816, 744, 1679, 0),
        ("dlib-faces", 55, 5, 55, 0),
        ("few-people", 25, 6, 25, 5),  # two photos of two people each, and one of nobody who is named
    ],
)
def test_real_tables(shared: Path, collection: str, photos: int, people: int, labels: int, left_out: int) -> None:
    folder = shared / "data" / collection

    truth = read_labels(folder / "labels.csv", folder)

    counts = Counter(label.path for label in truth.labels)
    assert (len(counts), len({label.person for label in truth.labels})) == (photos, people)
    assert (len(truth.labels), len(truth.left_out)) == (labels, left_out)
