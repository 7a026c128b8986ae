"""A look at photos: what chips are cut from, and when it is not a photo that is at fault."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from sortbyface import models
from sortbyface.errors import ModelUnusable
from sortbyface.faces.detectors import mtcnn
from sortbyface.finder import Finder
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline.looking import embed_sights, find_chips, find_faces, process_batch
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


def test_a_small_face_in_a_large_photo_is_cut_from_the_large_photo(album: Album, tmp_path: Path) -> None:
    """Fifty pixels of twelve megapixels: 16 where the face is looked for, and found, 25 in a JPEG of half the size."""
    with Image.open(album.folder / "portraits" / "H" / "original.jpg") as image:
        person = image.convert("RGB")
    with Image.open(album.folder / "scenery" / "temple.jpg") as image:
        photo = image.convert("RGB").resize((4000, 3000))
    photo.paste(person.resize((134, round(134 * person.height / person.width))), (2800, 1900))
    photo.save(tmp_path / "photo.jpg", quality=92)
    looked_with = models.load_models(models.choose_recipe("dlib"))

    (sight,) = find_chips(read_photo(tmp_path / "photo.jpg"), looked_with)

    box = sight.box
    assert 2800 < box.left < box.right < 2934
    assert sight.quality.pixels == pytest.approx(box.side, rel=0.1)
    (known,) = find_faces(read_photo(album.folder / "portraits" / "H" / "closer.png"), looked_with)
    (face,) = embed_sights([sight], looked_with.embed)
    assert face.vector @ known.vector > looked_with.embedder.threshold
