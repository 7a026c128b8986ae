"""python -m sortbyface export: everything as CSV or JSON."""

from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.jobs.export import export_photos


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Write all photos, their faces, and whose these are, for other programs.")
    parser.add_argument("file", type=terminal.place, metavar="FILE.csv|FILE.json", help="a new file")
    options = parser.parse_args(arguments)
    with terminal.counting("exporting") as progress:
        exported = export_photos(options.file, library=options.library, progress=progress)
    print(f"{options.file}: {exported.photos:,} photos, {exported.faces:,} faces")
