"""All that can be seen of a user's folder, and how two of them differ."""

import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sortbyface.jobs import LIBRARY

_MODE = "replace(mode, 'reflink', 'copy')"
"""Nobody can tell a clone from a copy afterwards, and so not what a run was making when it was killed."""

_FIRST_OF_GROUP = """min(hex(sha256) || ' ' || "left" || ' ' || top) OVER (PARTITION BY recipe, "group")"""
"""Who is together, whatever the groups are called."""

_ROWS = {
    "roots": "SELECT path FROM roots",
    "contents": "SELECT sha256, size, width, height, orientation, taken_at FROM contents",
    "photos": """SELECT roots.path, photos.path, photos.size, mtime_ns, sha256, problem, vanished
        FROM photos JOIN roots ON root = roots.id LEFT JOIN contents ON content = contents.id""",
    "looks": """SELECT sha256, name, problem
        FROM looks JOIN contents ON content = contents.id JOIN recipes ON recipe = recipes.id""",
    "faces": f"""SELECT sha256, name, "left", top, "right", bottom, score, pixels, sharpness, yaw,
        CASE WHEN "group" < 0 THEN 'outlier' WHEN "group" >= 0 THEN {_FIRST_OF_GROUP} END, landmarks, vector
        FROM faces JOIN contents ON content = contents.id JOIN recipes ON recipe = recipes.id""",
    "people": """SELECT people.id, name, hidden, sha256, "left", top FROM people
        LEFT JOIN placements ON cover = placements.id LEFT JOIN contents ON content = contents.id""",
    "placements": """SELECT sha256, "left", top, "right", bottom, person, confirmed, similarity
        FROM placements JOIN contents ON content = contents.id""",
    "rejections": """SELECT sha256, "left", top, "right", bottom, person
        FROM rejections JOIN contents ON content = contents.id""",
    "changes": "SELECT words, undone FROM changes",
    "copies": f"""SELECT destination, path, sha256, source, source_size, source_mtime_ns, {_MODE}, copies.size, mtime_ns
        FROM copies LEFT JOIN contents ON content = contents.id""",
    "runs": "SELECT command, destination, ended_at IS NULL, undone_at IS NULL FROM runs",
    "actions": f"""SELECT run, stage, kind, path, moved_from, sha256, source, {_MODE}
        FROM actions LEFT JOIN contents ON content = contents.id""",
    "settings": "SELECT name, value FROM settings",
}
"""Without the ids that mean nothing outside of a library, and the times of day."""

Rows = dict[str, "Counter[tuple[object, ...]]"]
Tree = dict[str, tuple[object, ...]]


@dataclass(frozen=True)
class UsersFolder:
    """The files, and the library."""

    files: Tree
    library: Rows

    def differences(self, other: "UsersFolder") -> list[tuple[object, ...]]:
        """What is in one of them and not in the other."""
        files = [(path, self.files.get(path), other.files.get(path)) for path in self.files | other.files]
        here, there = (
            Counter((table, *row) for table, rows in state.library.items() for row in rows.elements())
            for state in (self, other)
        )
        only = [("here", *row) for row in here - there] + [("there", *row) for row in there - here]
        return [one for one in files if one[1] != one[2]] + sorted(only, key=repr)


def rows(library: Path, *tables: str) -> Rows:
    """What a library holds, table by table; all of it unless some are named.

    It is a copy that is read: to open the library would tidy up what a kill has left.
    """
    with TemporaryDirectory() as folder:
        for file in library.parent.glob(f"{library.name}*"):
            shutil.copy(file, folder)
        if not library.is_file():
            return {}
        with closing(sqlite3.connect(Path(folder, library.name))) as connection:
            connection.text_factory = os.fsdecode
            return {name: Counter(connection.execute(_ROWS[name]).fetchall()) for name in tables or _ROWS}


def tree(folder: Path) -> Tree:
    """Everything below a folder, hidden or not: of files the mode, the time and the bytes, or where a link leads.

    The marks that a run makes are as old as the run.
    """
    return {os.path.relpath(path, folder): _seen(path) for path in folder.rglob("*")} if folder.is_dir() else {}


def users_folder(home: Path) -> UsersFolder:
    """As it is now. What SQLite and the lock leave beside the library is no file of the user's."""
    files = {path: seen for path, seen in tree(home).items() if not path.startswith(str(LIBRARY))}
    return UsersFolder(files, rows(home / LIBRARY))


def _seen(path: Path) -> tuple[object, ...]:
    if path.is_symlink():
        return ("link", os.readlink(path))
    status = path.stat()
    if path.is_dir():
        return ("folder", status.st_mode)
    made_now = path.name.startswith(".") or path.suffix == ".pickle"
    return (status.st_nlink, status.st_mode, None if made_now else status.st_mtime_ns, path.read_bytes())
