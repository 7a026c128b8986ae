"""In which order files can move, so that each finds its place free."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace

from sortbyface.library import Action


def in_order(moves: Sequence[Action]) -> list[Action]:
    """What is in the way moves first. Where files wait for each other in a ring, one is put aside meanwhile."""
    waiting = {move.moved_from: move for move in moves}
    ordered: list[Action] = []
    for move in moves:
        chain: list[Action] = []
        following: Action | None = move
        while following is not None and following.moved_from in waiting:
            chain.append(waiting.pop(following.moved_from))
            following = waiting.get(following.path)
        if len(chain) > 1 and chain[-1].path == move.moved_from:
            aside = _aside(move.moved_from)
            ordered.append(replace(move, path=aside))
            ordered += reversed(chain[1:])
            ordered.append(replace(move, moved_from=aside))
        else:
            ordered += reversed(chain)
    return ordered


def _aside(path: str) -> str:
    """A hidden name, so that nobody takes it for a photo, and not that of an unfinished copy."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}.sort-by-face.moving")
