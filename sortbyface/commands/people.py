"""python -m sortbyface people: who is who."""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from sortbyface.commands import terminal
from sortbyface.jobs.people_file import export_people, import_people
from sortbyface.jobs.roster import Sighting, corrections, list_people, show_person, show_photo


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Who is in the photos: names, and corrections. Each change can be undone.")
    parser.set_defaults(work=_list, json=False, all=False)
    work = parser.add_subparsers(metavar="COMMAND")
    listing = work.add_parser("list", help="everybody, the one in most photos first")
    listing.add_argument("--all", action="store_true", help="those, too, who are hidden")
    listing.add_argument("--json", action="store_true", help="for programs")
    showing = work.add_parser("show", help="the faces of a person, or in a photo, with the numbers that others ask for")
    showing.add_argument("whom", metavar="PERSON|PHOTO", help="a number, a name, or a file")
    showing.add_argument("--json", action="store_true", help="for programs")
    showing.set_defaults(work=_show)
    naming = _person(work, "name", "give somebody a name; an empty one takes it away")
    naming.add_argument("name", metavar="NAME")
    naming.set_defaults(correct=lambda to, o: to.rename(to.person(o.person), o.name))
    merging = _person(work, "merge", "two are one: the faces of OTHER become PERSON's")
    merging.add_argument("other", metavar="OTHER", help="a number or a name")
    merging.set_defaults(correct=lambda to, o: to.merge(to.person(o.person), to.person(o.other)))
    splitting = _faces(work, "split", "these faces of somebody are somebody else's, of whom nothing was known")
    splitting.set_defaults(correct=lambda to, o: to.split(o.faces))
    moving = _faces(work, "move", "these faces are PERSON's")
    moving.add_argument("person", metavar="PERSON", help="a number or a name")
    moving.set_defaults(correct=lambda to, o: to.move(o.faces, to.person(o.person)))
    confirming = _faces(work, "confirm", "these faces are rightly placed, and stay")
    confirming.set_defaults(correct=lambda to, o: to.confirm(o.faces))
    rejecting = _faces(work, "reject", "these faces are not this person's, and do not come back")
    rejecting.set_defaults(correct=lambda to, o: to.reject(o.faces))
    covering = _faces(work, "cover", "let a face stand for its person", count=1)
    covering.set_defaults(correct=lambda to, o: to.choose_cover(o.faces[0]))
    hiding = _person(work, "hide", "give somebody no folder")
    hiding.set_defaults(correct=lambda to, o: to.hide(to.person(o.person)))
    unhiding = _person(work, "unhide", "give somebody a folder again")
    unhiding.set_defaults(correct=lambda to, o: to.hide(to.person(o.person), hidden=False))
    work.add_parser("undo", help="take back the last change that is not taken back").set_defaults(work=_undo)
    exporting = work.add_parser("export", help="write all people into a file, so that names survive the library")
    exporting.add_argument("file", type=terminal.place, metavar="FILE.json", help="a new file")
    exporting.set_defaults(work=_export)
    importing = work.add_parser("import", help="bring the people of such a file into the library")
    importing.add_argument("file", type=terminal.place, metavar="FILE.json", help="from `people export`")
    importing.set_defaults(work=_import)
    terminal.options_anywhere(work)
    options = parser.parse_args(arguments)
    options.work(options)


_Work: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _person(work: _Work, name: str, what: str) -> argparse.ArgumentParser:
    parser = work.add_parser(name, help=what)
    parser.add_argument("person", metavar="PERSON", help="a number or a name")
    parser.set_defaults(work=_correct)
    return parser


def _faces(work: _Work, name: str, what: str, count: int | str = "+") -> argparse.ArgumentParser:
    parser = work.add_parser(name, help=what)
    parser.add_argument("faces", type=terminal.positive, nargs=count, metavar="FACE", help="a number, as `show` has it")
    parser.set_defaults(work=_correct)
    return parser


def _correct(options: argparse.Namespace) -> None:
    with corrections(options.library) as to:
        words = options.correct(to, options)
    print(f"{words}. To take it back: python -m sortbyface people undo")


def _undo(options: argparse.Namespace) -> None:
    with corrections(options.library) as correct:
        change = correct.undo()
    print(f"undone: {change.words} ({change.at})")


def _export(options: argparse.Namespace) -> None:
    exported = export_people(options.file, options.library)
    faces = sum(len(person.faces) for person in exported.people)
    print(f"{options.file}: {len(exported.people):,} people, {faces:,} faces in {len(exported.photos):,} photos")


def _import(options: argparse.Namespace) -> None:
    imported = import_people(options.file, options.library)
    brought = imported.brought
    for one in brought.disagreements:
        photo = imported.file.photos[one.sha256].path or one.sha256.hex()
        print(f"{photo}: {one.here} here, {one.there} in the file; left as it is here")
    for there, here in brought.renumbered.items():
        print(f"Person {there} of the file is Person {here} here: the number is not free")
    if brought.is_empty:
        print(f"{options.file}: nothing new; {options.library} is as it was")
        return
    print(
        f"{options.file}: {len(brought.new):,} new people, {len(brought.added):,} new faces,"
        f" {len(brought.confirmed):,} confirmed, {len(brought.disagreements):,} left as they are here."
        " To take it back: python -m sortbyface people undo"
    )


def _list(options: argparse.Namespace) -> None:
    people = list_people(options.library, hidden=options.all)
    if options.json:
        fields = [{"id": one.id, "name": one.name if one.named else None, "hidden": one.hidden} for one in people]
        print(json.dumps([{**of, **one.known._asdict()} for of, one in zip(fields, people, strict=True)], indent=2))
        return
    width = max((len(person.name) for person in people), default=0)
    for person in people:
        known = person.known
        note = f"  {known.confirmed:,} confirmed" if known.confirmed else ""
        note += "  hidden" if person.hidden else ""
        print(f"{person.id:>5}  {person.name:<{width}}  {known.photos:>6,} photos  {known.faces:>6,} faces{note}")
    if not people:
        print("nobody yet; sort the photos first: python sort_images.py")


def _show(options: argparse.Namespace) -> None:
    if os.path.isfile(options.whom):  # which a name that is no path at all is not, either
        sightings = show_photo(Path(options.whom), options.library)
        title = f"{len(sightings)} faces, from left to right"
    else:
        person, sightings = show_person(options.whom, options.library)
        known = person.known
        title = f"{person.name} (number {person.id}): {known.photos:,} photos, {known.confirmed:,} of {known.faces:,}"
        title += " faces confirmed" + (", hidden" if person.hidden else "")
    if options.json:
        print(json.dumps([_record(sighting) for sighting in sightings], indent=2))
        return
    print(title)
    for sighting in sightings:
        print(_line(sighting))


def _line(sighting: Sighting) -> str:
    if sighting.person is None:
        why = "nobody's"
    elif sighting.confirmed:
        why = "confirmed"
    else:
        why = "placed" if sighting.similarity is None else f"placed at {sighting.similarity:.3f}"
    whose = f"person {sighting.person}, {why}" if sighting.person else why
    number = "     -" if sighting.face is None else f"{sighting.face:>6}"
    return f"{number}  {whose:<28}{'  cover' if sighting.cover else ''}  {sighting.photo}"


def _record(sighting: Sighting) -> dict[str, object]:
    return {
        "face": sighting.face,
        "photo": str(sighting.photo),
        "box": sighting.box,
        "person": sighting.person,
        "confirmed": sighting.confirmed,
        "similarity": sighting.similarity,
        "cover": sighting.cover,
    }
