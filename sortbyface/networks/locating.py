"""Which files a user means by the path of some weights: a checkpoint is several, and a folder may hold one."""

import re
from pathlib import Path

from sortbyface.errors import ModelUnusable

_OF_A_CHECKPOINT = re.compile(r"(.+)\.(index|data-\d{5}-of-\d{5})")


def files_of(weights: Path) -> tuple[Path, ...]:
    """The file itself; or a checkpoint's index, then its data.

    weights: a file; a checkpoint, by its prefix or any of its files; a folder with one frozen graph (.pb) or one
    checkpoint, of which the graph is taken where both are, as in the releases of FaceNet: they hold the same.
    Raises ModelUnusable when nothing is there, or more than one.
    """
    if weights.is_dir():
        weights = _only_weights_in(weights)
    in_checkpoint = _OF_A_CHECKPOINT.fullmatch(weights.name)
    if in_checkpoint:
        return _checkpoint(weights.with_name(in_checkpoint[1]))
    if weights.is_file():
        return (weights,)
    if weights.with_name(f"{weights.name}.index").is_file():
        return _checkpoint(weights)
    raise ModelUnusable(f"{weights} is not a file; give the file of a network's weights")


def _only_weights_in(folder: Path) -> Path:
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    for ending in (".pb", ".index"):
        found = [path for path in files if path.name.endswith(ending)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(path.name for path in found)
            raise ModelUnusable(f"{folder} holds more than one network ({names}); give one of them")
    raise ModelUnusable(f"{folder} holds no frozen graph (.pb) and no checkpoint; give the weights file itself")


def _checkpoint(prefix: Path) -> tuple[Path, ...]:
    index = prefix.with_name(f"{prefix.name}.index")
    if not index.is_file():
        raise ModelUnusable(f"{index} is missing; put it beside the checkpoint's data, or get both again")
    data = sorted(
        path
        for path in prefix.parent.iterdir()
        if (part := _OF_A_CHECKPOINT.fullmatch(path.name)) and part[1] == prefix.name and path != index
    )
    if not data:
        raise ModelUnusable(f"{prefix}.data-00000-of-00001 is missing; put it beside {index.name}, or get both again")
    return (index, *data)
