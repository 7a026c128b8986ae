"""Tables as Markdown, on stdout as they grow."""

from collections.abc import Sequence


def print_head(cells: Sequence[str], words: int = 1) -> None:
    """The first row; so many columns, at the left, hold words, the others numbers."""
    print("|", " | ".join(cells), "|")
    print("|", " | ".join(["---"] * words + ["---:"] * (len(cells) - words)), "|", flush=True)


def print_row(cells: Sequence[str]) -> None:
    """A further row."""
    print("|", " | ".join(cells), "|", flush=True)
