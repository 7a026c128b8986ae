"""A folder for everybody, whatever they are called, on every system."""

import ntpath
import sys
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sortbyface.naming import folded
from sortbyface.sorting.foldernames import folder_names, group_folder_names, safe_folder_name

OURS = ("Others", "Unknown faces")


def unnamed(person: int) -> str:
    return f"Person {person}"


def folders_of(names: dict[int, str | None]) -> dict[int, str]:
    return folder_names(names, unnamed, OURS)


def why_not(name: str) -> str | None:
    """Why some system would refuse this folder, or show it otherwise; written from their rules, not from the code."""
    windows_forbids = set('<>:"/\\|?*') | {chr(code) for code in range(32)}
    reserved = ntpath.isreserved(name) if sys.version_info >= (3, 13) else PureWindowsPath(name).is_reserved()
    rules = {
        "empty": not name,
        "not UTF-8": name != name.encode("utf-8", "replace").decode(),
        "too long for Linux": len(name.encode("utf-8", "replace")) > 255,
        "too long for Windows": len(name.encode("utf-16-le", "surrogatepass")) > 2 * 255,
        "too long for HFS+": len(unicodedata.normalize("NFD", name).encode("utf-16-le", "surrogatepass")) > 2 * 255,
        "forbidden on Windows": not windows_forbids.isdisjoint(name),
        "forbidden on Windows once a Mac took it apart": not windows_forbids.isdisjoint(
            unicodedata.normalize("NFD", name)
        ),
        "a device of Windows": reserved,
        "end dropped by Windows": name.endswith((".", " ")),
        "hidden": name.startswith("."),
        "begins with a space": name.startswith(" "),
        "not composed": name != unicodedata.normalize("NFC", name),
        "turns the writing direction": any(unicodedata.bidirectional(c) in _TURNING for c in name),
        "control characters": any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name),
    }
    return next((rule for rule, broken in rules.items() if broken), None)


_TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")

TRICKY = [
    "CON", "nul.txt", "Com1", "LPT³.a", "conin$", "aux .x", "Prn.", "..", ".", "...", ".hidden", " Anna ", "Anna.",
    "Anna. .",
    "a/b", "a\\b", 'He said: "hi"?', "<*>", "a|b", "\x00", "tab\there", "line\nbreak", "\u202eevil\u202c",
    "\u2066x\u2069",
    "👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦" * 60, "é" * 300, "e\u0301" * 300, "ΐ" * 200, "한" * 200, "𝒜" * 200, "x" * 5000,
    "\ud800", "Bo\udcff",
    "≮", "<\u200b\u0338", "\u037e", "\u200d", "\u3164", "a" + "\u0301" * 3000, "Person 7", "Others", "unknown FACES",
    ".sort-by-face", "Anna (2)", "Dr. Smith", "\ufdd0", "🏴\U000e0067\U000e0062\U000e007f", "???", "_", "\u2028",
]  # fmt: skip
anything = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(), max_size=40),
    st.text(st.sampled_from("aA .\u0301\u200d\u202e/:<\u0338_CONcon1¹(2)é👩🏽🇨"), max_size=300),
    st.builds("{}{}".format, st.sampled_from(TRICKY), st.sampled_from(TRICKY)),
)


@pytest.mark.parametrize(
    ("typed", "folder"),
    [
        ("Anna", "Anna"),
        ("  Anna   Maria ", "Anna Maria"),
        ("Anna\tMaria\n", "Anna Maria"),
        ("AC/DC", "AC_DC"),
        ("Zoe\u0308", "Zoë"),
        (".sort-by-face", "sort-by-face"),
        ("Martin Jr.", "Martin Jr"),
        ("Dr. Smith", "Dr. Smith"),
        ("con", "con_"),
        ("nul.txt", "nul_.txt"),
        ("LPT¹", "LPT¹_"),
        ("Connie", "Connie"),
        ("Com10", "Com10"),
        ("\u202eannA", "annA"),
        ("نیم\u200cفاصله", "نیم\u200cفاصله"),
        ("Bo\udcff", "Bo"),
        ("❤️", "❤️"),
    ],
)
def test_a_name_becomes_a_folder(typed: str, folder: str) -> None:
    assert safe_folder_name(typed) == folder


@pytest.mark.parametrize("typed", [None, "", "   ", "...", "???", "\u200d\u200b", "\ud800", "\x00", "/", "\u3164"])
def test_a_name_of_which_nothing_can_be_seen_is_none(typed: str | None) -> None:
    assert folders_of({4: typed}) == {4: "Person 4"}


def test_a_family_is_not_torn_apart_by_a_cut() -> None:
    family = "👨‍👩‍👧‍👦"
    folder = safe_folder_name(family * 60)
    assert folder == family * (len(folder) // len(family))


@given(anything)
@example("ΐ" * 250)
@example("<*>a" + "\u0301" * 150)
@example("CON" + "\u0301" * 150)  # whose last whole character does not fit
def test_a_folder_name_is_valid_everywhere_and_a_second_cleaning_changes_nothing(typed: str) -> None:
    name = safe_folder_name(typed)
    assert name == "" or why_not(name) is None
    assert safe_folder_name(name) == name


def test_the_disk_here_takes_them(tmp_path: Path) -> None:
    folders = folders_of(dict(enumerate(TRICKY)))
    for folder in folders.values():
        (tmp_path / folder).mkdir()
    assert {path.name for path in tmp_path.iterdir()} == set(folders.values())


people = st.dictionaries(st.integers(0, 30), st.none() | anything, max_size=12)


@given(people)
def test_everybody_has_a_folder_of_their_own(names: dict[int, str | None]) -> None:
    folders = folders_of(names)
    assert list(folders) == sorted(names)
    assert {why_not(folder) for folder in folders.values()} <= {None}
    assert len({folded(folder) for folder in [*folders.values(), *OURS]}) == len(names) + len(OURS)
    assert folders == folders_of(dict(reversed(names.items())))


@given(people, st.none() | anything)
def test_a_newcomer_renames_nobody(names: dict[int, str | None], name: str | None) -> None:
    before = folders_of(names)
    after = folders_of({**names, 31: name})
    assert {person: after[person] for person in before} == before


@given(people, st.integers(0, 30))
def test_somebody_without_a_name_has_the_folder_of_their_number(names: dict[int, str | None], person: int) -> None:
    assert folders_of({**names, person: None})[person] == unnamed(person)


@pytest.mark.parametrize(
    ("names", "folders"),
    [
        ({1: "Anna", 2: "anna", 3: "ANNA"}, ["Anna", "anna (2)", "ANNA (3)"]),
        ({1: "Zoë", 2: "Zoe\u0308"}, ["Zoë", "Zoë (2)"]),
        ({1: "Anna (2)", 2: "Anna", 3: "Anna"}, ["Anna (2)", "Anna", "Anna (3)"]),
        ({3: "Person 7"}, ["Person 7 (2)"]),
        ({3: "Person 7", 7: None}, ["Person 7 (2)", "Person 7"]),
        ({3: "person 7", 7: "Person 7"}, ["person 7 (2)", "Person 7"]),
        ({3: "Person 3"}, ["Person 3"]),
        ({1: "Others", 2: "unknown faces"}, ["Others (2)", "unknown faces (2)"]),
        ({1: "a/b", 2: "a:b"}, ["a_b", "a_b (2)"]),
    ],
)
def test_names_that_could_be_mistaken(names: dict[int, str | None], folders: list[str]) -> None:
    assert list(folders_of(names).values()) == folders


def test_people_who_are_together_share_a_folder_named_for_all() -> None:
    folders = folders_of({1: "Anna", 2: "Bea", 9: None})
    groups = [frozenset({2, 1}), frozenset({9, 1, 2}), frozenset({2})]
    assert group_folder_names(groups, folders, OURS) == {
        frozenset({2}): "Bea",
        frozenset({1, 2}): "Anna, Bea",
        frozenset({1, 2, 9}): "Anna, Bea, Person 9",
    }


def test_a_large_company_is_told_as_far_as_there_is_room() -> None:
    folders = folders_of({person: f"Somebody {person}" for person in range(10, 30)})
    (name,) = group_folder_names([frozenset(folders)], folders, OURS).values()
    told, _, rest = name.rpartition(" and ")
    assert told.split(", ") == [f"Somebody {person}" for person in range(10, 10 + len(told.split(", ")))]
    assert rest == f"{20 - len(told.split(', '))} more"
    assert why_not(name) is None


def test_names_too_long_to_stand_together() -> None:
    folders = folders_of({1: "x" * 300, 2: "Bea"})
    assert group_folder_names([frozenset({1, 2})], folders, OURS) == {frozenset({1, 2}): "x" * 100 + " and 1 more"}


def test_somebody_who_is_called_like_a_company() -> None:
    folders = folders_of({1: "Anna", 2: "Bea", 3: "Anna, Bea"})
    assert group_folder_names([frozenset({1, 2})], folders, OURS) == {frozenset({1, 2}): "Anna, Bea (2)"}


groups_of_people = st.lists(st.frozensets(st.integers(0, 30), min_size=1), max_size=8)


@given(people, groups_of_people)
def test_every_company_has_a_folder_of_its_own(names: dict[int, str | None], groups: list[frozenset[int]]) -> None:
    folders = folders_of({person: names.get(person) for person in range(31)})
    together = group_folder_names(groups, folders, OURS)
    assert set(together) == set(groups)
    assert {why_not(name) for name in together.values()} <= {None}
    own = {folded(name) for group, name in together.items() if len(group) > 1}
    assert len(own) == len({group for group in groups if len(group) > 1})
    assert own.isdisjoint(folded(name) for name in [*folders.values(), *OURS])
    assert together == group_folder_names(reversed(groups), folders, OURS)


@given(people, groups_of_people, st.frozensets(st.integers(0, 30)), anything)
def test_a_newcomer_in_company_renames_no_company(
    names: dict[int, str | None], groups: list[frozenset[int]], company: frozenset[int], name: str
) -> None:
    everybody = {person: names.get(person) for person in range(31)}
    before = group_folder_names(groups, folders_of(everybody), OURS)
    folders = folders_of({**everybody, 31: name})
    if any(folded(folders[31]) == folded(folder) for folder in before.values()):
        return  # called like a company: people go first
    after = group_folder_names([*groups, company | {31}], folders, OURS)
    assert {group: after[group] for group in before} == before
