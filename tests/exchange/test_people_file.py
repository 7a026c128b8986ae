"""People as a file: what goes in comes out, and whatever somebody sends is read whole or not at all."""

import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.errors import PeopleFileUnusable
from sortbyface.exchange.people_file import people_of, read_people, write_people
from sortbyface.faces.face import Box
from sortbyface.jobs.people_file import export_people, import_people
from sortbyface.library import FileState, Known, Library, Placement, Rejection
from sortbyface.people.naming import checked_name

_PHOTOS = 6
_BOXES = [None, Box(0.1, 0, 10, 10), Box(20, 0.25, 30, 1 / 3 + 9), Box(-5.5, 40, 60, 90)]

names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
faces = st.tuples(
    st.integers(1, _PHOTOS), st.sampled_from(_BOXES), st.booleans(), st.none() | st.floats(-1, 1), st.booleans()
)
person = st.tuples(names, st.booleans(), st.lists(faces, max_size=5), st.lists(faces, max_size=2))


def fill(library: Library, people: list[Any], prefix: str = "") -> None:
    """Photos, and people with faces in them. No two faces of a photo are at one place."""
    library.photos.add_contents((FileState(100 + photo, 0), bytes([photo]) * 32) for photo in range(_PHOTOS))
    taken = set()
    with library.changes.recorded("made up"):
        for number, (name, hidden, seen, rejected) in enumerate(people, start=1):
            library.people.add_person()
            cover = None
            for content, box, confirmed, similarity, is_cover in seen:
                if (content, box) not in taken:
                    taken.add((content, box))
                    row = library.people.add_placement(Placement(content, box, number, confirmed, similarity))
                    cover = row if is_cover else cover
            for content, box, *_ in rejected:
                if (content, box) not in taken:
                    library.people.reject(Rejection(content, box, number))
            [record] = [record for record in library.people.records() if record.id == number]
            own = checked_name(f"{prefix}{name} {number:x}.") if name.strip() else None
            library.people.update_person(record._replace(name=own, hidden=hidden and bool(own or cover), cover=cover))


@settings(deadline=None, max_examples=40)
@given(st.lists(person, max_size=5))
def test_export_import_export_gives_the_same_bytes(people: list[Any]) -> None:
    """Into an empty library, and into the very same, where nothing changes."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first.sqlite"), Path(folder, "second.sqlite")
        with Library.opened(first, create=True) as library:
            fill(library, people)
            before = library.people.known()
        export_people(Path(folder, "1.json"), first)
        import_people(Path(folder, "1.json"), second)
        export_people(Path(folder, "2.json"), second)
        assert Path(folder, "2.json").read_bytes() == Path(folder, "1.json").read_bytes()
        assert import_people(Path(folder, "1.json"), first).brought.is_empty
        with Library.opened(first) as library:
            assert library.people.known() == before


@settings(deadline=None, max_examples=40)
@given(st.lists(person, max_size=4), st.lists(person, max_size=4))
def test_into_a_library_with_other_people(theirs: list[Any], ours: list[Any]) -> None:
    """Confirmed faces stay, names stay and come, a second import brings nothing, and undo takes all back."""
    with tempfile.TemporaryDirectory() as folder:
        first, second, file = Path(folder, "first.sqlite"), Path(folder, "second.sqlite"), Path(folder, "people.json")
        with Library.opened(first, create=True) as library:
            fill(library, theirs, "T")
            named = {record.name for record in library.people.records() if record.name}
        with Library.opened(second, create=True) as library:
            fill(library, ours, "O")
            before = library.people.known()
        export_people(file, first)

        changed = not import_people(file, second).brought.is_empty

        with Library.opened(second) as library:
            after = library.people.known()
            assert sure(before) <= sure(after)
            assert {record.name for record in before.records if record.name} | named == {
                record.name for record in after.records if record.name
            }
            assert all(record in {one.id for one in after.records} for record in {one.id for one in before.records})
        assert import_people(file, second).brought.is_empty
        with Library.opened(second) as library:
            if changed:
                change = library.changes.latest()
                assert change is not None
                library.changes.undo(change)
            undone = library.people.known()
            assert undone.placements == before.placements
            assert undone.records == before.records
            assert undone.rejections == before.rejections


def sure(known: Known) -> set[tuple[Any, ...]]:
    return {(one.content, one.box, one.person) for one in known.placements if one.confirmed}


@pytest.fixture
def example(tmp_path: Path) -> str:
    """A file with two people."""
    with Library.opened(tmp_path / "example.sqlite", create=True) as library:
        seen = [(1, _BOXES[1], True, None, True), (2, None, False, 0.75, False)]
        fill(
            library,
            [
                ("Zoë 👩‍🚀", False, seen, [(3, _BOXES[2], False, None, False)]),
                ("", False, [(2, _BOXES[3], False, 0.5, False)], []),
            ],
        )
        write_people(people_of(library), tmp_path / "example.json")
    return (tmp_path / "example.json").read_text(encoding="utf-8")


def test_a_person_can_read_it(example: str) -> None:
    hashes = [f"{number:02x}" * 32 for number in range(4)]
    assert (
        example
        == f"""{{
"format": "sort-by-face people",
"version": 1,
"photos": {{
  "{hashes[0]}": {{"size": 100, "path": null}},
  "{hashes[1]}": {{"size": 101, "path": null}},
  "{hashes[2]}": {{"size": 102, "path": null}}
}},
"people": [
{{"id": 1, "name": "Zoë 👩‍🚀 1.", "hidden": false, "faces": [
  {{"photo": "{hashes[0]}", "box": [0.1, 0.0, 10.0, 10.0], "confirmed": true, "similarity": null, "cover": true}},
  {{"photo": "{hashes[1]}", "box": null, "confirmed": false, "similarity": 0.75, "cover": false}}
], "not": [
  {{"photo": "{hashes[2]}", "box": [20.0, 0.25, 30.0, 9.333333333333334]}}
]}},
{{"id": 2, "name": null, "hidden": false, "faces": [
  {{"photo": "{hashes[1]}", "box": [-5.5, 40.0, 60.0, 90.0], "confirmed": false, "similarity": 0.5, "cover": false}}
], "not": []}}
]
}}
"""
    )


def changed(change: Callable[[dict[str, Any]], object]) -> Callable[[str], bytes]:
    def of(text: str) -> bytes:
        value = json.loads(text)
        change(value)
        return json.dumps(value).encode()

    return of


HOSTILE: dict[str, tuple[Callable[[str], bytes], str]] = {
    "empty": (lambda text: b"", "not JSON"),
    "truncated": (lambda text: text.encode()[:-20], "not JSON"),
    "deep": (lambda text: b"[" * 1_000_000, "nested too deeply"),
    "deep objects": (lambda text: b'{"a":' * 200_000, "nested too deeply"),
    "not UTF-8": (lambda text: text.encode("utf-16"), "not UTF-8 at byte 0"),
    "latin-1": (lambda text: text.replace("👩‍🚀", "").encode("latin-1"), "not UTF-8 at byte"),
    "NaN": (lambda text: text.replace("0.75", "NaN").encode(), "NaN is no number"),
    "infinite": (lambda text: text.replace("0.75", "1e999").encode(), "inf is no similarity"),
    "infinite box": (lambda text: text.replace("0.1,", "-1e999,").encode(), "is no box"),
    "huge number": (lambda text: text.replace('"id": 1', '"id": ' + "9" * 5000).encode(), "not JSON"),
    "large number": (lambda text: text.replace('"id": 1', '"id": 9999999999').encode(), "is no number of a person"),
    "twice": (lambda text: text.replace('"hidden"', '"id": 3, "hidden"').encode(), "'id' is there twice"),
    "other JSON": (lambda text: b'{"a": 1}', "not a file of people"),
    "a list": (lambda text: b"[]", "not a file of people"),
    "a newer version": (changed(lambda file: file.update(version=2)), "of version 2, which this Sort-By-Face does not"),
    "same number": (changed(lambda file: file["people"][1].update(id=1)), "two people have the same number"),
    "true for a number": (changed(lambda file: file["people"][0].update(id=True)), "'id' is missing or wrong"),
    "text for a number": (changed(lambda file: file["people"][0].update(id="1")), "'id' is missing or wrong"),
    "no faces": (changed(lambda file: file["people"][0].pop("faces")), "'faces' is missing or wrong"),
    "name of nobody": (changed(lambda file: file["people"][0].update(name="Person 3")), "'Person 3' is what somebody"),
    "no name": (changed(lambda file: file["people"][0].update(name="\ud800")), "cannot be read as a name"),
    "long name": (changed(lambda file: file["people"][0].update(name="x" * 10_000)), "is no name"),
    "a command": (changed(lambda file: file["people"][0].update(name="a\x1b[2J")), "is no name"),
    "unlisted photo": (changed(lambda file: file.update(photos={})), "in a photo that is not listed"),
    "no hash": (changed(lambda file: file["photos"].update({"../x": {"size": 1, "path": None}})), "is no SHA-256"),
    "negative size": (changed(lambda file: file["photos"].update({"0" * 64: {"size": -1, "path": None}})), "no size"),
    "box of three": (changed(lambda file: file["people"][0]["faces"][0].update(box=[1, 2, 3])), "is no box"),
    "box inside out": (changed(lambda file: file["people"][0]["faces"][0].update(box=[9, 9, 1, 1])), "is no box"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files(kind: str, example: str, tmp_path: Path) -> None:
    change, complaint = HOSTILE[kind]
    file = tmp_path / "people.json"
    file.write_bytes(change(example))
    with pytest.raises(PeopleFileUnusable) as refusal:
        import_people(file, tmp_path / "new.sqlite")
    assert complaint in str(refusal.value)
    assert str(refusal.value).startswith(str(file))
    assert len(str(refusal.value)) < len(str(tmp_path)) + 600
    assert not (tmp_path / "new.sqlite").exists()


def test_no_file_and_no_regular_file(tmp_path: Path) -> None:
    with pytest.raises(PeopleFileUnusable, match="there is no such file"):
        read_people(tmp_path / "people.json")
    with pytest.raises(PeopleFileUnusable, match="not a regular file"):
        read_people(tmp_path)


def test_mutated_files_are_taken_whole_or_not_at_all(example: str, tmp_path: Path) -> None:
    """300 of them. What is taken can be exported again, and undone."""
    dice = random.Random(5)
    library, file = tmp_path / "new.sqlite", tmp_path / "people.json"
    with Library.opened(library, create=True) as opened:
        assert opened.people.known() == Known([], [], [], 1)
    taken = 0
    for _ in range(300):
        file.write_bytes(mutated(example.encode(), dice))
        try:
            brought = import_people(file, library).brought
        except PeopleFileUnusable:
            brought = None
        with Library.opened(library) as opened:
            if brought and not brought.is_empty:
                taken += 1
                change = opened.changes.latest()
                assert change is not None
                opened.changes.undo(change)
            assert not opened.people.placements()
            assert not opened.people.records()
            assert not opened.people.rejections()
    assert 5 < taken < 295


def mutated(data: bytes, dice: random.Random) -> bytes:
    at, to = sorted(dice.randrange(len(data)) for _ in range(2))
    to = min(to, at + 40)
    return dice.choice(
        [
            lambda: data[:at],
            lambda: data[:at] + data[to:],
            lambda: data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :],
            lambda: data[:at] + data[at:to] * 2 + data[to:],
            lambda: data[:at] + str(dice.choice([-1, 0, 1e308, "null", "{}", "[]", '"x"'])).encode() + data[at + 1 :],
            lambda: data.replace(*dice.choice(_SWAPS), 1),
        ]
    )()


_SWAPS = [
    (b"true", b"false"), (b"null", b"0"), (b"0.75", b"-0.75"), (b'"id": 2', b'"id": 77'), (b"10.0", b"1e5"),
    (b"[20.0", b"[null"), (b"101", b"1.5"), (b'"not": []', b'"not": {}'), (b"Zo", b""), (b"[-5.5", b"[-5.5, 3"),
]  # fmt: skip
