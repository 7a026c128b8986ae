"""Keras 3's `.weights.h5`, and its `.keras`, which is a zip archive of one with the layers' settings beside it.

Arrays are at `…/<class>_<n>/vars/<i>`: the n-th layer of its class, and its i-th variable. Which layer that is, is said

- by the group `vars`, as recent versions of Keras write it; else
- by the settings in a `.keras`, read as plain data: nothing in them is built, and no code in them is run; else
- by the order alone, which is then taken to be that of the usual definition of the network. A `.weights.h5` of an old
  Keras 3 from a network that was put together in another order cannot be told from the right one by its shapes.

A network within a network is found by the first way only.
"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, Final

from sortbyface.networks.facenet_files.hdf5 import datasets_in
from sortbyface.networks.facenet_files.layers import Arrays, Layer, Stored, gather

WEIGHTS: Final = "model.weights.h5"
_SETTINGS: Final = "config.json"
_KINDS: Final = {"Conv2D": "conv2d", "BatchNormalization": "batch_normalization", "Dense": "dense"}
_LARGEST: Final = {WEIGHTS: 1 << 29, _SETTINGS: 1 << 24}
"""Bytes: five times FaceNet's weights, for what a training leaves there; forty times its settings."""


def read_archive(file: Path, layers: Sequence[Layer]) -> Arrays:
    """See `arrays_of`. file: a `.keras`."""
    import h5py

    with zipfile.ZipFile(file) as archive:
        settings = json.loads(_content(archive, _SETTINGS)) if _SETTINGS in archive.namelist() else None
        weights = io.BytesIO(_content(archive, WEIGHTS))
    with h5py.File(weights, "r") as content:
        return read(content, layers, list(_said_layers(settings)))


def read(file: Any, layers: Sequence[Layer], said: Sequence[tuple[str, str]] = ()) -> Arrays:
    """See `arrays_of`. file: an open h5py.File. said: kind and name of the layers, as settings beside it have them."""
    variables: dict[PurePosixPath, dict[str, Stored]] = {}
    for path, dataset in datasets_in(file).items():
        if path.parent.name == "vars":
            variables.setdefault(path.parent, {})[path.name] = dataset
    named = {path: name for path in variables if isinstance(name := file[str(path)].attrs.get("name"), str)}
    if not named:
        numbered = _numbered(said or [(layer.kind, layer.name) for layer in layers])
        named = {path: numbered[path.parent.name] for path in variables if path.parent.name in numbered}
    stored: dict[str, dict[str, Stored]] = {}
    for path, name in named.items():
        if name in stored:
            raise ValueError(f"{name} is there twice")
        stored[name] = variables[path]
    return gather(layers, lambda layer, variable: stored.get(layer.name, {}).get(_place(layer, variable)))


def _place(layer: Layer, variable: str) -> str:
    return str(list(layer.shapes).index(variable))


def _numbered(layers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """`conv2d`, `conv2d_1`, `conv2d_2` … -> the names of these layers."""
    seen: Counter[str] = Counter()
    names = {}
    for kind, name in layers:
        if kind in _KINDS:
            names[f"{_KINDS[kind]}_{seen[kind]}" if seen[kind] else _KINDS[kind]] = name
            seen[kind] += 1
    return names


def _said_layers(settings: Any) -> Iterator[tuple[str, str]]:
    if isinstance(settings, dict) and isinstance(settings.get("config"), dict):
        for layer in settings["config"].get("layers", ()):
            yield layer["class_name"], layer["config"]["name"]


def _content(archive: zipfile.ZipFile, member: str) -> bytes:
    if archive.getinfo(member).file_size > _LARGEST[member]:  # zipfile gives no more than is said here
        raise ValueError(f"{member} in it is larger than FaceNet's can be")
    return archive.read(member)
