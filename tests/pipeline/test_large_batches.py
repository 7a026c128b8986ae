"""Faces of many photos at once: each gets its own vector, and none waits for long."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.faces.face import Box, Sight
from sortbyface.faces.quality import Quality
from sortbyface.library import FileState, PhotoResult
from sortbyface.pipeline import large_batches
from sortbyface.pipeline.large_batches import CHIPS, SECONDS, in_large_batches
from sortbyface.pipeline.looking import SeenPhoto


class Embedder:
    """A chip's vector is the chip's own number; keeps the sizes of its batches."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def embed(self, chips: Chips) -> FloatMatrix:
        self.batches.append(len(chips))
        return chips[:, 0, 0, :1] + 256 * chips[:, 0, 0, 1:2].astype(np.float32)


def photos(faces: list[int]) -> Iterator[SeenPhoto]:
    """One with so many faces each; faces are numbered throughout."""
    first = 0
    for index, count in enumerate(faces):
        result = PhotoResult(f"{index}.jpg", FileState(index, 0), None, None if count else "damaged")
        yield SeenPhoto(result, [sight(number) for number in range(first, first + count)])
        first += count


def sight(number: int) -> Sight:
    chip = np.array([[[number % 256, number // 256, 0]]], dtype=np.uint8)
    return Sight(Box(number, 0, number + 1, 1), 0.5, np.zeros((5, 2), np.float32), Quality(80, 0.5, 0.0), chip)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Shows its first item, and stands still until somebody changes that."""
    now = [0.0]
    monkeypatch.setattr(large_batches, "monotonic", lambda: now[0])
    return now


@given(st.lists(st.lists(st.integers(0, 90), max_size=4), max_size=30))
def test_every_photo_keeps_its_faces_and_every_face_gets_its_vector(batches: list[list[int]]) -> None:
    everything = list(photos([count for batch in batches for count in batch]))
    stream = iter(everything)
    embedder = Embedder()

    results = [
        result
        for done in in_large_batches([[next(stream) for _ in batch] for batch in batches], embedder.embed)
        for result in done
    ]

    assert [(result.path, result.problem) for result in results] == [
        (photo.result.path, photo.result.problem) for photo in everything
    ]
    for result, photo in zip(results, everything, strict=True):
        assert [face.box for face in result.faces] == [sight.box for sight in photo.sights]
        assert [face.vector.tolist() for face in result.faces] == [[face.box.left] for face in result.faces]
    assert all(CHIPS <= size < CHIPS + 4 * 90 for size in embedder.batches[:-1])
    assert sum(embedder.batches) == sum(map(sum, batches))


def test_what_waits_does_not_wait_for_long(clock: list[float]) -> None:
    """Photos come one a second, far too slowly to fill a batch."""
    recorded = []

    def one_a_second() -> Iterator[list[SeenPhoto]]:
        for photo in photos([2] * 10):
            clock[0] += 1
            yield [photo]
            assert clock[0] - len(recorded) < SECONDS

    embedder = Embedder()
    for results in in_large_batches(one_a_second(), embedder.embed):
        recorded += results

    assert len(recorded) == 10
    assert embedder.batches == [2 * SECONDS] * 3 + [2]


def test_what_was_gathered_before_an_error_is_left_for_the_next_run() -> None:
    def broken() -> Iterator[list[SeenPhoto]]:
        stream = photos([CHIPS, 3])
        yield [next(stream)]
        yield [next(stream)]
        raise KeyboardInterrupt

    results = in_large_batches(broken(), Embedder().embed)

    assert [result.path for result in next(results)] == ["0.jpg"]
    with pytest.raises(KeyboardInterrupt):
        next(results)


def test_without_faces_nobody_is_asked() -> None:
    embedder = Embedder()

    (results,) = in_large_batches([list(photos([0, 0]))], embedder.embed)

    assert [result.faces for result in results] == [(), ()]
    assert embedder.batches == []
