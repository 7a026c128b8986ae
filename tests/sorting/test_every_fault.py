"""Whatever fails in the middle: nothing half-done has a final name, and the same command completes the work."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from sortbyface.errors import DestinationUnusable
from sortbyface.sorting import Mode
from tests.conftest import untouched
from tests.promises.soaking import SOAKING
from tests.sorting.crowd import Crowd, everything, files

PHOTOS = 50
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


class Fault:
    """A function of `os` that fails once."""

    def __init__(self, call: Callable[..., Any], at: int, number: int) -> None:
        self._call = call
        self._at = at
        self._number = number
        self._lock = Lock()
        self.calls = 0

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        with self._lock:
            self.calls += 1
            fails = self.calls == self._at
        if fails:
            raise OSError(self._number, os.strerror(self._number))
        return self._call(*arguments, **options)


@contextmanager
def failing(name: str, at: int = 0, number: int = 0) -> Iterator[Fault]:
    """at: which call fails, from 1; 0 for none."""
    fault = Fault(getattr(os, name), at, number)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, name, fault)
        yield fault


@pytest.fixture
def many(tmp_path: Path) -> Crowd:
    """Fifty photos of three people, many of one name."""
    crowd = Crowd(tmp_path)
    for number in range(PHOTOS):
        crowd.photo(f"{number % 4}/IMG_{number // 4}.jpg", number % 3 + 1)
    crowd.look()
    return crowd


@pytest.mark.parametrize("name", ["write", "fsync", "link", "symlink", "unlink", "mkdir", "rmdir"])
@pytest.mark.parametrize("mode", [Mode.COPY, Mode.HARDLINK, Mode.SYMLINK])
def test_every_call_fails_in_turn(many: Crowd, mode: Mode, name: str) -> None:
    """At a sort by copy, each; when links are made, files moved and removed, and all undone, the first, the last, and
    one between: but all of them with SOAK.
    """
    originals = untouched(many.photos)
    whole = {path.read_bytes() for path in many.photos.rglob("*.jpg")}
    before = everything(many.sorted)

    check_step(many, name, whole, lambda: many.sort(mode=mode), each=mode == Mode.COPY)
    first = everything(many.sorted)
    many.people(id=1, name="Anna")
    many.people(id=2, hidden=1)
    check_step(many, name, whole, lambda: many.sort(mode=mode))
    assert {path.name for path in many.sorted.iterdir()} >= {"Anna", "Person 3"}
    check_step(many, name, whole, many.undo)
    assert everything(many.sorted) == first
    check_step(many, name, whole, many.undo)

    assert everything(many.sorted) == before
    assert untouched(many.photos) == originals


def check_step(crowd: Crowd, name: str, whole: set[bytes], step: Callable[[], object], *, each: bool = SOAKING) -> None:
    """Do it again and again, each time with another call that fails, and leave it done."""
    crowd.keep()
    with failing(name) as counted:
        step()
    expected, journal = everything(crowd.sorted), [row[:3] for row in crowd.ours()]
    points = range(1, counted.calls + 1) if each else (1, counted.calls // 2, counted.calls)
    for at, number in zip(points, cycle(ERRORS), strict=False):
        if at:
            crowd.put_back()
            with failing(name, at, number):
                failed = told(crowd, step, number)
            assert set(files(crowd.sorted).values()) <= whole
            if failed:
                step()
            assert everything(crowd.sorted) == expected
            assert [row[:3] for row in crowd.ours()] == journal


def told(crowd: Crowd, step: Callable[[], object], number: int) -> bool:
    """Whether the step failed, which it does with one line that says where, why, and what to do."""
    try:
        step()
    except DestinationUnusable as error:
        words = str(error)
    else:
        return False
    assert str(crowd.sorted) in words
    assert os.strerror(number) in words
    assert "run this again" in words
    return True
