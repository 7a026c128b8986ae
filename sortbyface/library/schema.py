"""The tables of the library. See docs/library.md for a walk through them."""

APPLICATION_ID = 0x53424661  # "SBFa": tells a library from any other SQLite file
VERSION = 3

TABLES = """
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
    pixels REAL, sharpness REAL, yaw REAL,      -- quality; NULL: found before version 2
    "group" INTEGER,                            -- of the last sort, -1 for an outlier; NULL: not sorted yet
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

MIGRATIONS = {
    1: "ALTER TABLE faces ADD COLUMN pixels REAL; ALTER TABLE faces ADD COLUMN sharpness REAL;"
    " ALTER TABLE faces ADD COLUMN yaw REAL;",
    2: 'ALTER TABLE faces ADD COLUMN "group" INTEGER;',
}
"""Version -> what turns a library of that version into the next one."""
