"""python -m sortbyface evaluate groups, from the photos to the figures."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from sortbyface.commands import evaluate, terminal
from sortbyface.faces.face import Box
from sortbyface.jobs import EMBEDDINGS
from sortbyface.jobs.evaluate_groups import evaluate_groups
from sortbyface.jobs.look import look_at_photos
from sortbyface.library import Library
from tests.conftest import Album, tree, untouched

Measure = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def people(album: Album, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine photos of Collins, with Hopper beside her in one, eight of Hopper, and Temple, who is not to be seen."""
    folder = tmp_path_factory.mktemp("people") / "People"
    for name in ("Collins", "Hopper"):
        shutil.copytree(album.folder / "portraits" / name[0], folder / name)
    both = Image.open(album.folder / "together" / "meeting.jpg")
    collins_in_the_middle = Image.new("RGB", (both.width * 3 // 2, both.height), "gray")
    collins_in_the_middle.paste(both, (both.width // 2, 0))
    collins_in_the_middle.save(folder / "Collins" / "meeting.jpg")
    (folder / "Temple").mkdir()
    shutil.copy(album.folder / "scenery" / "temple.jpg", folder / "Temple")
    return folder


@pytest.fixture(scope="module")
def looked(people: Path, album_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that has looked at these photos and at the album's. Read only."""
    folder = tmp_path_factory.mktemp("looked")
    shutil.copy(album_library, folder / "looked.sqlite")
    look_at_photos(
        people, library=folder / "looked.sqlite", embeddings=folder / EMBEDDINGS, embedder="dlib", processes=1
    )
    return folder / "looked.sqlite"


@pytest.fixture
def library(looked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(looked, tmp_path / "kept.sqlite"))


@pytest.fixture
def measure(library: Path, capsys: pytest.CaptureFixture[str]) -> Measure:
    """The figures that the command prints for programs."""

    def run(*arguments: object, seeds: int = 2) -> dict[str, Any]:
        options = ["--library", str(library), "--embedder", "dlib", "--processes", "1", "--seeds", str(seeds), "--json"]
        evaluate.main(["groups", *map(str, arguments), *options])
        figures: dict[str, Any] = json.loads(capsys.readouterr().out)
        return figures

    return run


def means(scores: dict[str, dict[str, Any]]) -> dict[str, float]:
    return {name: score["mean"] for name, score in scores.items()}


def boxes(library: Path, people: Path) -> dict[str, list[Box]]:
    """Photo, below the folder -> the faces that were found in it, from the left."""
    with Library.opened(library) as opened:
        assert opened.recipe is not None
        found: dict[str, list[Box]] = {}
        for path, box, _ in opened.faces.of_files(opened.recipe):
            if Path(path).is_relative_to(people):
                found.setdefault(str(Path(path).relative_to(people)), []).append(box)
    return found


def test_the_table(
    people: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = untouched(people)

    evaluate.main(["groups", str(people), "--library", str(library), "--embedder", "dlib", "-t", "0.951"])

    captured = capsys.readouterr()
    lines = [" ".join(line.split()) for line in captured.out.splitlines()]
    assert "photos 18 0 looked at now" in [line.partition(",")[0] for line in lines]
    assert "labels 18 of 3 people" in lines
    assert "without a face 1" in lines
    assert "faces 18 chinese-whispers at 0.951, seeds 0 to 4" in lines
    assert "pairwise F 0.9481 ± 0.0000 0.8828 ± 0.0000 1.0000 ± 0.0000" in lines
    assert "BCubed F – 0.9006 ± 0.0000 1.0000 ± 0.0000" in lines
    assert "groups 2 ± 0 2 ± 0 3 ± 0" in lines
    assert "judged 18 18 18" in lines
    assert "coverage 94.44% of the labels have a face" in lines
    assert "same-photo pairs 0 in one group, with all seeds together" in lines
    assert [line[0] for line in captured.out.splitlines() if line[1:3] == "  " and line[0] in "ABC"] == ["A", "B", "C"]
    assert captured.err == ""
    assert untouched(people) == before
    assert {path.split(".")[0] for path in tree(tmp_path)} == {"kept"}, "no figures were asked for"


def test_three_protocols_of_the_same_groups(people: Path, measure: Measure) -> None:
    """The bystander is grouped with Hopper, and filed under Collins.

    A: 9 files of Collins, 10 faces in groups of 9 and 1: false negatives are 9 (9 - 9 - 0) + 1 (9 - 1 - 9) = -1.
    """
    figures = measure(people)

    original, all_faces, headline = (figures["protocols"][letter] for letter in "ABC")
    right, together, belong = 36 + 28, 36 + 36, 45 + 28
    assert means(original["pairwise"])["precision"] == pytest.approx(right / together)
    assert means(original["pairwise"])["recall"] == pytest.approx(right / (right - 1))
    assert original["bcubed"] is None
    assert means(all_faces["pairwise"])["precision"] == pytest.approx(right / together)
    assert means(all_faces["pairwise"])["recall"] == pytest.approx(right / belong)
    assert means(all_faces["bcubed"])["precision"] == pytest.approx((9 + 8 * 8 / 9 + 1 / 9) / 18)
    assert means(all_faces["bcubed"])["recall"] == pytest.approx((9 * 9 / 10 + 1 / 10 + 8) / 18)
    assert means(headline["pairwise"]) == means(headline["bcubed"]) == {"precision": 1, "recall": 1, "f": 1}
    assert [protocol["groups"]["mean"] for protocol in (original, all_faces, headline)] == [2, 2, 3]
    assert (figures["labels"], figures["people"], figures["faces"]) == (18, 3, 18)
    assert [label["person"] for label in figures["labels_without_face"]] == ["Temple"]
    assert figures["coverage"]["with_face"] == figures["coverage"]["in_groups_of_two_or_more"]["mean"] == 17 / 18
    assert figures["same_photo_violations"] == {"mean": 0, "deviation": 0, "values": [0, 0]}


def test_only_photos_of_the_folder_are_grouped(people: Path, library: Path, measure: Measure) -> None:
    """The library knows the album, too, whose photos of both would be groups with others."""
    with Library.opened(library) as opened:
        assert opened.recipe is not None
        known = len(opened.faces.of(opened.recipe).vectors)

    assert measure(people)["faces"] == 18 < known


def test_nothing_is_kept_unless_a_library_is_named(
    people: Path, tmp_path: Path, measure: Measure, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(people, tmp_path / "Few", ignore=shutil.ignore_patterns("*.png", "*.webp", "dark*", "IMG*"))
    before = set(tree(tmp_path))

    evaluate.main(["groups", str(tmp_path / "Few"), "--embedder", "dlib", "--processes", "1", "--json"])
    fresh = json.loads(capsys.readouterr().out)
    assert set(tree(tmp_path)) == before
    kept = measure(tmp_path / "Few", seeds=5)

    assert (fresh.pop("looked_at_now"), kept.pop("looked_at_now")) == (10, 0)
    assert {**fresh, "seconds": None} == {**kept, "seconds": None}


def test_seeds_go_on_from_the_first(people: Path, measure: Measure) -> None:
    assert measure(people, "--seed", 7, seeds=3)["seeds"] == [7, 8, 9]
    alone = measure(people, seeds=1)
    assert (alone["seeds"], alone["protocols"]["C"]["pairwise"]["f"]["deviation"]) == ([0], None)


def test_the_knobs_reach_the_grouping(people: Path, measure: Measure) -> None:
    """Above a cosine of 0.9999 everybody is alone; above -1 without knowing of photos, all are one."""
    strict = measure(people, "-t", 0.9999)
    assert strict["protocols"]["C"]["groups"]["mean"] > 3
    assert means(strict["protocols"]["C"]["pairwise"])["recall"] < 1
    assert strict["coverage"]["in_groups_of_two_or_more"]["mean"] < 17 / 18

    loose = measure(people, "-t", -1, "--weights", "plain")
    assert (loose["weights"], loose["threshold"], loose["protocols"]["C"]["groups"]["mean"]) == ("plain", -1, 2)
    assert loose["same_photo_violations"]["mean"] == 1, "Collins and Hopper in the meeting"


def test_a_table_instead_of_folders(people: Path, library: Path, tmp_path: Path, measure: Measure) -> None:
    """With both faces of the meeting marked, the bystander is somebody, and all protocols have the same items."""
    found = boxes(library, people)
    with (tmp_path / "labels.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["path", "person", "x", "y", "w", "h"])
        for path in found:
            if path != str(Path("Collins", "meeting.jpg")):
                table.writerow([path, Path(path).parts[0], "", "", "", ""])
        for person, box in zip(("Collins", "Hopper"), found[str(Path("Collins", "meeting.jpg"))], strict=True):
            width, height = box.right - box.left, box.bottom - box.top
            table.writerow(["Collins/meeting.jpg", person, box.left + width / 9, box.top - height / 9, width, height])

    figures = measure(people, "--labels", tmp_path / "labels.csv")

    assert (figures["photos"], figures["labels"], figures["people"]) == (17, 18, 2)
    for letter in "ABC":
        assert figures["protocols"][letter]["items"] == 18
        assert means(figures["protocols"][letter]["pairwise"]) == {"precision": 1, "recall": 1, "f": 1}


def test_figures_and_the_thresholds_behind_them(people: Path, tmp_path: Path, measure: Measure) -> None:
    figures = measure(people, "--figures", tmp_path / "new" / "Figures")

    files = tree(tmp_path / "new" / "Figures")
    assert set(files) == {f"{name}.{form}" for name in ("thresholds", "group-sizes") for form in ("png", "svg")}
    thresholds = [point["threshold"] for point in figures["sweep"]]
    assert len(thresholds) == 13
    assert thresholds == sorted(thresholds)
    assert figures["threshold"] == thresholds[6], "the chosen one is in the middle"
    chosen = figures["sweep"][6]["C"]["pairwise"]
    assert means(chosen) == means(figures["protocols"]["C"]["pairwise"])
    groups = [point["C"]["groups"]["mean"] for point in figures["sweep"]]
    assert groups[0] <= groups[6] <= groups[-1]


def test_what_tells_nothing_is_named(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(people, tmp_path / "People", ignore=lambda where, names: names[3:] if where != str(people) else [])
    (tmp_path / "People" / "Hopper" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    shutil.copy(people / "Hopper" / "dark.jpg", tmp_path / "People" / "stray.jpg")

    evaluate.main(["groups", str(tmp_path / "People"), "--embedder", "dlib", "--processes", "1", "--seeds", "1"])

    captured = capsys.readouterr()
    stray, broken = captured.err.splitlines()
    assert stray == "stray.jpg: left out: it is not directly in the folder of a person"
    assert broken.startswith(f"{Path('Hopper', 'broken.jpg')}: ")
    assert "  without a face         2\n" in captured.out, "the broken one, and Temple's"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["Missing"], "Missing: No such file"),
        (["Empty"], "Empty holds no photos"),
        (["Nobody"], "Nobody: no face was found in any of its 1 photos; "),
        (["Broken"], "Broken: no face was found in any of its 1 photos (1 could not be read: "),
        (["Nobody/Temple"], "none of its 1 photos is in a folder of a person"),
        (["Nobody", "--labels", "none.csv"], "none.csv: No such file"),
        (["Nobody", "--labels", "broken.csv"], "broken.csv, line 2: "),
        (["Nobody", "--labels", "wrong.csv"], "1 of the 1 photos in wrong.csv are missing: Ada/1.jpg; "),
        (["Nobody", "--figures", "broken.csv"], "broken.csv cannot be made: File exists"),
        (["Nobody", "--library", "broken.csv"], "broken.csv is not a library"),
    ],
)
def test_what_cannot_be_measured_is_said_in_a_line(
    people: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    complaint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Empty").mkdir()
    shutil.copytree(people / "Temple", tmp_path / "Nobody" / "Temple")
    (tmp_path / "Broken" / "Ada").mkdir(parents=True)
    (tmp_path / "Broken" / "Ada" / "1.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    (tmp_path / "broken.csv").write_text("path,person,x\nTemple/temple.jpg,Temple,1\n")
    (tmp_path / "wrong.csv").write_text("path,person\nAda/1.jpg,Ada\n")

    with pytest.raises(SystemExit) as ended:
        terminal.run(evaluate.main, ["groups", *arguments, "--embedder", "dlib", "--processes", "1"])

    captured = capsys.readouterr()
    assert (ended.value.code, captured.out) == (terminal.COULD_NOT, "")
    assert complaint in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("kept", [True, False])
def test_stopped_while_faces_are_grouped(people: Path, library: Path, kept: bool) -> None:
    """The message does not claim that anything is kept where nothing is."""

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        evaluate_groups(people, library=library if kept else None, embedder="dlib", processes=1, grouped=stop)

    assert ("nothing is kept" in str(stopped.value)) == (not kept)


@pytest.mark.parametrize(
    "wrong", [["groups"], ["groups", "DIR", "--seeds", "0"], ["groups", "DIR", "--algorithm", "guess"]]
)
def test_wrong_usage(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        terminal.run(evaluate.main, wrong)

    assert ended.value.code == terminal.WRONG_USAGE
    assert "usage: " in capsys.readouterr().err


def test_a_few_people(shared: Path, measure: Measure) -> None:
    """25 photos of six people; two photos of two people each do not tell whose face is whose."""
    folder = shared / "data" / "few-people"

    figures = measure(folder, "--labels", folder / "labels.csv")

    assert (figures["photos"], figures["people"], figures["labels_without_face"]) == (25, 6, [])
    assert {Path(left_out["path"]).name for left_out in figures["left_out"]} == {
        "kit_with_rose.jpg",
        "obama_and_biden.jpg",
        "two_people.jpg",
    }
    assert means(figures["protocols"]["C"]["pairwise"])["precision"] == 1
    assert means(figures["protocols"]["C"]["pairwise"])["f"] > 0.9
    assert means(figures["protocols"]["C"]["bcubed"])["f"] > 0.9
