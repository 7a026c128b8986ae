"""Pictures that show no face: each was looked at by eye.

Few are photographs. They are kept apart from animals, whose faces are not people's, and from drawings, writing and
test patterns, in which there is little to be mistaken for a face.
"""

import importlib.util
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from sortbyface.errors import PhotoUnreadable
from sortbyface.photos.finding import find_photos
from sortbyface.photos.reading import read_photo

_HEIF = "odd-files/heif/tests/images"

_PHOTOGRAPHS = [
    *(f"odd-files/exif-orientation/Landscape_{orientation}.jpg" for orientation in range(9)),
    f"{_HEIF}/heif_other/nokia/alpha.heic",
    f"{_HEIF}/heif_other/nokia/bird_burst.heic",
    f"{_HEIF}/heif_special/xiaomi.heic",
    "odd-files/pillow/flower.jpg",
    "odd-files/pillow/flower2.webp",
    "odd-files/pillow/iptc.jpg",
    "odd-files/pillow/issue_2811.gif",
    "odd-files/pillow/rot0mir0.avif",
    "odd-files/pillow/tiff_16bit_RGB_target.png",
    "odd-files/pillow/tiff_wrong_bits_per_sample_3.tiff",
    "odd-files/pillow/xmp_tags_orientation.avif",
]
"""The nine landscapes are one, stored in nine ways. The alpha picture has two tiny people, seen from behind."""

_IN_PACKAGES = {
    "sklearn": [f"datasets/images/{name}" for name in ("china.jpg", "flower.jpg")],
    "skimage": [
        f"data/{name}"
        for name in (
            *("brick.png", "cell.png", "clock_motion.png", "coffee.png", "grass.png", "gravel.png", "ihc.png"),
            *("hubble_deep_field.jpg", "moon.png", "motorcycle_left.png", "page.png", "retina.jpg", "rocket.jpg"),
            "text.png",
        )
    ],
}
"""Left out: those with people, and scikit-image's coins, which show emperors."""

_ANIMALS = [
    f"{_HEIF}/heif/zPug_3.heic",
    f"{_HEIF}/heif_other/empty_icc.heic",
    f"{_HEIF}/heif_other/invalid_id.heic",
    "dlib-faces/examples/faces/dogs.jpg",
]

_NOT_DRAWN = ("flower*", "iptc*", "rot?mir?.avif", "tiff_*", "pug_depth.png")
"""The same photographs again, in other formats."""

_WITH_FACE = (
    *("hopper*", "imageops_pad_*", "palette_*", "bc6h*", "bgr15.png", "8bit.s.tif", "imagedraw_bitmap.png"),
    *("broken_data_stream.png", "effect_spread.png", "no_palette_with_transparency_after_rgb.gif"),
    *("a_fli.png", "dispose_bgnd_transparency.gif", "icc_profile*"),  # drawn, or a robot's
    *("truncated_*", "ultrahdr.jpg"),  # some cannot be read here, and were not seen
)

_SMALLEST_SIDE = 40
"""Pixels: in less there is no room for a mistake."""


def photographs(data: Path) -> Iterator[Path]:
    """Of landscapes, things, and what microscopes and telescopes show."""
    yield from (data / path for path in _PHOTOGRAPHS)
    for package, paths in _IN_PACKAGES.items():
        yield from _in_package(package, paths)


def animals(data: Path) -> Iterator[Path]:
    """Of dogs and a cat, most from near."""
    yield from (data / path for path in _ANIMALS)
    yield from _in_package("skimage", ["data/chelsea.png"])


def drawings(data: Path) -> Iterator[Path]:
    """All else in odd-files that can be read and is no copy, pixel for pixel, of another."""
    folder = data / "odd-files"
    others = {data / path for path in (*_PHOTOGRAPHS, *_ANIMALS)}
    seen: set[bytes] = set()
    for name in find_photos(folder, lambda _: None):
        path = folder / name
        if path in others or any(fnmatch(path.name, pattern) for pattern in (*_NOT_DRAWN, *_WITH_FACE)):
            continue
        try:
            rgb = read_photo(path).rgb
        except PhotoUnreadable:
            continue
        if min(rgb.shape[:2]) >= _SMALLEST_SIDE and rgb.tobytes() not in seen:
            seen.add(rgb.tobytes())
            yield path


def _in_package(package: str, paths: list[str]) -> Iterator[Path]:
    """Nothing, if it is not installed."""
    found = importlib.util.find_spec(package)
    if found and found.origin:
        yield from (Path(found.origin).parent / path for path in paths)
