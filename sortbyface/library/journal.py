"""What was done at the places where photos are sorted: the files of ours that are there, and the runs that made them.

Each step is written down before it is done, and again after, so that whatever a kill interrupts is known.
"""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sortbyface.library.actions import Action, Begun, OurFile, Run, Step
from sortbyface.library.records import FileState

_FILE = "content, source, source_size, source_mtime_ns, mode, size, mtime_ns"
_FILE_VALUES = "?, CAST(? AS TEXT), ?, ?, ?, ?, ?"
_AT = "destination = CAST(? AS TEXT)"


class Journal:
    """The runs, and the files that are there because of them. Paths are relative to the destination."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ours(self, destination: Path) -> dict[str, OurFile]:
        """Path -> the file of ours there, as far as is known."""
        rows = self._connection.execute(f"SELECT path, {_FILE} FROM copies WHERE {_AT}", [os.fsencode(destination)])
        return {row["path"]: _file(row) for row in rows}

    def note(self, destination: Path, files: Iterable[tuple[str, OurFile]]) -> None:
        """Files of ours that are there."""
        with self._connection:
            for path, file in files:
                self._note(destination, path, file)

    def forget(self, destination: Path, paths: Iterable[str]) -> None:
        """Files that are not there any more, or ours no longer."""
        with self._connection:
            for path in paths:
                self._forget(destination, path)

    def runs(self) -> list[Run]:
        """All that did something, from the first to the last."""
        query = """SELECT id, command, destination, began_at, ended_at, undone_at,
                coalesce(sum(kind = 'make'), 0) AS made, coalesce(sum(kind = 'move'), 0) AS moved,
                coalesce(sum(kind = 'remove'), 0) AS removed
            FROM runs LEFT JOIN actions ON run = id GROUP BY id ORDER BY id"""
        rows = self._connection.execute(query)
        return [Run(row["id"], row["command"], Path(row["destination"]), *tuple(row)[3:]) for row in rows]

    def interrupted(self, command: str, destination: Path) -> int | None:
        """The run that was interrupted there, and is to be gone on with."""
        query = f"SELECT max(id) AS id FROM runs WHERE command = ? AND {_AT} AND ended_at IS NULL AND undone_at IS NULL"
        run: int | None = self._connection.execute(query, [command, os.fsencode(destination)]).fetchone()["id"]
        return run

    def left_by_interrupted(self, destination: Path) -> list[str]:
        """Where runs that were interrupted there have taken files away, or moved them from."""
        query = f"""SELECT coalesce(moved_from, path) AS path FROM actions JOIN runs ON run = runs.id
            WHERE {_AT} AND ended_at IS NULL AND undone_at IS NULL AND stage = 'done' AND kind IN ('move', 'remove')"""
        return [row["path"] for row in self._connection.execute(query, [os.fsencode(destination)])]

    def begin_run(self, command: str, destination: Path) -> int:
        """A new run, or the one that was interrupted there."""
        run = self.interrupted(command, destination)
        if run is not None:
            return run
        query = "INSERT INTO runs (command, destination, began_at) VALUES (?, CAST(? AS TEXT), ?) RETURNING id"
        with self._connection as db:
            new: int = db.execute(query, [command, os.fsencode(destination), _now()]).fetchone()["id"]
        return new

    def end_run(self, run: int) -> None:
        """It has done all that it was to do."""
        with self._connection as db:
            db.execute("UPDATE runs SET ended_at = ? WHERE id = ?", [_now("milliseconds"), run])

    def end_undoing(self, run: int) -> None:
        """All of a run is taken back that can be."""
        with self._connection as db:
            db.execute(
                "UPDATE runs SET undone_at = ?, ended_at = coalesce(ended_at, ?) WHERE id = ?", [*2 * [_now()], run]
            )

    def next_number(self, run: int) -> int:
        """Of the step that a run does next."""
        row = self._connection.execute("SELECT coalesce(max(number), 0) + 1 AS next FROM actions WHERE run = ?", [run])
        number: int = row.fetchone()["next"]
        return number

    def steps(self, run: int) -> list[Step]:
        """What a run did, in order, and what was not taken back yet."""
        query = "SELECT * FROM actions WHERE run = ? AND stage = 'done' ORDER BY number"
        return [_step(row) for row in self._connection.execute(query, [run])]

    def begun(self, destination: Path) -> list[Begun]:
        """Steps of which nobody knows whether they were done, in the order in which they were to be."""
        query = f"""SELECT actions.* FROM actions JOIN runs ON run = runs.id
            WHERE stage IN ('begun', 'undoing') AND {_AT} ORDER BY run, number"""
        found = []
        for row in self._connection.execute(query, [os.fsencode(destination)]):
            step, undoing = _step(row), row["stage"] == "undoing"
            found.append(Begun(row["run"], step._replace(action=step.action.inverse()) if undoing else step, undoing))
        return found

    def log(self, run: int, destination: Path, *, undoing: bool = False) -> "RunLog":
        """Where the steps of a run, or of taking it back, are to be written down."""
        return RunLog(self, self._connection, run, destination, undoing)

    def _note(self, destination: Path, path: str, file: OurFile) -> None:
        query = f"""INSERT OR REPLACE INTO copies (destination, path, {_FILE})
            VALUES (CAST(? AS TEXT), CAST(? AS TEXT), {_FILE_VALUES})"""
        self._connection.execute(query, [os.fsencode(destination), os.fsencode(path), *_values(file)])

    def _forget(self, destination: Path, path: str) -> None:
        query = f"DELETE FROM copies WHERE {_AT} AND path = CAST(? AS TEXT)"
        self._connection.execute(query, [os.fsencode(destination), os.fsencode(path)])


class RunLog:
    """Where the steps of one run, or of taking one back, are written down."""

    def __init__(self, journal: Journal, db: sqlite3.Connection, run: int, destination: Path, undoing: bool) -> None:
        self._journal = journal
        self._connection = db
        self._run = run
        self._destination = destination
        self._undoing = undoing

    def begin(self, steps: Iterable[Step]) -> None:
        """Before some steps are done. Of those that begin together, no two change the same path."""
        with self._connection as db:
            if self._undoing:
                self._set_stage("undoing", steps)
                return
            query = f"""INSERT INTO actions (run, number, stage, kind, path, moved_from, {_FILE})
                VALUES (?, ?, 'begun', ?, CAST(? AS TEXT), CAST(? AS TEXT), {_FILE_VALUES})"""
            for number, action in steps:
                moved_from = None if action.moved_from is None else os.fsencode(action.moved_from)
                values = [self._run, number, action.kind, os.fsencode(action.path), moved_from, *_values(action.file)]
                db.execute(query, values)

    def end(self, done: Sequence[Step], not_done: Sequence[Step]) -> None:
        """After some steps were tried. What was made has its state now."""
        with self._connection as db:
            for _, action in done:
                self._apply(action)
            if self._undoing:
                self._set_stage("undone", done)
                self._set_stage("done", not_done)
                return
            self._set_stage("done", done)
            for number, action in done:
                if action.kind == "make" and action.file:
                    values = [action.file.mode, *(action.file.state or (None, None)), self._run, number]
                    db.execute(
                        "UPDATE actions SET mode = ?, size = ?, mtime_ns = ? WHERE run = ? AND number = ?", values
                    )
            query = "DELETE FROM actions WHERE run = ? AND number = ?"
            db.executemany(query, [(self._run, step.number) for step in not_done])

    def drop(self, steps: Iterable[Step]) -> None:
        """Steps of a run that is taken back, of which nothing is there to take back."""
        with self._connection:
            self._set_stage("undone", steps)

    def _set_stage(self, stage: str, steps: Iterable[Step]) -> None:
        query = "UPDATE actions SET stage = ? WHERE run = ? AND number = ?"
        self._connection.executemany(query, [(stage, self._run, step.number) for step in steps])

    def _apply(self, action: Action) -> None:
        if action.kind == "remove":
            self._journal._forget(self._destination, action.path)
        elif action.moved_from is not None:
            self._journal._forget(self._destination, action.moved_from)
        if action.kind in ("make", "move") and action.file:
            self._journal._note(self._destination, action.path, action.file)


def _now(timespec: str = "seconds") -> str:
    return datetime.now(UTC).isoformat(timespec=timespec)


def _values(file: OurFile | None) -> list[Any]:
    if file is None:
        return [None] * 7
    source = None if file.source is None else os.fsencode(file.source)
    return [file.content, source, *(file.source_state or (None, None)), file.mode, *(file.state or (None, None))]


def _file(row: sqlite3.Row) -> OurFile:
    return OurFile(
        row["content"],
        None if row["source"] is None else Path(row["source"]),
        None if row["source_size"] is None else FileState(row["source_size"], row["source_mtime_ns"]),
        row["mode"],
        None if row["size"] is None else FileState(row["size"], row["mtime_ns"]),
    )


def _step(row: sqlite3.Row) -> Step:
    file = None if row["mode"] is None else _file(row)
    return Step(row["number"], Action(row["kind"], row["path"], file, row["moved_from"]))
