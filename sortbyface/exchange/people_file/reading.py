"""A file of people, which anybody may have sent or edited: read as data, whole or not at all."""

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from sortbyface.errors import CorrectionRefused, PeopleFileUnusable
from sortbyface.exchange.people_file.form import FORMAT, VERSION, FilePerson, PeopleFile, PhotoHint, Place, Seen
from sortbyface.faces.face import Box
from sortbyface.people.naming import checked_name

MOST_BYTES = 512 << 20
"""Some three million faces."""

_LARGEST_NUMBER = 10**9
"""Of a person. SQLite could count further, but not for ever."""

_FARTHEST = 1e6
"""Pixels from the corner of a photo."""

_Kind = TypeVar("_Kind")


class _Wrong(ValueError):
    """What is wrong with the file."""


def read_people(path: Path) -> PeopleFile:
    """Raises PeopleFileUnusable, with what is wrong, for all that is not a file of people."""
    try:
        if not path.is_file():  # to open a pipe would be to wait for ever
            raise _Wrong("there is no such file" if not path.exists() else "not a regular file")
        if path.stat().st_size > MOST_BYTES:
            raise _Wrong(f"larger than {MOST_BYTES:,} bytes")
        return _people(_parsed(path.read_bytes()))
    except OSError as error:
        raise PeopleFileUnusable(f"{path} cannot be read: {error.strerror or error}; see to its permissions") from error
    except (_Wrong, CorrectionRefused) as error:
        raise PeopleFileUnusable(
            f"{path}: {error}; nothing was changed. Give a file that `people export` has written"
        ) from error


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _Wrong(f"not UTF-8 at byte {error.start:,}") from error
    except RecursionError as error:
        raise _Wrong("nested too deeply") from error
    except _Wrong:
        raise
    except ValueError as error:
        raise _Wrong(f"not JSON: {' '.join(str(error).split())[:200]}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        [(key, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise _Wrong(f"{key[:100]!r} is there twice")
    return result


def _no_number(text: str) -> NoReturn:
    raise _Wrong(f"{text} is no number")


def _people(file: Any) -> PeopleFile:
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise _Wrong("not a file of people")
    version = _of(file, "version", int)
    if version != VERSION:
        raise _Wrong(f"of version {version}, which this Sort-By-Face does not know; update it")
    photos = {_sha256(key): _hint(hint) for key, hint in _of(file, "photos", dict).items()}
    people = tuple(_person(person, photos) for person in _of(file, "people", list))
    if len({person.id for person in people}) != len(people):
        raise _Wrong("two people have the same number")
    return PeopleFile(photos, people)


def _hint(hint: Any) -> PhotoHint:
    size = _of(hint, "size", int)
    if not 0 <= size < 1 << 62:
        raise _Wrong(f"{size} is no size of a file")
    return PhotoHint(size, _of_or_none(hint, "path", str))


def _person(person: Any, photos: dict[bytes, PhotoHint]) -> FilePerson:
    number, name = _of(person, "id", int), _of_or_none(person, "name", str)
    if not 1 <= number <= _LARGEST_NUMBER:
        raise _Wrong(f"{number} is no number of a person")
    return FilePerson(
        number,
        None if name is None else checked_name(name),
        _of(person, "hidden", bool),
        tuple(_seen(face, photos) for face in _of(person, "faces", list)),
        tuple(_place(face, photos) for face in _of(person, "not", list)),
    )


def _seen(face: Any, photos: dict[bytes, PhotoHint]) -> Seen:
    place, confirmed, cover = _place(face, photos), _of(face, "confirmed", bool), _of(face, "cover", bool)
    similarity = _of_or_none(face, "similarity", (int, float))
    if similarity is not None and not -1.01 <= similarity <= 1.01:  # rounding may exceed 1 by a little
        raise _Wrong(f"{similarity} is no similarity")
    return Seen(place, confirmed, None if similarity is None else float(similarity), cover)


def _place(face: Any, photos: dict[bytes, PhotoHint]) -> Place:
    sha256, sides = _sha256(_of(face, "photo", str)), _of_or_none(face, "box", list)
    if sha256 not in photos:
        raise _Wrong(f"a face is in a photo that is not listed ({sha256.hex()})")
    return Place(sha256, None if sides is None else _box(sides))


def _box(sides: list[Any]) -> Box:
    numbers = [float(side) for side in sides if type(side) in (int, float) and abs(side) < _FARTHEST]
    if len(sides) == len(numbers) == 4 and all(map(math.isfinite, numbers)):
        box = Box(*numbers)
        if box.left < box.right and box.top < box.bottom:
            return box
    raise _Wrong(f"{str(sides)[:100]} is no box")


def _sha256(text: str) -> bytes:
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise _Wrong(f"{text[:100]!r} is no SHA-256")
    return bytes.fromhex(text)


def _of(of: Any, key: str, kind: type[_Kind] | tuple[type[_Kind], ...]) -> _Kind:
    """A value of an object."""
    value = of.get(key) if isinstance(of, dict) else None
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _Wrong(f"{key!r} is missing or wrong: {str(value)[:100]!r}")
    return value


def _of_or_none(of: Any, key: str, kind: type[_Kind] | tuple[type[_Kind], ...]) -> _Kind | None:
    if isinstance(of, dict) and key in of and of[key] is None:
        return None
    return _of(of, key, kind)
