"""What people may be called, and who is meant by what a user types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.errors import CorrectionRefused
from sortbyface.library import PersonRecord
from sortbyface.naming import folded
from sortbyface.people.naming import called, checked_name, person_called, who_else_has

SOME = [
    PersonRecord(7, None, False, None),
    PersonRecord(8, "Zoë Straße", False, None),
    PersonRecord(9, "אבא", True, None),
    PersonRecord(12, "👩‍👩‍👧", False, None),
]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada", "Ada"),
        ("  Ada\t Lovelace \n", "Ada Lovelace"),
        ("Zoe\N{COMBINING DIAERESIS}", "Zoë"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("אבא", "אבא"),
        ("محمد", "محمد"),
        ("山田太郎", "山田太郎"),
        ("O'Brien; DROP TABLE people --", "O'Brien; DROP TABLE people --"),
        ("Louis XIV / 14", "Louis XIV / 14"),
        ("CON", "CON"),
        ("...a", "...a"),
        ("Person Seven", "Person Seven"),
        ("Person 7a", "Person 7a"),
        ("R2D2", "R2D2"),
        ("A" * 200, "A" * 200),
    ],
)
def test_a_name_is_kept_as_typed_but_for_spaces_and_how_accents_are_written(typed: str, kept: str) -> None:
    assert checked_name(typed) == kept
    assert checked_name(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "\n", "...", "---", "\N{COMBINING DIAERESIS}", "\N{ZERO WIDTH SPACE}", "\N{HANGUL FILLER}"),
        *("A\x00da", "A\x1b[31mda", "Ada\udcff", "\udcff", "A" * 201, "A" * 10_000),
        *(
            "7",
            "007",
            "٧",
            "Person 7",
            "person 7",
            "PERSON  7",
            "Person 7\N{ZERO WIDTH SPACE}",
            "Person\N{NO-BREAK SPACE}7",
        ),
    ],
)
def test_what_is_no_name(typed: str) -> None:
    """Nothing to read, nothing that a terminal or a file system trips over, and nothing that means somebody else."""
    with pytest.raises(CorrectionRefused) as refused:
        checked_name(typed)
    assert len(str(refused.value)) < 150
    assert str(refused.value).isprintable()


@given(text=st.text())
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        name = checked_name(text)
    except CorrectionRefused:
        return
    assert checked_name(name) == name
    assert name.encode()
    assert folded(name).strip()
    assert person_called(text, [PersonRecord(3, name, False, None)]).id == 3


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        *(("7", 7), ("Person 7", 7), ("person 7", 7), (" PERSON  7 ", 7), ("8", 8), ("Person 8", 8)),
        *(("Zoë Straße", 8), ("ZOË STRASSE", 8), ("zoe\N{COMBINING DIAERESIS}  straße", 8), ("אבא", 9), ("👩‍👩‍👧", 12)),
    ],
)
def test_who_is_meant(typed: str, person: int) -> None:
    assert person_called(typed, SOME).id == person


@pytest.mark.parametrize(
    "typed", ["", "Ada", "Zoe Straße", "1", "Person 1", "-7", "7.0", "9" * 5000, "A\x00", "\udcff"]
)
def test_nobody_is_meant(typed: str) -> None:
    with pytest.raises(CorrectionRefused, match="nobody is called") as refused:
        person_called(typed, SOME)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("name", ["Zoë Straße", "ZOË STRASSE", "Zoe\N{COMBINING DIAERESIS} Straße", "Zoë\u200b Straße"])
def test_names_that_a_file_system_takes_for_one_are_one_persons(name: str) -> None:
    other = who_else_has(name, 7, SOME)
    assert other is not None
    assert other.id == 8
    assert who_else_has(name, 8, SOME) is None


def test_people_in_a_sentence() -> None:
    assert [called(record) for record in SOME] == ["Person 7", "Zoë Straße", "אבא", "👩‍👩‍👧"]
