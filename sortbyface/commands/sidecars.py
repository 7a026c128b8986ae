"""python -m sortbyface sidecars: names to other programs, and from them."""

import argparse
import json
import sys
from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.jobs.sidecars import SidecarsRead, SidecarsWritten, read_sidecars, write_sidecars
from sortbyface.naming import as_text

_MOST_NAMED = 100


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser(
        "Names to and from digiKam, Lightroom, Immich, PhotoPrism and Picasa. Photos are only read."
    )
    work = parser.add_subparsers(metavar="COMMAND", required=True)
    writing = _over_photos(
        work, "write", "who is where, into photo.jpg.xmp beside each photo that shows a named person"
    )
    writing.add_argument("--dry-run", action="store_true", help="tell which would be written, and write nothing")
    writing.set_defaults(work=_write)
    reading = _over_photos(work, "read", "named regions of sidecars, of the photos, and of .picasa.ini, as people")
    reading.set_defaults(work=_read)
    terminal.options_anywhere(work)
    options = parser.parse_args(arguments)
    options.work(options)


def _over_photos(
    work: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    parser = work.add_parser(name, help=what, description=what)
    parser.add_argument(
        "photos", type=terminal.place, nargs="*", metavar="FOLDER|PHOTO", help="these alone (all of the library)"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def _write(options: argparse.Namespace) -> None:
    with terminal.counting("writing sidecars") as progress:
        outcome = write_sidecars(options.photos, library=options.library, dry_run=options.dry_run, progress=progress)
    if options.json:
        print(json.dumps(_written_as_json(outcome, options.dry_run), indent=2))
    else:
        if options.dry_run:
            _name([f"{path}: would be written" for path in outcome.written])
        _name(
            [
                f"{photo}: {conflict.face.name} has the name {conflict.theirs} there; it was left"
                for photo, conflict in outcome.conflicts
            ]
        )
        would = "would be written" if options.dry_run else "written"
        print(
            f"{len(outcome.written):,} sidecars {would}, {outcome.unchanged:,} say it all already,"
            f" {len(outcome.conflicts):,} names left to others"
        )
    _complain(outcome.problems)
    if outcome.problems:
        sys.exit(terminal.COULD_NOT)


def _read(options: argparse.Namespace) -> None:
    with terminal.counting("reading sidecars") as progress:
        outcome = read_sidecars(options.photos, library=options.library, progress=progress)
    heard = outcome.heard
    if options.json:
        print(json.dumps(_read_as_json(outcome), indent=2))
    else:
        _name([f"{said.file}: {said.name} is {here} here; left so" for said, here in heard.contradictions])
        _name([f"{said.file}: {said.name!r} cannot be a name here; passed over" for said in heard.no_names])
        people = {said.name for said in heard.taken}
        print(
            f"{len(heard.taken):,} faces of {len(people):,} people from {len({said.file for said in heard.taken}):,}"
            f" files ({len(heard.new_people):,} new people; {heard.without_face:,} where no face was found);"
            f" {heard.known:,} known before, {len(heard.contradictions):,} left as they are here"
        )
        if heard.taken:
            print("To take it back: python -m sortbyface people undo")
    _complain(outcome.problems)


def _name(lines: list[str]) -> None:
    for line in lines[:_MOST_NAMED]:
        print(" ".join(line.split()))
    if len(lines) > _MOST_NAMED:
        print(f"… and {len(lines) - _MOST_NAMED:,} more; --json lists them all")


def _complain(problems: list[str]) -> None:
    for problem in problems:
        print(" ".join(problem.split()), file=sys.stderr)


def _written_as_json(outcome: SidecarsWritten, dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": dry_run,
        "written": [as_text(path) for path in outcome.written],
        "unchanged": outcome.unchanged,
        "conflicts": [
            {"photo": as_text(photo), "name": conflict.face.name, "theirs": conflict.theirs}
            for photo, conflict in outcome.conflicts
        ],
        "problems": outcome.problems,
    }


def _read_as_json(outcome: SidecarsRead) -> dict[str, object]:
    heard = outcome.heard
    return {
        "taken": [{"file": as_text(said.file), "name": said.name, "box": said.box} for said in heard.taken],
        "without_face": heard.without_face,
        "known": heard.known,
        "new_people": heard.new_people,
        "conflicts": [
            {"file": as_text(said.file), "name": said.name, "here": here} for said, here in heard.contradictions
        ],
        "no_names": [{"file": as_text(said.file), "name": said.name} for said in heard.no_names],
        "problems": outcome.problems,
    }
