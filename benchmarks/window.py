"""Does the window stay awake while photos are looked at? The longest times between two turns of its event loop.

python -m benchmarks.window [PHOTOS] [--photos 1000]

PHOTOS: a folder whose photos are looked at, each as often as it takes, as different files; the demo's album otherwise.
A turn of the loop draws one frame and hears one key; the aim is that none is more than 100 ms after the one before.
"""

import argparse
import os
import shutil
import tempfile
from itertools import cycle, islice
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from benchmarks.tables import print_head, print_row
from benchmarks.ticks import Ticks
from sortbyface.demo import make_album
from sortbyface.desktop.album import Album
from sortbyface.desktop.looking import Stage
from sortbyface.desktop.style import dress
from sortbyface.desktop.window import MainWindow
from sortbyface.jobs import LIBRARY
from sortbyface.photos.finding import find_photos


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", metavar="PHOTOS")
    parser.add_argument("--photos", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        if options.folder is None:
            make_album(here / "Album")
        different_copies(options.folder or here / "Album", here / "Photos", options.photos)
        gaps = gaps_while_looking(here)
    print_head(["stage", "seconds", "turns", "over 50 ms", "over 100 ms", "longest, ms"])
    for stage, seconds in gaps.items():
        over = [str(sum(gap > limit for gap in seconds)) for limit in (0.05, 0.1)]
        print_row([stage, f"{sum(seconds):.1f}", f"{len(seconds):,}", *over, f"{1000 * max(seconds):.0f}"])


def different_copies(photos: Path, folder: Path, count: int) -> None:
    """So many photos, no two of the same bytes."""
    folder.mkdir()
    found = list(find_photos(photos, print))
    for number, path in enumerate(islice(cycle(found), count)):
        copy = folder / f"{number:05}{Path(path).suffix}"
        shutil.copyfile(photos / path, copy)
        with copy.open("ab") as file:
            file.write(number.to_bytes(4))


def gaps_while_looking(here: Path) -> dict[str, list[float]]:
    """Stage of the look -> seconds between the turns of the loop in it, in a window that shows how far it is."""
    app = QApplication([])
    dress(app)
    album = Album(here / LIBRARY, thumbnails=here / "thumbnails")
    window = MainWindow(album, QSettings(str(here / "settings.ini"), QSettings.Format.IniFormat))
    window.show()
    window.show_page("photos")
    ticks = Ticks()
    starts: dict[Stage, int] = {}
    album.looking_changed.connect(lambda: starts.setdefault(album.looking.stage, len(ticks.gaps)))
    album.looked.connect(app.quit)
    album.failed.connect(app.exit)
    album.look_at(here / "Photos")
    app.exec()
    ticks.stop()
    window.close()
    ends = [*list(starts.values())[1:], len(ticks.gaps)]
    names = [stage.name.lower().replace("_", " ") for stage in starts]
    return {name: ticks.gaps[start:end] for name, start, end in zip(names, starts.values(), ends, strict=True)}


if __name__ == "__main__":
    main()
