"""The photos are where the library has them."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sortbyface.library.finding import Finding, by_sql
from sortbyface.library.records import FileState


def check_photos(connection: sqlite3.Connection) -> Iterator[Finding]:
    """One finding for each photo that is gone or has changed, and for each folder that is gone as a whole."""
    for root, folder in connection.execute("SELECT id, path FROM roots ORDER BY path").fetchall():
        query = "SELECT path, size, mtime_ns FROM photos WHERE root = ? AND NOT vanished ORDER BY path"
        photos = connection.execute(query, [root]).fetchall()
        if photos and not os.path.isdir(folder):
            yield Finding(
                f"{folder}: the folder is not there, and with it {len(photos):,} photos",
                "connect its drive; if it was moved: python -m sortbyface check --relocate OLD NEW",
            )
            continue
        for path, *state in photos:
            finding = _check_photo(root, Path(folder), path, FileState(*state))
            if finding:
                yield finding


def _check_photo(root: int, folder: Path, path: str, state: FileState) -> Finding | None:
    try:
        found = FileState.of(folder / path)
    except (FileNotFoundError, NotADirectoryError):
        mend = by_sql(
            "UPDATE photos SET vanished = 1 WHERE root = ? AND path = CAST(? AS TEXT)", root, os.fsencode(path)
        )
        return Finding(f"{folder / path}: the photo is gone", "it is marked as gone; what is known of it is kept", mend)
    except OSError as error:
        return Finding(f"{folder / path}: {error.strerror}", "allow reading it")
    if found == state:
        return None
    return Finding(
        f"{folder / path}: the photo has changed since it was looked at",
        f"look again: python embedder.py -src {folder}",
    )
