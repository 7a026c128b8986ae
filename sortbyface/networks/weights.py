"""Which weights file belongs to which network, and whether it is whole."""

import importlib.util
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (Path("Models"), _PACKAGE.parent / "Models", _PACKAGE / "Models")
"""Where weights are looked for: in the working folder, beside the package in a checkout, inside the package."""


@dataclass(frozen=True)
class KnownWeights:
    """One entry of Models/models.toml."""

    network: str
    file: str
    sha256: str
    source: str
    licence: str


def known_weights() -> list[KnownWeights]:
    """Published weights that belong into `Models/`."""
    catalogue = next((path for folder in _FOLDERS if (path := folder / "models.toml").is_file()), None)
    if catalogue is None:
        return []
    return [KnownWeights(**entry) for entry in tomllib.loads(catalogue.read_text("utf-8"))["weights"]]


def weights_in_models(network: str) -> Path | None:
    """The weights of a network, if the user has put them into a `Models/` folder.

    Raises ModelUnusable when the file there is not the one that was published, as after a broken download.
    """
    for known in known_weights():
        for folder in _FOLDERS:
            path = folder / known.file
            if known.network == network and path.is_file():
                if sha256_of(path) != known.sha256:
                    raise ModelUnusable(f"{path} is not the published file (its SHA-256 differs); get it again")
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
