"""A large library's people: the commands of one who names and corrects them, and a sort that knows them again.

python -m benchmarks.people [--faces 100000] [--people 5000] [--runs 5]
"""

import argparse
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks.measuring import started_in
from benchmarks.tables import print_head, print_row
from sortbyface.arrays import Labels
from sortbyface.grouping import DEFAULT, Faces, Knobs, group_faces
from sortbyface.jobs import ITERATIONS, LIBRARY
from sortbyface.jobs.common import faces_looked_at
from sortbyface.library import Library
from sortbyface.people.acquainting import acquaint
from sortbyface.people.heeding import heed
from sortbyface.people.matching import best_matches
from sortbyface.people.recognising import recognise_people
from sortbyface.recipe import Recipe

_RECIPE = Recipe("whole", "landmarks-1", "dlib-1", "0" * 16)
_THRESHOLD = 0.6
_DIMENSIONS = 128
_UNLIKE = 0.5
"""How far a face is off the person's typical one, of length 1, on the average: two faces have a cosine of 0.8."""

_Given = TypeVar("_Given")


def made_up(faces: int, people: int, seed: int = 0) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """(faces, 128) vectors, and whose they are, from 1. Everybody has two faces at least, few have many."""
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, people + 1) ** 0.7
    others = rng.choice(people, faces - 2 * people, p=share / share.sum())
    persons = rng.permutation(np.concatenate([np.arange(people), np.arange(people), others])) + 1
    typical = rng.standard_normal((people + 1, _DIMENSIONS))
    typical /= np.linalg.norm(typical, axis=1, keepdims=True)
    vectors = typical[persons] + rng.standard_normal((faces, _DIMENSIONS)) * _UNLIKE / np.sqrt(_DIMENSIONS)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), persons


def made_library(path: Path, vectors: npt.NDArray[np.float32], persons: npt.NDArray[np.int64]) -> None:
    """Two faces in each picture; every other person is named, with a confirmed face; one in ten has a rejected one."""
    with Library.opened(path, create=True) as library:
        library.recipe = _RECIPE
    landmarks = bytes(40)
    with closing(sqlite3.connect(path)) as connection, connection as db:
        contents = range(1, len(persons) // 2 + 2)
        db.execute("INSERT INTO roots (id, path) VALUES (1, '/photos')")
        db.executemany(
            "INSERT INTO contents (id, sha256, size, width, height) VALUES (?, ?, 1, 1000, 1000)",
            ((content, content.to_bytes(32, "big")) for content in contents),
        )
        db.executemany(
            "INSERT INTO photos (root, path, size, mtime_ns, content) VALUES (1, ?, 1, 1, ?)",
            ((f"{content}.jpg", content) for content in contents),
        )
        db.executemany("INSERT INTO looks (content, recipe) VALUES (?, 1)", ((content,) for content in contents))
        places = [(face // 2 + 1, 100 * (face % 2), 0, 100 * (face % 2) + 80, 80) for face in range(len(persons))]
        db.executemany(
            """INSERT INTO faces (content, "left", top, "right", bottom, recipe, score, pixels, sharpness, yaw,
                landmarks, vector) VALUES (?, ?, ?, ?, ?, 1, 1, 200, 0.5, 0, ?, ?)""",
            ((*place, landmarks, vector.tobytes()) for place, vector in zip(places, vectors, strict=True)),
        )
        everybody = range(1, int(persons.max()) + 1)
        names = ((person, f"Name {person} of many" if person % 2 else None) for person in everybody)
        db.executemany("INSERT INTO people (id, name) VALUES (?, ?)", names)
        first = np.zeros(len(persons), dtype=bool)
        first[np.unique(persons, return_index=True)[1]] = True
        db.executemany(
            """INSERT INTO placements (content, "left", top, "right", bottom, person, confirmed, similarity)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                (*place, person, sure, None if sure else 0.8)
                for place, person, sure in zip(
                    places, persons.tolist(), (first & (persons % 2 == 1)).tolist(), strict=True
                )
            ),
        )
        db.executemany(
            'INSERT INTO rejections (content, "left", top, "right", bottom, person) VALUES (?, ?, ?, ?, ?, ?)',
            ((*places[person], person) for person in everybody[::10] if persons[person] != person),
        )


def wall(home: Path, *arguments: str) -> float:
    """Seconds of `python -m sortbyface people …`, the start of the process included."""
    started = perf_counter()
    process = started_in(home, ["-m", "sortbyface", "people", *arguments])
    _, said = process.communicate()
    if process.returncode:
        raise SystemExit(f"people {' '.join(arguments)} failed:\n{said}")
    return perf_counter() - started


def timed(step: Callable[[], _Given]) -> tuple[_Given, float]:
    """What it gives, and how many seconds it took."""
    started = perf_counter()
    given = step()
    return given, perf_counter() - started


def commands(home: Path, runs: int) -> None:
    """The commands on copies of a library, each change undone by the next."""
    kinds: dict[str, list[list[str]]] = {
        "people list": [["list"]],
        "people show": [["show", "Person 1"]],
        "people name, undo": [["name", "2", "Ada Lovelace"], ["undo"]],
        "people merge, undo": [["merge", "3", "4"], ["undo"]],
        "people merge of the two largest, undo": [["merge", "2", "1"], ["undo"]],
        "people confirm, undo": [["confirm", "5", "6", "7"], ["undo"]],
    }
    for words, steps in kinds.items():
        times = [[wall(home, *step) for step in steps] for _ in range(runs)]
        print_row([words, ", ".join(f"{median(of_step):.2f}" for of_step in zip(*times, strict=True))])


def a_sort(path: Path) -> None:
    """What a sort does of people, step by step."""
    with Library.opened(path) as library:
        (faces, _), reading = timed(lambda: faces_looked_at(library))
        known, meeting = timed(lambda: acquaint(faces, library.people.known()))
        grouped = Faces(faces.vectors, faces.contents, faces.doubtful)
        groups: Labels
        groups, grouping = timed(lambda: group_faces(grouped, Knobs(_THRESHOLD, ITERATIONS), DEFAULT))
        _, heeding = timed(lambda: heed(groups, grouped, known))
        _, matching = timed(lambda: best_matches(known.persons, groups))
        order = {content: content for content in set(faces.contents.tolist())}
        people, recognising = timed(lambda: recognise_people(faces, groups, known, 2, order))
        _, keeping = timed(lambda: library.people.keep_placements(people.placements))
        _, again = timed(lambda: library.people.keep_placements(library.people.placements()))
    print_row(["read the faces", f"{reading:.2f}"])
    print_row(["group all anew", f"{grouping:.2f}"])
    print_row(["know again who was placed", f"{meeting:.2f}"])
    print_row(["recognise people", f"{recognising:.2f}"])
    print_row(["… of which heed the user", f"{heeding:.2f}"])
    print_row(["… of which match people and groups, as if nobody were spoken of", f"{matching:.2f}"])
    print_row(["keep the outcome", f"{keeping:.2f}"])
    print_row(["keep it again, unchanged", f"{again:.2f}"])
    print_row(["**regroup, and know everybody again**", f"**{meeting + grouping + recognising + keeping:.2f}**"])


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what people cost in a large library.")
    parser.add_argument("--faces", type=int, default=100_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--people", type=int, default=5_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="medians are shown (%(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary).resolve()
        made_library(home / LIBRARY, *made_up(options.faces, options.people))
        shutil.copy(home / LIBRARY, home / "copy.sqlite")
        print_head(["of a library with these people", "wall s"])
        commands(home, options.runs)
        a_sort(home / "copy.sqlite")


if __name__ == "__main__":
    main()
