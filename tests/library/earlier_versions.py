"""Libraries as earlier versions left them, to be opened by this one. Nothing here follows the program."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

ODD = b"caf\xe9/\xff\xfe.jpg"
"""A name that is not UTF-8."""

RECIPE = "hog-1/five-points-1/dlib-1/0123456789abcdef"

_TABLES = """
CREATE TABLE roots (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE                   -- a folder that was looked through, absolute
);
CREATE TABLE contents (                         -- what a file holds: the same picture is looked at once
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    width INTEGER, height INTEGER,              -- upright, in pixels; NULL: could not be read
    orientation INTEGER, taken_at TEXT
);
CREATE INDEX contents_by_size ON contents (size);
CREATE TABLE photos (                           -- where pictures lie
    root INTEGER NOT NULL REFERENCES roots,
    path TEXT NOT NULL,                         -- relative to the root
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    content INTEGER REFERENCES contents,        -- NULL: the file was out of reach
    problem TEXT,                               -- why it was out of reach
    vanished INTEGER NOT NULL DEFAULT 0,        -- 1: was not there at the last look
    PRIMARY KEY (root, path)
) WITHOUT ROWID;
CREATE INDEX photos_by_content ON photos (content);
CREATE TABLE recipes (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE                   -- detector/alignment/embedder/weights
);
CREATE TABLE looks (                            -- which picture was looked at with which recipe
    content INTEGER NOT NULL REFERENCES contents,
    recipe INTEGER NOT NULL REFERENCES recipes,
    problem TEXT,                               -- NULL: done; else why it is unreadable
    PRIMARY KEY (content, recipe)
) WITHOUT ROWID;
CREATE TABLE faces (
    id INTEGER PRIMARY KEY,
    content INTEGER NOT NULL REFERENCES contents,
    recipe INTEGER NOT NULL REFERENCES recipes,
    "left" REAL NOT NULL, top REAL NOT NULL,    -- pixels of the upright, full-size photo
    "right" REAL NOT NULL, bottom REAL NOT NULL,
    score REAL NOT NULL,
    %s
    landmarks BLOB NOT NULL,                    -- (5, 2) little-endian float32
    vector BLOB NOT NULL                        -- (d,) little-endian float32 of length 1
);
CREATE INDEX faces_by_recipe ON faces (recipe, content);
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT        -- never used twice
);
CREATE TABLE placements (                       -- who is seen where: holds whatever recipe found the face
    content INTEGER NOT NULL REFERENCES contents,
    "left" REAL, top REAL, "right" REAL, bottom REAL,   -- NULL: somewhere in the picture
    person INTEGER NOT NULL REFERENCES people
);
CREATE TABLE copies (                           -- the journal: written before a file is, and again after
    destination TEXT NOT NULL,
    path TEXT NOT NULL,                         -- relative to the destination
    content INTEGER NOT NULL REFERENCES contents,
    size INTEGER, mtime_ns INTEGER,             -- NULL: begun, not known to be finished
    PRIMARY KEY (destination, path)
) WITHOUT ROWID;
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""

_QUALITY = "pixels REAL, sharpness REAL, yaw REAL,      -- quality; NULL: found before version 2"

TABLES = {
    1: _TABLES % "",
    2: _TABLES % _QUALITY,
    3: _TABLES % (_QUALITY + '\n"group" INTEGER,   -- of the last sort, -1 for an outlier; NULL: not sorted yet'),
}
"""Version -> what it made a new library with."""

_LANDMARKS = np.arange(10, dtype="<f4").tobytes()
_VECTOR = np.eye(128, dtype="<f4")[0].tobytes()

_ROWS: dict[str, list[tuple[object, ...]]] = {
    "roots": [(1, b"/photos"), (2, b"/m\xfcll")],
    "contents": [(1, b"a" * 32, 10, 640, 480, 1, "2019-07-14T18:03:22"), (2, b"b" * 32, 20, None, None, None, None)],
    "photos": [
        (1, b"one.jpg", 10, 1_500_000_000_123_456_789, 1, None, 0),
        (1, b"two.jpg", 20, 7, 2, None, 1),
        (2, ODD, 10, 8, 1, None, 0),
        (2, b"locked.jpg", 0, 0, None, b"Permission denied", 0),
    ],
    "recipes": [(1, RECIPE), (2, RECIPE.replace("dlib", "facenet"))],
    "looks": [(1, 1, None), (2, 1, "not readable"), (1, 2, None)],
    "faces": [
        (1, 1, 1, 0.5, 1.5, 90.25, 91.75, 1.25, _LANDMARKS, _VECTOR),
        (5, 1, 1, 200.0, 1.5, 290.25, 91.75, 0.25, _LANDMARKS, _VECTOR),
    ],
    "people": [(1,), (4,)],
    "placements": [(1, 0.5, 1.5, 90.25, 91.75, 1), (1, None, None, None, None, 4), (1, 200.0, 1.5, 290.25, 91.75, 4)],
    "copies": [(b"/sorted", b"Person 1/one.jpg", 1, 10, 9), (b"/s\xf6rted", b"Person 4/" + ODD[5:], 1, None, None)],
    "settings": [("recipe in use", RECIPE)],
}


def earlier_library(path: Path, version: int) -> None:
    """Make a library of an earlier version, with rows in all its tables."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(TABLES[version])
        connection.executescript(f"PRAGMA application_id = {0x53424661}; PRAGMA user_version = {version};")
        for table, rows in _ROWS.items():
            names = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
            names = [name for name in names if name not in ("pixels", "sharpness", "yaw", "group")]
            listed = ", ".join(f'"{name}"' for name in names)
            texts = {c[1] for c in connection.execute(f"PRAGMA table_info({table})") if c[2] == "TEXT"}
            places = ", ".join("CAST(? AS TEXT)" if name in texts else "?" for name in names)
            connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({places})", rows)
        if version > 1:
            connection.execute("UPDATE faces SET pixels = 80.5, sharpness = 0.25, yaw = -0.125 WHERE id = 5")
        if version > 2:
            connection.execute('UPDATE faces SET "group" = -1 WHERE id = 5')
        connection.execute("INSERT INTO people (id) VALUES (9)")  # somebody who is gone again: 10 is the next number
        connection.execute("DELETE FROM people WHERE id = 9")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def rows_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """Table -> its rows, each by column; names as the bytes that they are."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = os.fsdecode
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in tables}
