"""What an evaluation says, drawn: scores over the threshold, and the sizes of groups."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sortbyface.errors import DestinationUnusable
from sortbyface.evaluation.groups import Scores
from sortbyface.evaluation.protocols import Judgement
from sortbyface.figures.style import COLOURS, ENDINGS, GREY, INK, save, tidy

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PRECISION, _RECALL, _PEOPLE, _GROUPS = COLOURS[2], COLOURS[6], GREY, COLOURS[0]


def draw_thresholds(points: Sequence[tuple[float, Judgement]], chosen: float, title: str) -> "Figure":
    """Precision, recall and F over the threshold, by pairs and by BCubed, with the chosen threshold marked.

    points: thresholds, ascending, each with what a protocol that has both measures says there.
    """
    from matplotlib.figure import Figure  # which takes half a second to load; drawn by Agg and SVG, without a screen

    figure = Figure(figsize=(10, 4.4), layout="constrained")
    figure.suptitle(title)
    left, right = figure.subplots(1, 2, sharex=True, sharey=True)
    thresholds = [threshold for threshold, _ in points]
    _draw_scores(left, thresholds, [judgement.pairwise for _, judgement in points], chosen)
    _draw_scores(right, thresholds, [judgement.bcubed or judgement.pairwise for _, judgement in points], chosen)
    left.set_title("pairs", fontsize="medium")
    right.set_title("BCubed", fontsize="medium")
    left.set_ylabel("score")
    right.legend(frameon=False)
    return figure


def _draw_scores(axes: "Axes", thresholds: list[float], scores: list[Scores], chosen: float) -> None:
    lines = (
        ("precision", _PRECISION, "o", [score.precision for score in scores]),
        ("recall", _RECALL, "s", [score.recall for score in scores]),
        ("F", INK, None, [score.f for score in scores]),
    )
    for name, colour, marker, values in lines:
        axes.plot(thresholds, values, color=colour, marker=marker, markersize=4, label=name)
    axes.axvline(chosen, color=GREY, linestyle="--", linewidth=1)
    axes.annotate(
        f"chosen: {chosen:.3g}", (chosen, 0), xycoords=("data", "axes fraction"),
        xytext=(4, 4), textcoords="offset points", color=GREY,
    )  # fmt: skip
    axes.set_ylim(top=1.01)
    axes.set_xlabel("threshold (cosine similarity)")
    tidy(axes)


def draw_group_sizes(
    groups: npt.NDArray[np.int64], people: npt.NDArray[np.int64], threshold: float, title: str
) -> "Figure":
    """How many groups of each size there are, beside how many people there are with so many photos.

    groups, people: the size of each, from 1. Sizes are counted together from each power of 2 to the next.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4.4), layout="constrained")
    figure.suptitle(title)
    axes = figure.subplots()
    largest = int(max(groups.max(initial=1), people.max(initial=1)))
    bins = largest.bit_length()
    for place, (name, colour, sizes) in enumerate((("people", _PEOPLE, people), ("groups", _GROUPS, groups))):
        counts = np.bincount(np.floor(np.log2(sizes)).astype(np.int64), minlength=bins)
        label = (
            f"{len(sizes):,} people" if name == "people" else f"{len(sizes):,} groups, at the threshold {threshold:.3g}"
        )
        bars = axes.bar(np.arange(bins) + 0.4 * place - 0.2, counts, width=0.38, color=colour, label=label)
        axes.bar_label(bars, [f"{count:,}" if count else "" for count in counts], fontsize=8, padding=2)
    axes.set_yscale("symlog", linthresh=1)
    axes.set_ylim(0, 2 * max(len(groups), len(people)))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_xticks(np.arange(bins), [_range(2**power, 2 ** (power + 1) - 1) for power in range(bins)])
    axes.set_xlabel("photos of one person, or in one group")
    axes.set_ylabel("how many")
    tidy(axes)
    axes.legend(frameon=False)
    return figure


def _range(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low}–{high}"


def make_folder(folder: Path) -> None:
    """So that it is known to be there before long work begins. Raises DestinationUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DestinationUnusable(f"{folder} cannot be made: {error.strerror}; name another --figures") from error


def save_both(figure: "Figure", folder: Path, name: str) -> list[Path]:
    """Write a figure as NAME.png and NAME.svg, in the place of those of an earlier run; gives where.

    Each appears whole or not at all. Raises DestinationUnusable.
    """
    paths = [folder / f"{name}{ending}" for ending in ENDINGS]
    for path in paths:
        part = path.with_name(f".{path.name}.part")
        try:
            save(figure, part, path.suffix)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise DestinationUnusable(f"{path} cannot be written: {error.strerror}") from error
    return paths
