"""The wall of people in a large library: how long one waits for it, and what it takes.

python -m benchmarks.window_wall [--faces 100000] [--people 5000] [--runs 20]
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PIL import Image
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from benchmarks.people import made_library, made_up
from benchmarks.tables import print_head, print_row
from sortbyface.desktop.album import Album
from sortbyface.desktop.people_page import PeoplePage
from sortbyface.desktop.style import dress
from sortbyface.jobs import LIBRARY
from sortbyface.jobs.wall import Tile
from sortbyface.library import Library

_PATIENCE = 30.0
"""Seconds until something that should come has not come."""


def made_photos(home: Path, library: Path) -> None:
    """Files for all photos of a library, of which a hundred are different: that there is something to cut."""
    folder = home / "photos"
    folder.mkdir()
    for number in range(100):
        noise = Image.effect_noise((200, 100), 80).resize((1000, 500)).convert("RGB")
        noise.save(folder / f"kind-{number}.jpg")
    with Library.opened(library) as opened:
        connection = opened._connection
        for row in connection.execute("SELECT path, content FROM photos").fetchall():
            os.link(folder / f"kind-{row['content'] % 100}.jpg", folder / row["path"])
        with connection:
            connection.execute("UPDATE roots SET path = ?", [str(folder)])


def until(happened: Callable[[], bool]) -> float:
    """Seconds that the window has to run until something is so."""
    started = perf_counter()
    loop, look = QEventLoop(), QTimer(interval=2)
    look.timeout.connect(lambda: loop.quit() if happened() or perf_counter() - started > _PATIENCE else None)
    look.start()
    if not happened():
        loop.exec()
    if not happened():
        raise SystemExit("the window does not come to an end")
    return perf_counter() - started


def open_wall(album: Album) -> tuple[PeoplePage, float]:
    """The page, painted with all people and the strangers in it; and the seconds that took."""
    started = perf_counter()
    page = PeoplePage(album)
    page.resize(1180, 780)
    page.show()
    until(lambda: page.model.rowCount() > 0)
    page.wall.viewport().repaint()
    return page, perf_counter() - started


def scroll(page: PeoplePage, pages: int) -> list[float]:
    """Seconds of each page down, faces included that are cut meanwhile."""
    bar, times = page.wall.verticalScrollBar(), []
    for _ in range(pages):
        started = perf_counter()
        bar.setValue(bar.value() + bar.pageStep())
        page.wall.viewport().repaint()
        times.append(perf_counter() - started)
        until_cut(page)
    return times


def until_cut(page: PeoplePage) -> float:
    """Seconds until the faces that are seen are there."""
    seen, first = page.wall.viewport().rect(), page.wall.indexAt(QPoint(20, 20)).row()
    rows = range(max(first, 0), min(first + 100, page.model.rowCount()))
    tiles = (
        page.model.tile(index) for index in map(page.model.index, rows) if seen.intersects(page.wall.visualRect(index))
    )
    portraits = [tile.portrait for tile in tiles if isinstance(tile, Tile) and tile.portrait]
    return until(lambda: all(page.album.thumbnails.face(portrait) is not None for portrait in portraits))


def rename(page: PeoplePage, name: str) -> float:
    """Seconds from Enter to the tile with the name."""
    index = page.wall.currentIndex()
    QTest.keyClick(page.wall, Qt.Key.Key_F2)
    editor = next(one for one in page.wall.findChildren(QLineEdit) if one.isVisible())
    editor.setText(name)
    started = perf_counter()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: index.data() == name)
    page.wall.viewport().repaint()
    return perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the wall of people in a large library.")
    parser.add_argument("--faces", type=int, default=100_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--people", type=int, default=5_000, metavar="N", help="(%(default)s)")
    parser.add_argument("--runs", type=int, default=20, metavar="N", help="pages, and names (%(default)s)")
    options = parser.parse_args()
    app = QApplication([])
    dress(app)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary).resolve()
        made_library(home / LIBRARY, *made_up(options.faces, options.people))
        made_photos(home, home / LIBRARY)
        album = Album(home / LIBRARY, thumbnails=home / "thumbnails")
        for trouble in (album.failed, album.broken):
            trouble.connect(print)
        before = psutil.Process().memory_info().rss
        page, opening = open_wall(album)
        until(lambda: not album.work.busy)
        print_head(["of a wall", "median", "worst", "unit"])
        print_row(["opened, with all people", f"{opening * 1000:.0f}", "", "ms"])
        row("scrolled by a page", scroll(page, options.runs))
        renamed = []
        for run in range(options.runs):
            page.wall.setCurrentIndex(page.model.index(10 * run))
            renamed.append(rename(page, f"Ada the {run}."))
            until(lambda: not album.work.busy)
        row("named, from Enter to the tile", renamed)
        searched = []
        for text in ("1", "12", "many", ""):
            started = perf_counter()
            page.search_field.setText(text)
            page.wall.viewport().repaint()
            searched.append(perf_counter() - started)
        row("searched, by a letter more", searched)
        row("brought up to date", [refreshed(page) for _ in range(5)])
        scroll(page, 150)
        now = psutil.Process().memory_info().rss
        print_row(["memory, 150 pages on", f"{now / 1e6:.0f}", "", f"MB, of which {before / 1e6:.0f} without a wall"])
        page.close()
        album.close()


def refreshed(page: PeoplePage) -> float:
    """Longest that the window is held up while the whole wall is asked for again."""
    page.refresh()
    longest = 0.0
    while page.album.work.busy:
        started = perf_counter()
        QApplication.processEvents()
        longest = max(longest, perf_counter() - started)
    return longest


def row(words: str, seconds: list[float]) -> None:
    print_row([words, f"{median(seconds) * 1000:.0f}", f"{max(seconds) * 1000:.0f}", "ms"])


if __name__ == "__main__":
    main()
