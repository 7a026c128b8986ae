"""How our figures look, and how they become files."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ENDINGS = (".png", ".svg")
"""Of the files that a figure can be saved as."""

INK, GREY, FAINT = "#1d1d1f", "#8a8a8e", "#e5e5ea"

COLOURS = ("#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499")
"""Paul Tol's muted scheme, which also those can tell apart who see no green or no red (personal.sron.nl/~pault)."""

_PIXELS_PER_INCH = 150


def tidy(axes: "Axes") -> None:
    """A faint grid, and no more of a frame than the eye needs."""
    axes.grid(color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(color=GREY, labelcolor=INK)


def save(figure: "Figure", path: Path, ending: str) -> None:
    """Write a figure; the same figure gives the same bytes. ending: one of ENDINGS. Raises OSError."""
    import matplotlib

    form = ending.lower().removeprefix(".")
    dated = {"Date": None} if form == "svg" else {}
    with matplotlib.rc_context({"svg.hashsalt": "sort-by-face", "svg.fonttype": "none"}):
        figure.savefig(path, format=form, dpi=_PIXELS_PER_INCH, metadata={"Title": "Sort-By-Face", **dated})
