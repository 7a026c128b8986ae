"""A device that is full or fails loses no chip and does none twice."""

import logging

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.networks.device import CHIPS_AT_A_TIME, DeviceFailed, DeviceFull, FallibleDevice


def chips(count: int) -> Chips:
    """Chips of one pixel, which is the chip's number."""
    numbers = np.arange(count, dtype=np.uint16)
    return np.stack([numbers // 256, numbers % 256, 0 * numbers], axis=1).astype(np.uint8)[:, np.newaxis, np.newaxis]


def vectors(of: Chips) -> FloatMatrix:
    """(n, 1): the chips' numbers."""
    return (256.0 * of[:, 0, 0, 0] + of[:, 0, 0, 1])[:, np.newaxis].astype(np.float32)


class Device:
    """Has room for so many chips, and is gone after so many batches."""

    def __init__(self, room: int, lasts: int = 1000) -> None:
        self.room, self.lasts = room, lasts
        self.asked: list[int] = []

    def run(self, of: Chips) -> FloatMatrix:
        self.asked.append(len(of))
        if len(self.asked) > self.lasts:
            raise DeviceFailed("the GPU failed (it fell off the bus)")
        if len(of) > self.room:
            raise DeviceFull("the GPU's memory is too short")
        return vectors(of)


class Processor:
    """Counts the chips that it is given."""

    count = 0

    def run(self, of: Chips) -> FloatMatrix:
        self.count += len(of)
        return vectors(of)


@given(
    room=st.integers(0, 2 * CHIPS_AT_A_TIME),
    lasts=st.integers(0, 12),
    counts=st.lists(st.integers(0, 3 * CHIPS_AT_A_TIME), min_size=1, max_size=4),
)
def test_every_chip_has_its_vector_whatever_befalls_the_device(room: int, lasts: int, counts: list[int]) -> None:
    device, processor = Device(room, lasts), Processor()
    fallible = FallibleDevice(device.run, processor.run)

    for count in counts:
        np.testing.assert_array_equal(fallible.run(chips(count)), vectors(chips(count)))

    assert max(device.asked, default=0) <= CHIPS_AT_A_TIME
    if room >= CHIPS_AT_A_TIME and lasts == 12:
        assert processor.count == 0


def test_a_device_without_room_for_all_gets_half_and_keeps_to_it(caplog: pytest.LogCaptureFixture) -> None:
    device, processor = Device(room=100), Processor()
    fallible = FallibleDevice(device.run, processor.run)

    for _ in range(2):
        assert len(fallible.run(chips(300))) == 300

    assert device.asked == [256, 128, *[64] * 4, 44, *[64] * 4, 44]
    assert processor.count == 0
    assert caplog.messages == [
        "the GPU's memory is too short for 256 faces at a time; going on with 128",
        "the GPU's memory is too short for 128 faces at a time; going on with 64",
    ]


def test_a_device_without_room_for_one_is_given_up_for_good(caplog: pytest.LogCaptureFixture) -> None:
    device, processor = Device(room=0), Processor()
    fallible = FallibleDevice(device.run, processor.run)

    for _ in range(2):
        assert len(fallible.run(chips(5))) == 5

    assert device.asked == [5, 2, 1]
    assert processor.count == 10
    assert caplog.messages[-1] == "the GPU's memory is too short for a single face; going on with the processor"


def test_a_device_that_fails_in_the_middle_has_the_rest_done_by_the_processor(caplog: pytest.LogCaptureFixture) -> None:
    device, processor = Device(room=1000, lasts=2), Processor()

    with caplog.at_level(logging.WARNING):
        FallibleDevice(device.run, processor.run).run(chips(600))

    assert processor.count == 600 - 2 * CHIPS_AT_A_TIME
    assert caplog.messages == ["the GPU failed (it fell off the bus); going on with the processor"]
