"""A look at photos, when it is not a photo that is at fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sortbyface import models
from sortbyface.errors import ModelUnusable
from sortbyface.faces.detectors import mtcnn
from sortbyface.finder import Finder
from sortbyface.pipeline.looking import process_batch
from tests.conftest import Album

LOADED: list[Callable[[], None]] = [models.load_models.cache_clear, mtcnn._engine.cache_clear]


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """As one in which no network has been loaded yet."""
    for forget in LOADED:
        forget()
    yield
    for forget in LOADED:
        forget()


@pytest.mark.parametrize("whose", ["sortbyface.models.exported_network", "sortbyface.faces.detectors.mtcnn._exported"])
def test_a_damaged_network_is_not_blamed_on_the_photos(
    whose: str, album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would count as looked at, and never be looked at again."""
    recipe = models.choose_recipe("dlib", finder=Finder(mtcnn.MtcnnDetector()))
    (tmp_path / "damaged.onnx").write_bytes(b"half")
    monkeypatch.setattr(whose, lambda *_: tmp_path / "damaged.onnx")

    with pytest.raises(ModelUnusable, match=r"damaged\.onnx was damaged and has been removed"):
        process_batch(["portraits/C/original.jpg"], album.folder, recipe)
