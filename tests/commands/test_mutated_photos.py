"""A thousand damaged photos: the run goes through them all, and each that cannot be used is named once."""

import io
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from skimage.data import astronaut

from sortbyface.library import Library
from tests.conftest import Run, untouched

FORMATS = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "BMP": "bmp", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
FACE = Image.fromarray(astronaut()).crop((150, 20, 310, 180))
SEED = 20


def encoded(format_: str) -> bytes:
    file = io.BytesIO()
    FACE.save(file, format_)
    return file.getvalue()


def mutations(content: bytes, chance: random.Random) -> Iterator[bytes]:
    """Cut at every twentieth; bits flipped, zeroed, and both, at the head, where formats are told, and anywhere."""
    for twentieth in range(20):
        yield content[: len(content) * twentieth // 20]
    for number in range(65):
        damaged = bytearray(content)
        reach = len(content) if number % 2 else min(len(content), 512)
        for _ in range(chance.choice([1, 4, 32])):
            damaged[chance.randrange(reach)] ^= 1 << chance.randrange(8)
        yield bytes(damaged)
    for number in range(65):
        damaged = bytearray(content)
        start = chance.randrange(len(content) if number % 2 else min(len(content), 512))
        length = chance.choice([1, 16, 256, 4096])
        damaged[start : start + length] = bytes(len(damaged[start : start + length]))
        yield bytes(damaged)


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Over a thousand files, and whole ones among them, some with another format's ending."""
    folder = tmp_path_factory.mktemp("damaged") / "Photos"
    folder.mkdir()
    chance = random.Random(SEED)
    for format_, ending in FORMATS.items():
        content = encoded(format_)
        (folder / f"whole.{ending}").write_bytes(content)
        for number, mutated in enumerate(mutations(content, chance)):
            wrong = chance.choice(list(FORMATS.values())) if number % 7 == 0 else ending
            (folder / f"{format_}-{number:03}.{wrong}").write_bytes(mutated)
    return folder


def test_a_thousand_damaged_photos(run: Run, tmp_path: Path, damaged: Path) -> None:
    before = untouched(damaged)
    assert len(before) == 7 * 151

    done = run("embedder.py", "-src", damaged, "--processes", "2", "--embedder", "dlib", "--detector", "whole")

    assert done.code == 0, done.err[-2000:]
    assert untouched(damaged) == before
    named = Counter(line.partition(": ")[0] for line in done.err.splitlines())
    assert set(named.values()) == {1}
    assert named.keys() <= before.keys(), "a line of its own for each, and nothing else"
    with Library.opened(tmp_path / "sort-by-face.sqlite") as library:
        assert library.recipe is not None
        outcomes = library.photos.outcomes(*library.photos.root_of(damaged), library.recipe)
    assert {outcome.path for outcome in outcomes} == set(before)
    assert {outcome.path for outcome in outcomes if outcome.problem} == set(named)
    assert all(outcome.faces == 1 for outcome in outcomes if outcome.path.startswith("whole."))
    assert len(named) > len(before) / 3, "the damage is real"
    assert not any(outcome.faces for outcome in outcomes if outcome.problem)
