"""A library's people as JSON: a line for each photo and each face, always in the same order."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sortbyface.exchange.people_file.form import FORMAT, VERSION, FilePerson, PeopleFile, PhotoHint, Place, Seen
from sortbyface.library import Library, Placement, Rejection
from sortbyface.naming import as_text


def people_of(library: Library) -> PeopleFile:
    """Everybody who has a face or a name, and the photos with their faces."""
    hashes = library.photos.sha256_of_contents()
    faces, rejected = defaultdict(list), defaultdict(list)
    covers = {record.id: record.cover for record in library.people.records()}
    for placement in library.people.placements():
        cover = placement.id == covers[placement.person]
        seen = Seen(_place(placement, hashes), placement.confirmed, placement.similarity, cover)
        faces[placement.person].append(seen)
    for rejection in library.people.rejections():
        rejected[rejection.person].append(_place(rejection, hashes))
    people = tuple(
        FilePerson(
            record.id,
            record.name,
            record.hidden,
            tuple(sorted(faces[record.id], key=_order_of_faces)),
            tuple(sorted(rejected[record.id], key=_order)),
        )
        for record in library.people.records()
        if record.name is not None or record.id in faces
    )
    return PeopleFile(_hints(library, people), people)


def write_people(people: PeopleFile, path: Path) -> None:
    """Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(people))


def _lines(file: PeopleFile) -> Iterator[str]:
    yield f'{{\n"format": {_json(FORMAT)},\n"version": {VERSION},\n"photos": {{'
    hints = sorted(file.photos.items())
    yield from _list(f"{_json(sha256.hex())}: {_json({'size': h.size, 'path': h.path})}" for sha256, h in hints)
    yield '},\n"people": ['
    for number, person in enumerate(file.people):
        yield ",\n" if number else "\n"
        yield f'{{"id": {person.id}, "name": {_json(person.name)}, "hidden": {_json(person.hidden)}, "faces": ['
        yield from _list(_json(_face(seen)) for seen in person.faces)
        yield '], "not": ['
        yield from _list(_json(_photo(place)) for place in person.rejected)
        yield "]}"
    yield "\n]\n}\n"


def _list(items: Iterator[str]) -> Iterator[str]:
    """One a line, with commas between."""
    before = "\n  "
    for item in items:
        yield before + item
        before = ",\n  "
    if before != "\n  ":
        yield "\n"


def _face(seen: Seen) -> dict[str, Any]:
    rest = {"confirmed": seen.confirmed, "similarity": seen.similarity, "cover": seen.cover}
    return {**_photo(seen.place), **rest}


def _photo(place: Place) -> dict[str, Any]:
    return {"photo": place.sha256.hex(), "box": place.box}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _hints(library: Library, people: tuple[FilePerson, ...]) -> dict[bytes, PhotoHint]:
    shown = {seen.place.sha256 for person in people for seen in person.faces}
    shown.update(place.sha256 for person in people for place in person.rejected)
    places = library.photos.files_of_contents()
    hints = {}
    for content in library.overview.contents():
        if content.sha256 in shown:
            files = places.get(content.id)
            hints[content.sha256] = PhotoHint(content.size, as_text(files[0][0]) if files else None)
    return hints


def _place(at: Placement | Rejection, hashes: dict[int, bytes]) -> Place:
    return Place(hashes[at.content], at.box)


def _order(place: Place) -> tuple[bytes, tuple[float, ...]]:
    return place.sha256, place.box or ()


def _order_of_faces(seen: Seen) -> tuple[Any, ...]:
    similarity = -2.0 if seen.similarity is None else seen.similarity
    return *_order(seen.place), not seen.confirmed, -similarity, not seen.cover
