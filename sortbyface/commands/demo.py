"""python -m sortbyface demo: a small album, sorted and shown as a tree."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from sortbyface.commands import terminal
from sortbyface.demo import make_album
from sortbyface.jobs.look import look_at_photos
from sortbyface.jobs.sort import sort_photos


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description="Make a small album of real photographs, and sort it.", allow_abbrev=False
    )
    parser.add_argument(
        "folder", type=terminal.place, nargs="?", default=Path("demo"), help="where it is made (%(default)s)"
    )
    folder = parser.parse_args(arguments).folder
    album, sorted_pictures, library = folder / "Album", folder / "Sorted-pictures", folder / "sort-by-face.sqlite"
    make_album(album)
    summary = look_at_photos(album, library=library, embeddings=folder / "embeddings.pickle")
    sort_photos(sorted_pictures, library=library)
    for place in (album, sorted_pictures):
        print(place, *_tree(place), "", sep="\n")
    print(f"{summary.photos} photos, {summary.faces} faces, {summary.without_face} photos without a face")


def _tree(folder: Path, indent: str = "") -> Iterator[str]:
    """The visible files and folders below a folder, drawn with lines."""
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    for entry in entries:
        last = entry == entries[-1]
        yield f"{indent}{'└── ' if last else '├── '}{entry.name}"
        if entry.is_dir():
            yield from _tree(entry, indent + ("    " if last else "│   "))
