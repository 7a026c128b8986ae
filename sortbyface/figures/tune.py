"""People, their photos and mistakes over the threshold."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sortbyface.figures.style import COLOURS, GREY, INK, tidy
from sortbyface.tuning import Outlook

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LARGEST = 5
"""People whose photos are shown one by one."""

_DARK_BLUE, _ROSE = COLOURS[0], COLOURS[6]


def draw_outlooks(outlooks: Sequence[Outlook], default: float, title: str) -> "Figure":
    """One panel below the other over the same thresholds, ascending; the default is marked if it is among them."""
    from matplotlib.figure import Figure

    panels = [_draw_people, _draw_largest, _draw_kept_apart]
    if all(outlook.judgement for outlook in outlooks):
        panels.append(_draw_scores)
    figure = Figure(figsize=(8, 2.6 * len(panels)), layout="constrained")
    rows = figure.subplots(len(panels), sharex=True, squeeze=False)[:, 0]
    thresholds = [outlook.threshold for outlook in outlooks]
    for axes, draw in zip(rows, panels, strict=True):
        draw(axes, thresholds, outlooks)
        tidy(axes)
        for line in axes.lines:
            line.set_clip_on(False)  # or the axis would hide half of a 0
        if default in thresholds:
            axes.axvline(default, color=INK, linestyle="--", linewidth=1)
    if default in thresholds:
        rows[0].annotate(
            f"default: {default:g}", (default, 1), xycoords=("data", "axes fraction"), xytext=(0, 3),
            textcoords="offset points", ha="center", fontsize=9, color=INK,
        )  # fmt: skip
    rows[-1].set_xlabel("threshold (-t): cosine similarity; to the right, faces must be more alike")
    figure.suptitle(title, x=0.01, ha="left", color=INK)
    return figure


def _draw_people(axes: "Axes", thresholds: Sequence[float], outlooks: Sequence[Outlook]) -> None:
    axes.plot(thresholds, [o.people for o in outlooks], "o-", color=_DARK_BLUE, markersize=4, label="in several photos")
    axes.plot(thresholds, [o.seen_once for o in outlooks], "s-", color=_ROSE, markersize=4, label="in one photo")
    axes.set_ylabel("people")
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False, fontsize=9)


def _draw_largest(axes: "Axes", thresholds: Sequence[float], outlooks: Sequence[Outlook]) -> None:
    sizes = [outlook.largest(LARGEST) for outlook in outlooks]
    for place in range(max(map(len, sizes))):
        photos = [row[place] if place < len(row) else 0 for row in sizes]
        axes.plot(thresholds, photos, "o-", color=COLOURS[place], markersize=4)
    axes.set_ylabel(f"photos of each of\nthe {LARGEST} in most")
    axes.set_ylim(bottom=0)


def _draw_kept_apart(axes: "Axes", thresholds: Sequence[float], outlooks: Sequence[Outlook]) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.plot(thresholds, [o.swept.kept_apart for o in outlooks], "o-", color=GREY, markersize=4)
    axes.set_ylabel("pairs in one photo\nthat looked alike")
    axes.set_ylim(0, max(1, *(o.swept.kept_apart for o in outlooks)) * 1.05)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))


def _draw_scores(axes: "Axes", thresholds: Sequence[float], outlooks: Sequence[Outlook]) -> None:
    judged = [outlook.judgement for outlook in outlooks if outlook.judgement]
    for name, colour, marker, scores in (
        ("pairwise", _DARK_BLUE, "o", [judgement.pairwise for judgement in judged]),
        ("BCubed", _ROSE, "s", [judgement.bcubed or judgement.pairwise for judgement in judged]),
    ):
        axes.plot(thresholds, [score.f for score in scores], color=colour, marker=marker, markersize=4, label=name)
    axes.set_ylabel("F")
    axes.set_ylim(top=1.01)
    axes.legend(frameon=False, fontsize=9)
