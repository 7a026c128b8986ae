"""Draws `sorted.jpg`, the README's picture, from what `make demo` has made: python docs/pictures/make_sorted.py demo

Shows the photographs of Eileen Collins (NASA) and Grace Hopper (US Navy) alone: both are in the public domain.
"""

import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

TILE, GAP, HEADING = 110, 8, 34
BACKGROUND, INK = "#f6f5f2", "#333333"


def grid(photos: list[Path], columns: int, heading: str) -> Image.Image:
    """Tiles of the photos below a heading."""
    rows = -(-len(photos) // columns)
    image = Image.new("RGB", (columns * (TILE + GAP) - GAP, HEADING + rows * (TILE + GAP) - GAP), BACKGROUND)
    ImageDraw.Draw(image).text((0, 4), heading, fill=INK, font=ImageFont.load_default(20))
    for place, photo in enumerate(photos):
        with Image.open(photo) as opened:
            tile = ImageOps.fit(ImageOps.exif_transpose(opened).convert("RGB"), (TILE, TILE), centering=(0.5, 0.2))
        image.paste(tile, (place % columns * (TILE + GAP), HEADING + place // columns * (TILE + GAP)))
    return image


def main(demo: Path) -> None:
    album = sorted(path for path in (demo / "Album").rglob("*.*") if path.parent.name != "scenery")
    random.Random(4).shuffle(album)
    before = grid(album, 4, "Pictures")
    people = [
        grid(sorted(folder.iterdir()), 5, folder.name) for folder in sorted((demo / "Sorted-pictures").glob("P*"))
    ]
    width = before.width + 90 + people[0].width + 2 * TILE // 4
    after_height = sum(image.height for image in people) + 20
    image = Image.new("RGB", (width, max(before.height, after_height) + TILE // 2), BACKGROUND)
    image.paste(before, (TILE // 4, TILE // 4))
    x, y = TILE // 4 + before.width + 90, TILE // 4
    for person in people:
        image.paste(person, (x, y))
        y += person.height + 20
    middle = image.height // 2
    ImageDraw.Draw(image).polygon([(x - 65, middle - 18), (x - 30, middle), (x - 65, middle + 18)], fill=INK)
    image.save(Path(__file__).with_name("sorted.jpg"), quality=88, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
