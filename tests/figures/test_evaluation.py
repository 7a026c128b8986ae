"""The figures of an evaluation: what is drawn, and that it arrives whole."""

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sortbyface.errors import DestinationUnusable
from sortbyface.evaluation import Scores
from sortbyface.evaluation.protocols import Judgement
from sortbyface.figures.evaluation import draw_group_sizes, draw_thresholds, make_folder, save_both

POINTS = [
    (0.6, Judgement(9, 3, Scores(0.5, 1.0), Scores(0.6, 0.95))),
    (0.7, Judgement(9, 4, Scores(0.9, 0.9), Scores(0.8, 0.9))),
    (0.8, Judgement(9, 5, Scores(1.0, 0.4), Scores(1.0, 0.5))),
]


def test_precision_recall_and_f_over_the_threshold() -> None:
    pairs, items = draw_thresholds(POINTS, 0.7, "title").axes

    for axes, scores in (
        (pairs, [judgement.pairwise for _, judgement in POINTS]),
        (items, [judgement.bcubed for _, judgement in POINTS]),
    ):
        drawn = {line.get_label(): line for line in axes.get_lines()}
        for name, values in (
            ("precision", [score.precision for score in scores]),
            ("recall", [score.recall for score in scores]),
            ("F", [score.f for score in scores]),
        ):
            assert list(drawn[name].get_xdata()) == [0.6, 0.7, 0.8]
            assert list(drawn[name].get_ydata()) == values


def test_the_chosen_threshold_is_marked() -> None:
    for axes in draw_thresholds(POINTS, 0.7, "title").axes:
        (mark,) = (line for line in axes.get_lines() if set(line.get_xdata()) == {0.7})
        assert list(mark.get_ydata()) == [0, 1], "from the bottom to the top"
        assert [text.get_text() for text in axes.texts] == ["chosen: 0.7"]


def test_group_sizes_are_counted_beside_those_of_the_people() -> None:
    groups, people = np.array([1, 1, 1, 2, 3, 8, 9]), np.array([1, 2, 4, 7, 7])

    (axes,) = draw_group_sizes(groups, people, 0.7, "title").axes

    heights = [[bar.get_height() for bar in bars] for bars in axes.containers]
    assert heights == [[1, 1, 3, 0], [3, 2, 0, 2]]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["1", "2–3", "4–7", "8–15"]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [
        "5 people",
        "7 groups, at the threshold 0.7",
    ]


def test_one_person_in_one_photo_can_be_drawn(tmp_path: Path) -> None:
    save_both(draw_thresholds(POINTS[:1], 0.6, "title"), tmp_path, "thresholds")
    save_both(draw_group_sizes(np.array([1]), np.array([1]), 0.6, "title"), tmp_path, "sizes")

    assert len(list(tmp_path.iterdir())) == 4


def test_both_files_arrive_whole_and_are_the_same_every_time(tmp_path: Path) -> None:
    paths = save_both(draw_thresholds(POINTS, 0.7, "a < b & c"), tmp_path, "thresholds")

    assert paths == [tmp_path / "thresholds.png", tmp_path / "thresholds.svg"]
    assert sorted(tmp_path.iterdir()) == paths, "nothing unfinished is left"
    with Image.open(paths[0]) as picture:
        assert picture.size == (1500, 660)
        assert len(picture.convert("RGB").getcolors(1 << 20)) > 10
    assert ET.parse(paths[1]).getroot().tag.endswith("svg")

    before = [path.read_bytes() for path in paths]
    save_both(draw_thresholds(POINTS, 0.7, "a < b & c"), tmp_path, "thresholds")
    assert [path.read_bytes() for path in paths] == before


def test_a_later_run_replaces_the_figures_of_an_earlier_one(tmp_path: Path) -> None:
    (png, _) = save_both(draw_thresholds(POINTS, 0.7, "title"), tmp_path, "thresholds")
    before = png.read_bytes()

    save_both(draw_thresholds(POINTS, 0.6, "title"), tmp_path, "thresholds")

    assert png.read_bytes() != before


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "thresholds.png").mkdir()

    with pytest.raises(DestinationUnusable, match="file cannot be made"):
        make_folder(tmp_path / "file")
    with pytest.raises(DestinationUnusable, match=r"thresholds\.png cannot be written"):
        save_both(draw_thresholds(POINTS, 0.7, "title"), tmp_path, "thresholds")
    assert not list(tmp_path.glob(".*"))
