"""Pairs as LFW writes them, and the pictures that they name."""

from collections import Counter
from pathlib import Path

import pytest

from sortbyface.errors import PairsUnusable
from sortbyface.evaluation.pairs import Pair, find_pictures, read_pairs

TWO_FOLDS = ["2\t1", "Ada\t1\t2", "Ada\t1\tBob\t12", "Bob\t3\t4", "Cy Young\t1\tAda\t2"]


def written(folder: Path, lines: list[str], end: str = "\n") -> Path:
    path = folder / "pairs.txt"
    path.write_bytes(end.join([*lines, ""]).encode())
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"], ids=["Unix", "Windows", "blank line at the end"])
def test_pairs_of_two_folds(tmp_path: Path, end: str) -> None:
    path = written(tmp_path, TWO_FOLDS, end) if end != "\n\n" else written(tmp_path, [*TWO_FOLDS, ""])

    assert read_pairs(path) == [
        Pair("Ada/Ada_0001", "Ada/Ada_0002", True, 0),
        Pair("Ada/Ada_0001", "Bob/Bob_0012", False, 0),
        Pair("Bob/Bob_0003", "Bob/Bob_0004", True, 1),
        Pair("Cy Young/Cy Young_0001", "Ada/Ada_0002", False, 1),
    ]


def test_the_form_of_the_development_set_is_one_fold(tmp_path: Path) -> None:
    pairs = read_pairs(written(tmp_path, ["2", "Ada\t1\t2", "Bob\t3\t4", "Ada\t1\tBob\t1", "Ada\t2\tBob\t1"]))

    assert [(pair.same, pair.fold) for pair in pairs] == [(True, 0), (True, 0), (False, 0), (False, 0)]


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([], "line 1: not the number of folds"),
        (["<html>"], "line 1: not the number of folds"),
        (["0\t300"], "line 1: not the number of folds"),
        (["1\t2\t3"], "line 1: not the number of folds"),
        (TWO_FOLDS[:4], "line 4: the file ends here; by its first line there are 4 pairs, but 3 follow"),
        ([*TWO_FOLDS, "Ada\t1\t2"], "line 6: the file ends here; by its first line there are 4 pairs, but 5 follow"),
        (["1\t1", "Ada\t1\t2", "Ada\t1\t3"], "line 3: expected a name, a number, another name and its number"),
        (["1\t1", "Ada\t1\tBob\t2", "Ada\t1\tBob\t3"], "line 2: expected a name and two numbers"),
        (["1\t1", "Ada 1 2", "Ada\t1\tBob\t3"], "line 2: expected a name and two numbers, parted by tabs"),
        (["1\t1", "Ada\t1\tx", "Ada\t1\tBob\t3"], r"line 2: .*'Ada\\t1\\tx'"),
        (["1\t1", "Ada\t0\t1", "Ada\t1\tBob\t3"], "line 2: expected"),
        (["1\t1", "", "Ada\t1\tBob\t3"], "line 2: expected"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, lines: list[str], complaint: str) -> None:
    path = written(tmp_path, lines)

    with pytest.raises(PairsUnusable, match=rf"pairs\.txt, {complaint}"):
        read_pairs(path)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")

    for name, complaint in (("photo.jpg", "not a text file"), ("none.txt", "No such file"), (".", "directory|denied")):
        with pytest.raises(PairsUnusable, match=complaint):
            read_pairs(tmp_path / name)


def test_pictures_are_found_whatever_their_extension(tmp_path: Path) -> None:
    for name in ("Ada/Ada_0001.jpg", "Ada/Ada_0001.txt", "Ada/Ada_0002.PNG", "Bob/Bob_0012.webp", "Bob/Bob_0012.tif"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    pairs = [Pair("Ada/Ada_0001", "Bob/Bob_0012", False, 0), Pair("Ada/Ada_0001", "Ada/Ada_0002", True, 0)]

    assert find_pictures(tmp_path, pairs) == {
        "Ada/Ada_0001": "Ada/Ada_0001.jpg",
        "Ada/Ada_0002": "Ada/Ada_0002.PNG",
        "Bob/Bob_0012": "Bob/Bob_0012.tif",
    }


def test_missing_pictures_are_named_and_counted(tmp_path: Path) -> None:
    (tmp_path / "Ada").mkdir()
    (tmp_path / "Ada" / "Ada_0001.jpg").touch()
    pairs = [Pair("Ada/Ada_0001", f"Bob/Bob_{number:04d}", False, 0) for number in range(1, 6)]

    with pytest.raises(
        PairsUnusable, match="5 of the 6 pictures are missing: Bob/Bob_0001, Bob/Bob_0002, Bob/Bob_0003, …"
    ):
        find_pictures(tmp_path, pairs)
    with pytest.raises(PairsUnusable, match="1 of the 2 pictures are missing: Bob/Bob_0001; is it"):
        find_pictures(tmp_path, pairs[:1])


@pytest.mark.parametrize(
    ("name", "folds", "pictures"), [("pairs", 10, 7701), ("pairsDevTest", 1, 1549), ("pairsDevTrain", 1, 3443)]
)
def test_the_real_files(shared: Path, name: str, folds: int, pictures: int) -> None:
    pairs = read_pairs(shared / "data" / "lfw-protocol" / f"{name}.txt")

    kinds = Counter((pair.fold, pair.same) for pair in pairs)
    assert len(kinds) == folds * 2
    assert len(set(kinds.values())) == 1, "as many pairs of each kind in each fold"
    assert all((pair.first.split("/")[0] == pair.second.split("/")[0]) == pair.same for pair in pairs)
    assert len(find_pictures(shared / "data" / "lfw", pairs)) == pictures
