"""What looks like one character is one, and stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.graphemes import cut, graphemes

WHOLE = [
    "a",
    "e\u0301",  # é of two code points
    "क्\u200d",
    "नि",
    "กำ",
    "\u1112\u1161\u11ab",  # 한 of three
    "\u1100\uac00",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "❤️‍🔥",
    "1️⃣",
    "🇨🇿",
    "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",  # Wales
]


@pytest.mark.parametrize("character", WHOLE)
def test_a_character_of_many_code_points(character: str) -> None:
    assert list(graphemes(character)) == [character]
    assert list(graphemes(f"x{character * 2}y")) == ["x", character, character, "y"]


@given(st.lists(st.sampled_from([*WHOLE, " ", "b", "Ω"])), st.integers(0, 60))
def test_a_cut_keeps_as_many_whole_characters_as_fit(characters: list[str], room: int) -> None:
    text = "".join(characters)
    kept = cut(text, lambda part: len(part) <= room)
    count = len(list(graphemes(kept)))
    assert kept == "".join(characters[:count])
    assert count == len(characters) or len("".join(characters[: count + 1])) > room


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert "".join(graphemes(text)) == text
