"""A library with damage anywhere in its file: every command says so, and a repair saves what there is."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sortbyface.errors import SortByFaceError
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.check import check_library
from sortbyface.jobs.sort import sort_photos
from tests.conftest import look_again

PLACES = 100
CHUNKS = 10


def damaged(content: bytes, seed: int) -> bytes:
    """Some bytes of it flipped, zeroed, or everything after a place cut off."""
    chance = random.Random(seed)
    result = bytearray(content)
    place = chance.choice([chance.randrange(len(result)), chance.randrange(len(result)), chance.randrange(100)])
    match seed % 4:
        case 0:
            del result[chance.randrange(len(result)) :]
        case 1:
            length = chance.choice([1, 16, 512, 4096, 16384])
            result[place : place + length] = bytes(len(result[place : place + length]))
        case 2:
            for offset in range(place, min(len(result), place + chance.choice([1, 8, 100]))):
                result[offset] ^= 1 << chance.randrange(8)
        case _:
            length = chance.choice([1, 64, 4096])
            result[place : place + length] = chance.randbytes(len(result[place : place + length]))
    return bytes(result)


def attempt(job: Callable[[], object]) -> str | None:
    """The message of a job that could not be done; None if it was. Anything else that it raises fails the test."""
    message = None
    try:
        job()
    except SortByFaceError as error:
        message = str(error)
    assert "\n" not in (message or "")
    return message


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damage_anywhere(home: Path, chunk: int) -> None:
    library, sorted_pictures = home / LIBRARY, home / "Sorted-pictures"
    sort_photos(sorted_pictures, library=library)
    whole = library.read_bytes()
    outcomes = []
    for seed in range(chunk, PLACES, CHUNKS):
        library.write_bytes(damaged(whole, seed))

        attempt(lambda: check_library(library))
        attempt(lambda: sort_photos(home / "Elsewhere", library=library))
        attempt(lambda: look_again(home))
        assert library.is_file()
        words = attempt(lambda: check_library(library, repair=True))

        assert library.is_file()
        if words is None:
            outcome = check_library(library)
            assert not [finding for finding in outcome.left if finding.mend], (seed, outcome)
            assert not check_library(library, repair=True).mended
            assert attempt(lambda: look_again(home)) is None, seed
            assert attempt(lambda: sort_photos(sorted_pictures, library=library)) is None, seed
        outcomes.append(words is None)
        shutil.rmtree(home / "Elsewhere", ignore_errors=True)
        for file in home.glob(f"{LIBRARY}*"):
            file.unlink()
    assert sum(outcomes) >= 3, "what does not hit the list of tables can be mended"
