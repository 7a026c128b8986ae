"""The truth: who is in which photo, as folders or a table say it."""

import csv
import math
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sortbyface.errors import LabelsUnusable, SourceEmpty
from sortbyface.faces.face import Box
from sortbyface.photos.finding import find_photos

_MOST_NAMED = 3
_SIDES = ("x", "y", "w", "h")


class Label(NamedTuple):
    """One person in one photo."""

    path: str
    """Of the photo, below the folder of all photos."""

    person: str
    box: Box | None = None
    """The person's face, in pixels of the upright photo. None: the photo is of this person alone."""


@dataclass(frozen=True)
class Truth:
    """What is known of some photos."""

    labels: list[Label]
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Photos and folders that say nothing, each with the reason."""


def labels_of_folders(folder: Path) -> Truth:
    """Each photo shows the person after whom its folder is named: DIR/Ada Lovelace/IMG_1.jpg.

    Left out are photos beside these folders, photos deeper inside them, and folders that cannot be listed.
    Raises SourceEmpty when there are no photos, LabelsUnusable when none is where it should be.
    """
    unlisted: list[OSError] = []
    labels, left_out = [], []
    for path in find_photos(folder, unlisted.append):
        match Path(path).parts:
            case [person, _]:
                labels.append(Label(path, person))
            case _:
                left_out.append((path, "left out: it is not directly in the folder of a person"))
    if not labels and left_out:
        raise LabelsUnusable(
            f"{folder}: none of its {len(left_out):,} photos is in a folder of a person, such as "
            f"{folder / 'Ada' / 'IMG_1.jpg'}; sort them so, or give a table of who is where with --labels"
        )
    if not labels:
        reason = f": {unlisted[0].strerror}" if unlisted else " holds no photos"
        raise SourceEmpty(f"{folder}{reason}; if it is on another drive, is that connected?")
    left_out += [
        (os.path.relpath(error.filename, folder), f"the folder cannot be listed: {error.strerror}")
        for error in unlisted
    ]
    return Truth(labels, left_out)


def read_labels(table: Path, folder: Path) -> Truth:
    """The labels of a CSV file with the columns path and person and, where faces are marked, x, y, w and h.

    path: below the folder. x, y: the left and upper edge of the face in pixels of the upright photo; w, h: its size.
    Other columns do not matter. Left out are rows without a person, and rows without a box where the photo has
    several: nothing tells whose face is whose. Raises LabelsUnusable, naming the line, for anything else that
    is no label, and when photos are missing.
    """
    rows = list(dict.fromkeys(_read_rows(table)))
    named = [label for label in rows if label.person]
    if not named:
        raise LabelsUnusable(f"{table} names nobody; give one line for each person in each photo: path,person")
    _check_presence(named, table, folder)
    people_in = Counter(label.path for label in named)
    labels = [label for label in named if label.box or people_in[label.path] == 1]
    left_out = [(label.path, "left out: the labels name nobody in it") for label in rows if not label.person]
    left_out += [
        (label.path, f"{label.person} left out: one of several people in it, and no box tells which")
        for label in named
        if not label.box and people_in[label.path] > 1
    ]
    return Truth(labels, left_out)


def _read_rows(table: Path) -> Iterator[Label]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"path", "person"} <= set(rows.fieldnames or ()):
                raise LabelsUnusable(f"{table}, line 1: expected the names of the columns, path,person or more")
            for row in rows:
                yield _read_row(f"{table}, line {rows.line_num}", row)
    except OSError as error:
        raise LabelsUnusable(f"{table}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LabelsUnusable(f"{table} is not a text file in UTF-8; save the table as CSV, UTF-8") from error
    except csv.Error as error:
        raise LabelsUnusable(f"{table} is not a table in CSV ({error}); save it as CSV, UTF-8") from error


def _read_row(place: str, row: dict[str, str | None]) -> Label:
    path, person = row["path"], row["person"]
    if not path or person is None:
        raise LabelsUnusable(f"{place}: expected a path and a person, parted by a comma")
    normal = os.path.normpath(path)
    if os.path.isabs(normal) or normal.split(os.sep)[0] == os.pardir:
        raise LabelsUnusable(f"{place}: {path} is not below the folder of the photos; give its path from there on")
    return Label(normal, person.strip(), _read_box(place, [row.get(side) for side in _SIDES]))


def _read_box(place: str, sides: Iterable[str | None]) -> Box | None:
    texts = [(side or "").strip() for side in sides]
    if not any(texts):
        return None
    try:
        x, y, width, height = map(float, texts)
    except ValueError:
        width = height = math.nan
    if not (width > 0 and height > 0 and math.isfinite(x + y + width + height)):
        given = ",".join(texts)[:60]
        raise LabelsUnusable(f"{place}: x,y,w,h must be four numbers, w and h above 0, or all be empty, not {given!r}")
    return Box(x, y, x + width, y + height)


def _check_presence(labels: list[Label], table: Path, folder: Path) -> None:
    paths = list(dict.fromkeys(label.path for label in labels))
    missing = [path for path in paths if not os.path.isfile(folder / path)]
    if missing:
        others = ", …" if len(missing) > _MOST_NAMED else ""
        raise LabelsUnusable(
            f"{folder}: {len(missing):,} of the {len(paths):,} photos in {table} are missing: "
            f"{', '.join(missing[:_MOST_NAMED])}{others}; is it the folder from which the paths go on?"
        )
