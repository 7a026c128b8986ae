"""Weights: what is known and here, adding a file, downloading one."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.fetching import USUAL_PATIENCE, Patience, Progress, download
from sortbyface.networks.installing import copy_in, name_weights, note_added, size_of, sole_writer
from sortbyface.networks.inventory import Holding, inventory, part_of
from sortbyface.networks.locating import files_of
from sortbyface.networks.weights import (
    ADDED,
    CATALOGUE,
    KnownWeights,
    own_folder,
    published_weights,
    weights_here,
)


@dataclass(frozen=True)
class Installed:
    """Weights that can be used from now on."""

    weights: KnownWeights
    path: Path
    new: bool
    """False when they were there before, and nothing was done."""

    published: bool
    """False when they are the user's own."""


def list_models() -> list[Holding]:
    """Everything that the program runs or could run. Raises ModelUnusable when a list of weights is damaged."""
    return inventory()


def add_model(given: Path) -> Installed:
    """Put a copy of weights where they are found from now on.

    given: a file, a checkpoint, or a folder with one of them; see `files_of`. What was published is known by its
    SHA-256; all else is tried with each network, and written down as the user's own. Raises ModelUnusable when it is
    of no network, or cannot be read or copied.
    """
    files, sha256 = _files_of(given), sha256_of(given)
    if here := _already_here(sha256):
        return here
    weights = next((weights for weights in published_weights() if weights.sha256 == sha256), None)
    published = weights is not None
    if weights is None:
        weights = _own(given, files, sha256, _network_of(given))
    folder = own_folder()
    with sole_writer(folder):
        path = _free_place(folder, weights, own=not published)
        if not path.exists():
            copy_in(files, path, sha256)
        if not published:
            weights = replace(weights, name=path.name, file=path.name)
            note_added(folder, weights)
    return Installed(weights, path, new=True, published=published)


def fetch_model(
    name: str | None,
    progress: Progress = lambda _done, _total: None,
    patience: Patience = USUAL_PATIENCE,
) -> Installed:
    """Download published weights, and put them where they are found from now on, once they are verified.

    name: of an entry with a `url`, or its file's. progress: called with the bytes that are here, and all of
    them. A download that was interrupted goes on. Raises ModelUnusable.
    """
    weights = _fetchable(name)
    if here := _already_here(weights.sha256 or ""):
        return here
    folder = own_folder()
    with sole_writer(folder):
        path = _free_place(folder, weights, own=False)
        if not path.exists():
            part = part_of(path)
            download(weights, part, progress, patience)
            name_weights(part, path)
    return Installed(weights, path, new=True, published=True)


def _files_of(given: Path) -> tuple[Path, ...]:
    try:
        if given.exists() or given.with_name(f"{given.name}.index").exists():
            return files_of(given)
    except OSError as error:
        raise ModelUnusable(f"{given} cannot be read: {error.strerror}") from error
    raise ModelUnusable(f"{given}: there is no such file")


def _already_here(sha256: str) -> Installed | None:
    published = published_weights()
    for weights, path in weights_here():
        if weights.sha256 == sha256 and _holds(path, sha256):
            return Installed(weights, path, new=False, published=weights in published)
    return None


def _fetchable(name: str | None) -> KnownWeights:
    published = published_weights()
    possible = [weights for weights in published if weights.url and weights.sha256]
    for weights in published:
        if name in (weights.name, weights.file):
            if weights in possible:
                return weights
            if weights.package:
                raise ModelUnusable(f"{name} comes with a package; run: pip install {weights.package}")
            raise ModelUnusable(
                f"{name} cannot be downloaded from here; get it from {weights.source}, then:"
                " python -m sortbyface models add FILE"
            )
    names = ", ".join(weights.name for weights in possible) or "none"
    raise ModelUnusable(f"{f'{name} is not known' if name else 'which one?'}; these can be downloaded: {names}")


def _network_of(given: Path) -> str:
    """The network that weights are of, found by making it ready to run. Raises ModelUnusable when they are of none."""
    from sortbyface.embedders import EMBEDDERS  # these load ONNX Runtime and OpenCV, which only this needs
    from sortbyface.networks.engine import NotOfThisNetwork, prepare

    addable = {weights.network for weights in published_weights() if not weights.package}
    refusals = []
    for network in (embedder.network for embedder in EMBEDDERS.values() if embedder.network.name in addable):
        try:
            prepare(network, given)
        except NotOfThisNetwork as refusal:
            refusals.append(str(refusal))
        else:
            return network.name
    raise ModelUnusable(f"{next(iter(refusals), f'{given}: no network can be added')} (nothing was added)")


def _own(given: Path, files: Sequence[Path], sha256: str, network: str) -> KnownWeights:
    """Weights that the user adds. A checkpoint's files go into a folder of its name, or of the name of theirs."""
    source = Path(os.path.abspath(given))
    several = source.name if given.is_dir() else files[0].stem
    name = _text(files[0].name if len(files) == 1 else several).replace("\ufffd", "_")
    return KnownWeights(
        name=name,
        network=network,
        file=name,
        what="added by you",
        source=_text(source),
        licence="not known",
        sha256=sha256,
        size=size_of(files),
    )


def _text(path: str | Path) -> str:
    """A path as text that can be written down: names of files may be any bytes."""
    return os.fsencode(path).decode("utf-8", "replace")


def _free_place(folder: Path, weights: KnownWeights, *, own: bool) -> Path:
    """Where weights go: a place that is free, or that holds them already.

    own: they may go under another name, and must not go under that of a published file. Raises ModelUnusable.
    """
    names, reserved = [weights.file], set()
    if own:
        start, dot, end = weights.file.partition(".")
        names.append(f"{start}-{(weights.sha256 or '')[:8]}{dot}{end}")
        reserved = {published.file for published in published_weights() if published.sha256} | {CATALOGUE, ADDED}
    for path in (folder / name for name in names if name not in reserved):
        if not os.path.lexists(path) or _holds(path, weights.sha256):
            return path
    raise ModelUnusable(f"{folder / names[-1]} is in the way: it is another file; move it away, and run this again")


def _holds(path: Path, sha256: str | None) -> bool:
    try:
        return sha256_of(path) == sha256
    except ModelUnusable:
        return False
