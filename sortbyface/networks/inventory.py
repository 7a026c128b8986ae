"""Everything that the program runs or could run: which weights are known, here, and whole."""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.weights import (
    ADDED,
    CATALOGUE,
    KnownWeights,
    added_weights,
    model_folders,
    own_folder,
    published_weights,
)

_NO_WEIGHTS = {CATALOGUE, ADDED, "README.md"}


class State(StrEnum):
    """How it stands with a file."""

    VERIFIED = "verified"
    """Its SHA-256 is that of the published file, or the one that its package was installed with."""

    ADDED = "added"
    """Added by the user, and unchanged since."""

    DAMAGED = "damaged"
    """Its SHA-256 is another one."""

    UNREADABLE = "unreadable"
    UNCHECKED = "unchecked"
    """It lies in a `Models/` folder, but nobody has added it; or its package has no checksums."""

    PARTIAL = "partial"
    """A download that can go on."""

    ABSENT = "absent"


@dataclass(frozen=True)
class Holding:
    """One file that is known, or was found."""

    weights: KnownWeights
    state: State
    path: Path | None
    """Where it is; None when it is absent."""


def inventory() -> list[Holding]:
    """What is known, in the order of preference; then what the user added; then what nobody knows.

    Raises ModelUnusable when a list of weights is damaged.
    """
    folders = model_folders()
    added = {folder / weights.file: weights for folder in folders for weights in added_weights(folder)}
    published = published_weights()
    holdings = [
        holding
        for weights in published
        for holding in ([_packaged(weights)] if weights.package else _published(weights, folders, added))
    ]
    shown = {holding.path for holding in holdings}
    holdings += [_held(weights, path, State.ADDED) for path, weights in added.items() if path not in shown]
    return holdings + list(_strays({holding.path.resolve() for holding in holdings if holding.path}))


def _published(weights: KnownWeights, folders: list[Path], added: dict[Path, KnownWeights]) -> Iterator[Holding]:
    """Each copy of a published file; the only entry says that it is absent if there is none."""
    absent = True
    for path in (folder / weights.file for folder in folders):
        if weights.sha256 and os.path.exists(path):
            yield _held(weights, path, State.VERIFIED)
            absent = False
        elif path in added:
            own = added[path]
            yield _held(replace(weights, sha256=own.sha256, size=own.size, network=own.network), path, State.ADDED)
            absent = False
    if absent:
        part = part_of(own_folder() / weights.file)
        yield Holding(weights, State.PARTIAL, part) if part.exists() else Holding(weights, State.ABSENT, None)


def part_of(path: Path) -> Path:
    """Where a file is kept while it is being downloaded."""
    return path.with_name(f"{path.name}.part")


def _held(weights: KnownWeights, path: Path, whole: State) -> Holding:
    if not os.path.exists(path):
        return Holding(weights, State.ABSENT, None)
    try:
        return Holding(weights, whole if sha256_of(path) == weights.sha256 else State.DAMAGED, path)
    except ModelUnusable:
        return Holding(weights, State.UNREADABLE, path)


def _packaged(weights: KnownWeights) -> Holding:
    """A file that a package has brought along, compared with what was written down when it was installed."""
    try:
        files = distribution(weights.package or "").files or []
    except PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if file.name == weights.file and path.is_file():
            if file.hash is None or file.hash.mode != "sha256":
                return Holding(weights, State.UNCHECKED, path)
            sha256 = base64.urlsafe_b64decode(file.hash.value + "=").hex()
            return _held(replace(weights, sha256=sha256, size=file.size), path, State.VERIFIED)
    return Holding(weights, State.ABSENT, None)


def _strays(known: set[Path]) -> Iterator[Holding]:
    """Files that somebody has put into `own_folder`, without adding them. known: resolved paths."""
    folder = own_folder()
    names = sorted(os.listdir(folder)) if folder.is_dir() else []
    for path in (folder / name for name in names if name not in _NO_WEIGHTS and not name.startswith(".")):
        if path.resolve() not in known and path.suffix != ".part":
            unknown = KnownWeights(path.stem, "", path.name, what="not known", source="", licence="not known")
            yield Holding(unknown, State.UNCHECKED, path)
