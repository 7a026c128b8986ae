"""The tables of the library. See docs/library.md for a walk through them."""

APPLICATION_ID = 0x53424661  # "SBFa": tells a library from any other SQLite file
VERSION = 4

_PEOPLE_AND_JOURNAL = """
CREATE TABLE placements (                       -- who is seen where: holds whatever recipe found the face
    id INTEGER PRIMARY KEY,
    content INTEGER NOT NULL REFERENCES contents,
    "left" REAL, top REAL, "right" REAL, bottom REAL,   -- NULL: somewhere in the picture
    person INTEGER NOT NULL REFERENCES people,
    confirmed INTEGER NOT NULL DEFAULT 0,       -- 1: the user said so; 0: placed by grouping
    similarity REAL                             -- to the person's faces on the average, when grouping placed it
);
CREATE INDEX placements_by_person ON placements (person);
CREATE INDEX placements_by_content ON placements (content);
CREATE TABLE rejections (                       -- who a face is not, as the user said
    id INTEGER PRIMARY KEY,
    content INTEGER NOT NULL REFERENCES contents,
    "left" REAL, top REAL, "right" REAL, bottom REAL,
    person INTEGER NOT NULL REFERENCES people
);
CREATE INDEX rejections_by_person ON rejections (person);
CREATE TABLE changes (                          -- what the user did to people, so that it can be undone
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                           -- ISO 8601, UTC
    words TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE changed_rows (
    id INTEGER PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES changes,
    "table" TEXT NOT NULL, "row" INTEGER NOT NULL,
    before TEXT, after TEXT                     -- JSON; NULL: there was, or is, no such row
);
CREATE INDEX changed_rows_by_change ON changed_rows (change);
CREATE TABLE copies (                           -- the files of ours that are there now
    destination TEXT NOT NULL,
    path TEXT NOT NULL,                         -- relative to the destination
    content INTEGER REFERENCES contents,        -- NULL: no photo, but what goes with one
    source TEXT,                                -- the original, absolute; NULL: made before version 4
    source_size INTEGER, source_mtime_ns INTEGER,
    mode TEXT NOT NULL,                         -- copy, hardlink, symlink or reflink
    size INTEGER, mtime_ns INTEGER,             -- NULL: begun before version 4, not known to be finished
    PRIMARY KEY (destination, path)
) WITHOUT ROWID;
CREATE TABLE runs (                             -- of a sort, or of a search for one person
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    destination TEXT NOT NULL,
    began_at TEXT NOT NULL,                     -- ISO 8601, UTC
    ended_at TEXT,                              -- NULL: interrupted; the next one to the same place goes on with it
    undone_at TEXT
);
CREATE TABLE actions (                          -- what a run did, in order, so that it can be undone
    run INTEGER NOT NULL REFERENCES runs,
    number INTEGER NOT NULL,
    stage TEXT NOT NULL,                        -- begun, done; if it is taken back: undoing, undone
    kind TEXT NOT NULL,                         -- make, move, remove; mkdir, mark, unmark, rmdir
    path TEXT NOT NULL,                         -- relative to the destination
    moved_from TEXT,                            -- for a move, relative to the destination
    content INTEGER REFERENCES contents,        -- of what was made or removed, as in copies
    source TEXT, source_size INTEGER, source_mtime_ns INTEGER,
    mode TEXT, size INTEGER, mtime_ns INTEGER,
    PRIMARY KEY (run, number)
) WITHOUT ROWID;
"""

TABLES = (
    """
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
    id INTEGER PRIMARY KEY AUTOINCREMENT,       -- never used twice
    name TEXT,                                  -- as the user typed it; NULL: called by their number
    hidden INTEGER NOT NULL DEFAULT 0,          -- 1: has no folder
    cover INTEGER REFERENCES placements ON DELETE SET NULL  -- the face that the user chose for them
);
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
"""
    + _PEOPLE_AND_JOURNAL
)

MIGRATIONS = {
    1: "ALTER TABLE faces ADD COLUMN pixels REAL; ALTER TABLE faces ADD COLUMN sharpness REAL;"
    " ALTER TABLE faces ADD COLUMN yaw REAL;",
    2: 'ALTER TABLE faces ADD COLUMN "group" INTEGER;',
    3: """
ALTER TABLE placements RENAME TO earlier_placements;
ALTER TABLE copies RENAME TO earlier_copies;
ALTER TABLE people ADD COLUMN name TEXT;
ALTER TABLE people ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN cover INTEGER REFERENCES placements ON DELETE SET NULL;
"""
    + _PEOPLE_AND_JOURNAL
    + """
INSERT INTO placements (id, content, "left", top, "right", bottom, person)
    SELECT rowid, content, "left", top, "right", bottom, person FROM earlier_placements;
INSERT INTO copies (destination, path, content, mode, size, mtime_ns)
    SELECT destination, path, content, 'copy', size, mtime_ns FROM earlier_copies;
DROP TABLE earlier_placements;
DROP TABLE earlier_copies;
""",
}
"""Version -> what turns a library of that version into the next one."""
