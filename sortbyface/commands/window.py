"""python -m sortbyface: the window."""

from collections.abc import Sequence

from sortbyface.commands import terminal
from sortbyface.desktop.starting import check_for_display, explained


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("A window in which photos are looked at, people named, and folders made.")
    parser.add_argument("folder", type=terminal.place, nargs="?", metavar="PHOTOS", help="a folder to look at, at once")
    parser.set_defaults(library=None)
    options = parser.parse_args(arguments)
    check_for_display()
    try:
        from sortbyface.desktop.app import run  # which loads Qt: --help does not wait for it
    except ImportError as error:
        raise explained(error) from error
    raise SystemExit(run(options.library, options.folder))
