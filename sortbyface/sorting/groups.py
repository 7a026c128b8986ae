"""In which folder a photo of several people goes."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from sortbyface.library import FaceSet
from sortbyface.people import UNKNOWN, Names, Person
from sortbyface.sorting.foldernames import folder_names, group_folder_names

OTHERS = "Others"
"""People in fewer photos than make a folder."""

Folders = list[tuple[str, list[int]]]
"""Each with the contents that belong there."""


class Groups(StrEnum):
    """What a photo of several people comes to."""

    EACH = "each"
    """It goes into the folder of each of them."""

    FIRST = "first"
    """Into the folder of whoever has the largest face, among those who have a folder."""

    TOGETHER = "together"
    """Into one folder for these people together."""


def folders_of(
    persons: Sequence[Person],
    unknown: Collection[int],
    *,
    groups: Groups,
    min_photos: int,
    names: Mapping[int, str | None],
    largest: Mapping[int, Mapping[int, float]],
    order: Mapping[int, int],
    led: Mapping[int, int],
) -> Folders:
    """The folders of a sort: people in the order of their ids, those who are together, Others and Unknown faces.

    Hidden people have none, and do not count; named ones have one even for one photo. Photos of nobody else but
    people in fewer than min_photos, and with `Groups.EACH` also those that show such people beside others, are in
    Others. unknown: contents with faces that are nobody's. names: of everybody in the library, by id. largest:
    content -> person -> the area of their face in it. order: content -> rank. led: content -> the one that it goes
    with, wherever that goes.
    """
    shown: defaultdict[int, set[int]] = defaultdict(set)
    rare: set[int] = set()
    for person in persons:
        contents = {led.get(content, content) for content in person.contents}
        if person.hidden:
            continue
        if person.id is not None and (person.name is not None or len(contents) >= min_photos):
            for content in contents:
                shown[content].add(person.id)
        else:
            rare |= contents
    nobodys = {led.get(content, content) for content in unknown}
    if groups is not Groups.EACH:
        rare -= shown.keys()
        nobodys -= shown.keys() | rare
    titles = folder_names(names, unnamed=Names().__getitem__, ours=[OTHERS, UNKNOWN])
    grouped = _grouped(shown, groups, largest)
    named = group_folder_names(grouped, titles, ours=[OTHERS, UNKNOWN])
    by_people = sorted(grouped, key=lambda people: (len(people) > 1, sorted(people)))
    folders = [(named[people], grouped[people]) for people in by_people]
    folders += [(name, list(contents)) for name, contents in ((OTHERS, rare), (UNKNOWN, nobodys)) if contents]
    return [(name, sorted(contents, key=order.__getitem__)) for name, contents in folders]


def largest_faces(faces: FaceSet, people: npt.NDArray[np.int64], led: Mapping[int, int]) -> dict[int, dict[int, float]]:
    """Content -> person -> the area of their largest face, in pixels. people: (n,) whose face each is."""
    largest: dict[int, dict[int, float]] = {}
    for content, box, person in zip(faces.contents.tolist(), faces.boxes, people.tolist(), strict=True):
        areas = largest.setdefault(led.get(content, content), {})
        area = 0.0 if box is None else (box.right - box.left) * (box.bottom - box.top)
        areas[person] = max(area, areas.get(person, 0.0))
    return largest


def _grouped(
    shown: Mapping[int, Iterable[int]], groups: Groups, largest: Mapping[int, Mapping[int, float]]
) -> dict[frozenset[int], list[int]]:
    """People who share a folder -> its contents."""
    grouped: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for content, people in shown.items():
        for together in _WAYS[groups](frozenset(people), largest.get(content, {})):
            grouped[together].append(content)
    return grouped


def _each(people: frozenset[int], _: Mapping[int, float]) -> list[frozenset[int]]:
    return [frozenset({person}) for person in people]


def _first(people: frozenset[int], largest: Mapping[int, float]) -> list[frozenset[int]]:
    return [frozenset({max(people, key=lambda person: (largest.get(person, 0.0), -person))})]


def _together(people: frozenset[int], _: Mapping[int, float]) -> list[frozenset[int]]:
    return [people]


_WAYS: dict[Groups, Callable[[frozenset[int], Mapping[int, float]], list[frozenset[int]]]] = {
    Groups.EACH: _each,
    Groups.FIRST: _first,
    Groups.TOGETHER: _together,
}
