"""What tests of sorting share."""

from pathlib import Path

import pytest

from tests.sorting.crowd import Crowd


@pytest.fixture
def crowd(tmp_path: Path) -> Crowd:
    """Anna to be (1) in five photos, 2 in four, 3 in two; two photos of one name, and files that belong to some."""
    crowd = Crowd(tmp_path)
    crowd.photo("a/IMG_1.jpg", 1)
    crowd.photo("b/IMG_1.jpg", 1)
    crowd.photo("a/IMG_2.jpg", 1, 2, largest=2)
    crowd.photo("a/IMG_3.jpg", 1, 2, 3, largest=1)
    crowd.photo("b/IMG_4.jpg", 2)
    crowd.photo("b/party ü.jpg", 1, 2)
    crowd.photo("b/IMG_5.jpg", 3)
    crowd.beside("a/IMG_1.xmp", b"edits")
    crowd.beside("b/IMG_1.jpg.xmp", b"other edits")
    crowd.beside("b/IMG_4.MOV", b"moving")
    crowd.look()
    return crowd
