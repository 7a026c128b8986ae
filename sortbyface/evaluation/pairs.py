"""The pairs of Labeled Faces in the Wild, and the pictures that they name.

Pictures lie as `Name/Name_0001.jpg`. `pairs.txt` starts with the number of folds and the number n of pairs of each
kind, `pairsDevTest.txt` and `pairsDevTrain.txt` with n alone; then come for each fold n lines `name, number, number`
for two pictures of one person, and n lines `name, number, name, number` for two people, parted by tabs.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sortbyface.errors import PairsUnusable
from sortbyface.photos.finding import EXTENSIONS

_MOST_NAMED = 3


class Pair(NamedTuple):
    """Two pictures, by their paths below the folder of all people, without the extension: Ada/Ada_0001."""

    first: str
    second: str
    same: bool
    fold: int
    """From 0."""


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file, in its order. Raises PairsUnusable, naming the line, for anything else."""
    try:
        lines = path.read_text("utf-8-sig").rstrip().splitlines()
    except OSError as error:
        raise PairsUnusable(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise PairsUnusable(f"{path} is not a text file; give LFW's pairs.txt, or one of its form") from error
    folds, size = _read_head(path, lines[0] if lines else "")
    if len(lines) - 1 != folds * size * 2:
        raise PairsUnusable(
            f"{path}, line {len(lines)}: the file ends here; by its first line there are {folds * size * 2:,} pairs, "
            f"but {len(lines) - 1:,} follow"
        )
    pairs = []
    for index, line in enumerate(lines[1:]):
        fold, place = divmod(index, size * 2)
        pairs.append(_read_pair(f"{path}, line {index + 2}", line, same=place < size, fold=fold))
    return pairs


def _read_head(path: Path, line: str) -> tuple[int, int]:
    """Folds, and pairs of each kind in a fold."""
    numbers = line.split()
    if 1 <= len(numbers) <= 2 and all(map(_is_number, numbers)):
        *folds, size = map(int, numbers)
        return (folds or [1])[0], size
    raise PairsUnusable(f"{path}, line 1: not the number of folds and of pairs that LFW's pairs.txt starts with")


def _read_pair(place: str, line: str, *, same: bool, fold: int) -> Pair:
    match line.split("\t"):
        case [name, first, second] if same and _is_number(first) and _is_number(second):
            return Pair(_picture(name, first), _picture(name, second), same, fold)
        case [name, first, other, second] if not same and _is_number(first) and _is_number(second):
            return Pair(_picture(name, first), _picture(other, second), same, fold)
    form = "a name and two numbers" if same else "a name, a number, another name and its number"
    raise PairsUnusable(f"{place}: expected {form}, parted by tabs, not {line[:60]!r}")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) > 0


def _picture(name: str, number: str) -> str:
    return f"{name}/{name}_{int(number):04d}"


def find_pictures(folder: Path, pairs: Iterable[Pair]) -> dict[str, str]:
    """Each picture of the pairs -> its path below the folder, with whatever extension it has there.

    Raises PairsUnusable, naming the first, when any is missing.
    """
    wanted = sorted({picture for pair in pairs for picture in pair[:2]})
    there: dict[str, str] = {}
    for name in sorted({os.path.dirname(picture) for picture in wanted}):
        there.update(_pictures_of(folder, name))
    missing = [picture for picture in wanted if picture not in there]
    if missing:
        others = ", …" if len(missing) > _MOST_NAMED else ""
        raise PairsUnusable(
            f"{folder}: {len(missing):,} of the {len(wanted):,} pictures are missing: "
            f"{', '.join(missing[:_MOST_NAMED])}{others}; is it the folder that holds one folder for each person?"
        )
    return {picture: there[picture] for picture in wanted}


def _pictures_of(folder: Path, name: str) -> dict[str, str]:
    """The photos in one person's folder: path without the extension -> path."""
    try:
        files = sorted(os.listdir(folder / name), reverse=True)  # of Ada_0001.jpg and Ada_0001.png, the first stays
    except OSError:
        return {}
    parts = ((os.path.splitext(file), f"{name}/{file}") for file in files)
    return {f"{name}/{stem}": path for (stem, extension), path in parts if extension.lower() in EXTENSIONS}
