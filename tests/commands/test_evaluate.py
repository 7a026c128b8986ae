"""python -m sortbyface evaluate, from the pictures to the figures."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from sortbyface.commands import evaluate, terminal
from sortbyface.jobs.evaluate import evaluate_pairs
from sortbyface.jobs.look import look_at_photos
from sortbyface.library import Library
from sortbyface.pipeline.run import Progress
from tests.conftest import Album, tree, untouched

Measure = Callable[..., dict[str, Any]]

PORTRAITS = ["original.jpg", "closer.png", "sideways.jpg", "dark.jpg", "bright.webp", "tilted.jpg"]


@pytest.fixture(scope="module")
def people(album: Album, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collins 1 to 7 and Hopper 1 to 6, as LFW would file them; Temple 1 shows nobody. Read only."""
    folder = tmp_path_factory.mktemp("people")
    for name in ("Collins", "Hopper"):
        (folder / name).mkdir()
        for number, portrait in enumerate(PORTRAITS, 1):
            source = album.folder / "portraits" / name[0] / portrait
            shutil.copy(source, folder / name / f"{name}_{number:04d}{source.suffix}")
    both = Image.open(album.folder / "together" / "meeting.jpg")
    collins_in_the_middle = Image.new("RGB", (both.width * 3 // 2, both.height), "gray")
    collins_in_the_middle.paste(both, (both.width // 2, 0))
    collins_in_the_middle.save(folder / "Collins" / "Collins_0007.jpg")
    (folder / "Temple").mkdir()
    shutil.copy(album.folder / "scenery" / "temple.jpg", folder / "Temple" / "Temple_0001.jpg")
    return folder


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """Two folds with two pairs of each kind; Temple's is the only one that shows no face."""
    lines = ["2\t2", "Collins\t1\t2", "Hopper\t1\t2", "Collins\t1\tHopper\t3", "Collins\t4\tHopper\t4"]
    lines += ["Collins\t7\t6", "Hopper\t5\t6", "Collins\t7\tHopper\t6", "Collins\t5\tTemple\t1"]
    (tmp_path / "pairs.txt").write_text("\n".join(lines) + "\n")
    return tmp_path / "pairs.txt"


@pytest.fixture
def measure(capsys: pytest.CaptureFixture[str]) -> Measure:
    """The figures that the command prints for programs."""

    def run(*arguments: object) -> dict[str, Any]:
        command = ["lfw-pairs", *map(str, arguments), "--embedder", "dlib", "--json"]
        evaluate.main(command)
        figures: dict[str, Any] = json.loads(capsys.readouterr().out)
        return figures

    return run


@pytest.fixture
def library(people: Path, pairs: Path, tmp_path: Path) -> Path:
    """One that has looked at the pictures of the pairs."""
    library = tmp_path / "kept.sqlite"
    evaluate_pairs(people, pairs, library=library, embedder="dlib", processes=1)
    return library


def test_everyone_is_told_apart_and_the_missing_face_is_an_error(
    people: Path, pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = untouched(people)

    evaluate.main(["lfw-pairs", str(people), str(pairs), "--embedder", "dlib", "--processes", "1", "--errors", "3"])

    out = capsys.readouterr().out
    assert "pictures                13   13 looked at now" in out
    assert out.count("without a face         1") == 2, "one picture, one pair"
    assert "misjudged              1" in out
    assert "accuracy                            87.50% ± 12.50% (standard error; standard deviation 17.68%)" in out
    assert "no face  two people   Collins/Collins_0005  Temple/Temple_0001\nno face  Temple/Temple_0001.jpg\n" in out
    assert untouched(people) == before
    assert set(tree(tmp_path)) == {"pairs.txt"}, "no library was asked for"


def test_a_kept_library_saves_the_looks_and_changes_no_figure(
    people: Path, pairs: Path, library: Path, measure: Measure
) -> None:
    again = measure(people, pairs, "--library", library)
    fresh = measure(people, pairs, "--processes", 1)

    assert (again.pop("looked_at_now"), fresh.pop("looked_at_now")) == (0, 13)
    assert {**again, "seconds": None} == {**fresh, "seconds": None}
    assert again["accuracy"] == 0.875
    assert [fold["accuracy"] for fold in again["folds"]] == [1, 0.75]
    assert again["area_under_roc"] == 1
    assert again["true_accepts_at_false_accepts"] == {"0.001": 1, "0.01": 1}


def test_the_face_in_the_middle_is_meant(people: Path, pairs: Path, library: Path, measure: Measure) -> None:
    """In Collins 7, Hopper stands beside her: by the name of the picture, she is the one."""
    with Library.opened(library) as opened:
        assert opened.recipe is not None
        faces_of = {
            outcome.path: outcome.faces
            for outcome in opened.photos.outcomes(*opened.photos.root_of(people), opened.recipe)
        }
    assert faces_of[str(Path("Collins", "Collins_0007.jpg"))] == 2

    errors = measure(people, pairs, "--library", library, "--errors", 9)["errors"]
    assert not [error for error in errors if "Collins/Collins_0007" in (error["first"], error["second"])]


def test_only_pictures_of_the_pairs_are_looked_at(people: Path, pairs: Path, tmp_path: Path, measure: Measure) -> None:
    """A library that knows the others keeps them: they are not taken for gone."""
    library = tmp_path / "all.sqlite"
    look_at_photos(people, library=library, embeddings=tmp_path / "all.pickle", embedder="dlib", processes=1)
    pairs.write_text("1\nCollins\t1\t2\nCollins\t1\tHopper\t1\n")

    known = measure(people, pairs, "--library", library)
    fresh = measure(people, pairs, "--processes", 1)

    assert (known["looked_at_now"], fresh["looked_at_now"], fresh["pictures"]) == (0, 3, 3)
    assert (fresh["accuracy"], fresh["standard_error"], fresh["standard_deviation"]) == (1, None, None)
    with Library.opened(library) as opened:
        assert opened.recipe is not None
        assert len(opened.photos.outcomes(*opened.photos.root_of(people), opened.recipe)) == 14


def test_a_picture_that_cannot_be_read_is_named(
    people: Path, pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(people, tmp_path / "people")
    (tmp_path / "people" / "Hopper" / "Hopper_0001.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")

    evaluate.main(["lfw-pairs", str(tmp_path / "people"), str(pairs), "--embedder", "dlib", "--processes", "1"])

    captured = capsys.readouterr()
    assert captured.err.startswith(f"{Path('Hopper', 'Hopper_0001.jpg')}: ")
    assert "pictures                13" in captured.out
    assert "without a face         2" in captured.out


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda folder: (folder / "people" / "Hopper" / "Hopper_0002.png").unlink(),
            "1 of the 13 pictures are missing",
        ),
        (lambda folder: shutil.rmtree(folder / "people"), "13 of the 13 pictures are missing"),
        (lambda folder: (folder / "pairs.txt").write_text("2\t2\nCollins\t1\t2\n"), "pairs.txt, line 2: the file ends"),
        (lambda folder: (folder / "pairs.txt").unlink(), "pairs.txt: No such file"),
    ],
)
def test_what_is_missing_is_said_in_a_line(
    people: Path,
    pairs: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Path], object],
    complaint: str,
) -> None:
    shutil.copytree(people, tmp_path / "people")
    change(tmp_path)

    with pytest.raises(SystemExit) as ended:
        terminal.run(evaluate.main, ["lfw-pairs", str(tmp_path / "people"), str(pairs), "--embedder", "dlib"])

    captured = capsys.readouterr()
    assert (ended.value.code, captured.out) == (terminal.COULD_NOT, "")
    assert complaint in captured.err
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize(
    "wrong", [[], ["lfw-pairs"], ["lfw-pairs", "DIR"], ["lfw-pairs", "DIR", "PAIRS", "--errors", "0"]]
)
def test_wrong_usage(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        terminal.run(evaluate.main, wrong)

    assert ended.value.code == terminal.WRONG_USAGE
    assert "usage: " in capsys.readouterr().err


@pytest.mark.parametrize("kept", [True, False])
def test_stopped_in_the_middle(people: Path, pairs: Path, tmp_path: Path, kept: bool) -> None:
    """What a library was given for is kept, and otherwise the message does not claim it."""

    def stop(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    library = tmp_path / "kept.sqlite" if kept else None
    with pytest.raises(KeyboardInterrupt) as stopped:
        evaluate_pairs(people, pairs, library=library, embedder="dlib", processes=1, progress=stop)

    assert ("nothing is kept" in str(stopped.value)) == (not kept)
    if kept:
        outcome = evaluate_pairs(people, pairs, library=library, embedder="dlib", processes=1)
        assert 0 < outcome.looked_at < outcome.pictures


def test_pairs_of_lfw(shared: Path, tmp_path: Path, measure: Measure) -> None:
    """The first eight pairs of each kind of two folds."""
    lines = (shared / "data" / "lfw-protocol" / "pairs.txt").read_text().splitlines()
    starts = [1, 301, 601, 901]
    (tmp_path / "some.txt").write_text("\n".join(["2\t8", *(line for s in starts for line in lines[s : s + 8])]))

    figures = measure(shared / "data" / "lfw", tmp_path / "some.txt")

    assert (figures["pairs"], figures["pairs_without_face"]) == (32, 0)
    assert figures["looked_at_now"] == figures["pictures"] > 40
    assert figures["accuracy"] >= 30 / 32
    assert figures["area_under_roc"] > 0.98
