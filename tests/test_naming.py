"""Names of files: numbered, and told apart as file systems tell them apart."""

import os
import unicodedata
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.naming import folded, numbered


def test_numbers_stand_before_the_extension() -> None:
    assert list(islice(numbered("IMG_1.jpg"), 3)) == ["IMG_1.jpg", "IMG_1 (2).jpg", "IMG_1 (3).jpg"]


@pytest.mark.parametrize("stem", ["a" * 251, "ü" * 125, "👨‍👩‍👧‍👦" * 10, "😀" * 62])
def test_a_long_name_makes_room_for_its_number_and_is_never_cut_inside_a_character(stem: str) -> None:
    for name in islice(numbered(f"{stem}.jpg"), 12):
        assert len(name.encode()) <= 255  # and so is UTF-8
        assert name.endswith(".jpg")
        assert stem.startswith(name.removesuffix(".jpg").partition(" (")[0])


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    name = os.fsdecode(b"\xff\xfe.jpg")
    assert next(numbered(name)) == name


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Anna", "aNNA"),
        ("Zoë", "Zoe\u0308"),
        ("STRASSE", "straße"),
        ("ǰ\u0323", "J\u0323\u030c"),  # whose lower case is not composed as the name was
        ("Anna", "An\u200bna"),
        ("❤", "❤\ufe0f"),
    ],
)
def test_names_that_some_file_system_takes_for_the_same(name: str, other: str) -> None:
    assert folded(name) == folded(other)


def test_names_that_differ() -> None:
    assert len({folded(name) for name in ("Anna", "Ana", "Änna", "Anna 2", "あんな")}) == 5


@given(st.text())
def test_folding_minds_neither_form_nor_case(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert folded(unicodedata.normalize(form, name)) == folded(name)
    assert folded(name.casefold()) == folded(name)
    assert folded(folded(name)) == folded(name)
