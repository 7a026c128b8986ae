"""All faces as points, coloured by person."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sortbyface.figures.points import Positions
from sortbyface.figures.style import COLOURS, FAINT, GREY, INK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MARKERS = ("o", "^")
MOST_NAMED = len(COLOURS) * len(_MARKERS)
"""People who can be told apart by colour and form; the others are grey."""

_TOGETHER = 0.9
"""The share of a person's faces among which the name is put."""


def draw_map(positions: Positions, named: dict[str, npt.NDArray[np.int64]], title: str) -> "Figure":
    """Points without axes, as neither means anything.

    named: the people who stand out, MOST_NAMED at most, each with their faces as rows of the positions; the biggest
    first. All other points are grey.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 10), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, loc="left", color=INK)
    axes.set_aspect("equal", "datalim")
    axes.axis("off")
    size = float(np.clip(20_000 / max(1, len(positions)), 5, 60))
    rest = np.ones(len(positions), dtype=np.bool_)
    for faces in named.values():
        rest[faces] = False
    axes.scatter(positions[rest, 0], positions[rest, 1], s=size, color=GREY, alpha=0.45, linewidths=0)
    for place, faces in enumerate(named.values()):
        marker, colour = _MARKERS[place // len(COLOURS)], COLOURS[place % len(COLOURS)]
        x, y = positions[faces].T
        axes.scatter(x, y, s=1.5 * size, color=colour, marker=marker, alpha=0.85, linewidths=0)
    for name, faces in named.items():
        axes.annotate(
            name, _top(positions[faces]), (0, 6), textcoords="offset points", color=INK, ha="center", va="bottom",
            fontsize=9, bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": FAINT, "alpha": 0.8},
        )  # fmt: skip
    return figure


def _top(positions: Positions) -> tuple[float, float]:
    """Above the middle of one person's faces, but for those that have strayed."""
    middle = np.median(positions, axis=0)
    distances = np.linalg.norm(positions - middle, axis=1)
    together = positions[distances <= np.quantile(distances, _TOGETHER)]
    return float(middle[0]), float(together[:, 1].max())
