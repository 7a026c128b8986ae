"""What belongs together travels together: which files beside a photo go with it.

Names alone decide, as nothing else ties these files together:

- the RAW file and the picture of one shot (`IMG_1.CR2`, `IMG_1.JPG`);
- sidecars with edits and descriptions: `IMG_1.jpg.xmp`, `IMG_1.xmp`, darktable's further versions `IMG_1_01.jpg.xmp`,
  `.pp3` (RawTherapee) and `.dop` (DxO), Apple's `IMG_0001.AAE` and `IMG_O0001.AAE`, which serve `IMG_0001` and its
  edited twin `IMG_E0001` alike, and the JSON of a Google Takeout (see `takeout.py`);
- the movie of a live photo (`IMG_1.MOV`, `IMG_1.MP4`, icloudpd's `IMG_1_HEVC.MOV`, Google's `PXL_1.MP`), a camera's
  thumbnail (`.THM`) and voice memo (`.WAV`);
- what belongs to one of these in turn, such as `IMG_1.CR2.xmp` to the RAW file of `IMG_1.JPG`.

A file that fits several photos goes with each of them.
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from sortbyface.naming import folded
from sortbyface.photos.finding import EXTENSIONS, RAW_EXTENSIONS
from sortbyface.sorting import takeout

_WITH_WHOLE_NAME = frozenset({".xmp", ".aae", ".pp3", ".dop"})
"""IMG_1.jpg.xmp"""

_WITH_STEM = frozenset({".xmp", ".thm", ".wav"})
"""IMG_1.xmp"""

_MOVIES = frozenset({".mov", ".mp4", ".mp", ".mv"})
_MOVING = RAW_EXTENSIONS | {".jpg", ".jpeg", ".jpe", ".heic", ".heif", ".hif"}
"""Photos that may come with a movie. A PNG or GIF beside one is rather a frame of it."""

_MOTION = re.compile(r".+\.m[pv](~\d+)?( ?\(\d+\))?", re.IGNORECASE)
"""Google's movie of PXL_1.MP.jpg is PXL_1.MP, the photo's whole stem."""

_CODEC = re.compile(r"_(hevc|heic)$", re.IGNORECASE)
_VERSION = re.compile(r"_\d\d(?=\.[^.]+$)")
_APPLE = re.compile(r"(?P<camera>[a-z]{3,4}_)(?P<letter>[eo]?)(?P<number>\d{4}.*)", re.IGNORECASE)


def companions_in(names: Collection[str], photos: Collection[str]) -> dict[str, list[str]]:
    """Photo -> the files that go with it, in the order of their names.

    names: all files of one folder. photos: those that are looked after; another photo of the folder, looked after
    or not, is a companion where it is the RAW file or the picture of the same shot. `leads_in` tells how such a pair
    is kept from being sorted twice.
    """
    folder = _Folder(names, photos)
    companions: dict[str, list[str]] = {photo: [] for photo in photos}
    for name in sorted(names):
        for photo in folder.owners(name):
            companions[photo].append(name)
    return companions


def companions_of(photos: Iterable[Path], unlisted: Callable[[OSError], object]) -> dict[Path, list[Path]]:
    """Photo -> the files that go with it. Each folder is listed once; `unlisted` is called for one that cannot be."""
    by_folder: defaultdict[Path, list[str]] = defaultdict(list)
    for photo in photos:
        by_folder[photo.parent].append(photo.name)
    companions = {}
    for folder, own in by_folder.items():
        try:
            with os.scandir(folder) as entries:
                names = [entry.name for entry in entries if entry.is_file()]
        except OSError as error:
            unlisted(error)
            names = []
        for photo_name, beside in companions_in(names, own).items():
            companions[folder / photo_name] = [folder / name for name in beside]
    return companions


def leads_in(photos: Iterable[str]) -> dict[str, str]:
    """RAW file -> the picture of the same shot, where both are photos of one folder: the two are sorted as one.

    The picture leads, for its faces are those that the photographer sees. Whoever is in either of the two counts as
    being in the picture, and the RAW file goes, as its companion, wherever the picture goes. So each is in a folder
    once and under the same number, whichever of them shows the face. A RAW file that is not told of leads itself.
    """
    raws: list[str] = []
    pictures: dict[str, str] = {}
    for photo in sorted(photos):
        if _extension(photo) in RAW_EXTENSIONS:
            raws.append(photo)
        else:
            pictures.setdefault(_shot(photo), photo)
    return {raw: pictures[_shot(raw)] for raw in raws if _shot(raw) in pictures}


def name_beside(companion: str, photo: str, new_photo: str) -> str:
    """What a companion is called where its photo is called otherwise, so that it still is the photo's companion.

    IMG_1.jpg.xmp of IMG_1.jpg is IMG_1 (2).jpg.xmp beside IMG_1 (2).jpg. new_photo: with the extension that the
    photo has. The name may be longer than names can be. Raises ValueError for what is no companion of the photo.
    """
    if new_photo == photo:
        return companion
    stem, new_stem = _stem(photo), _stem(new_photo)
    if folded(_stem(companion)) in map(folded, takeout.clipped(photo)):
        return new_photo + takeout.ENDING
    tail = _after(companion, stem)
    if tail is not None:
        return new_stem + tail
    for file, addition in takeout.described_by(companion):
        tail = _after(file, stem)
        if tail is not None:
            return new_stem + tail + addition
    apple, new_apple = _APPLE.fullmatch(_stem(companion)), _APPLE.fullmatch(new_stem)
    if apple and new_apple:
        return new_apple["camera"] + apple["letter"] + new_apple["number"] + os.path.splitext(companion)[1]
    raise ValueError(f"{companion} does not belong to {photo}")


class _Folder:
    """Finds the photos that a file belongs to."""

    def __init__(self, names: Collection[str], photos: Collection[str]) -> None:
        self._names = {folded(name): name for name in names}
        self._called = _Index((folded(photo), photo) for photo in photos)
        self._of_shot = _Index((_shot(photo), photo) for photo in photos)
        self._of_apple_shot = _Index((_apple_shot(_stem(photo)), photo) for photo in photos)
        self._clipped = _Index((folded(clip), photo) for photo in photos for clip in takeout.clipped(photo))

    def owners(self, name: str) -> AbstractSet[str]:
        """The photos that a file goes with, never itself."""
        stem, extension = _stem(name), _extension(name)
        if extension in EXTENSIONS:
            is_raw = extension in RAW_EXTENSIONS
            return {photo for photo in self._of_shot[_shot(name)] if (_extension(photo) in RAW_EXTENSIONS) != is_raw}
        owners: set[str] = set()
        if extension in _WITH_WHOLE_NAME:
            owners |= self._of(stem if folded(stem) in self._names else _VERSION.sub("", stem))
        if extension in _WITH_STEM:
            owners |= self._of_shot[folded(stem)]
        if extension == ".aae":
            owners |= self._of_apple_shot[_apple_shot(stem)]
        if extension in _MOVIES:
            owners |= self._moving(stem) | self._moving(_CODEC.sub("", stem))
        if _MOTION.fullmatch(name):
            owners |= self._moving(name)
        if extension == takeout.ENDING:
            owners |= self._clipped[folded(stem)]
            for file, _ in takeout.described_by(name):
                owners |= self._of(file) | self._of_shot[folded(file)]
        return owners

    def _of(self, file: str) -> AbstractSet[str]:
        """The photo of this name, and those that it goes with itself."""
        there = self._names.get(folded(file))
        return self._called[folded(file)] | (self.owners(there) if there is not None else set())

    def _moving(self, stem: str) -> set[str]:
        return {photo for photo in self._of_shot[folded(stem)] if _extension(photo) in _MOVING}


class _Index:
    """Sets of photos, by what they have in common."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._photos: defaultdict[str, set[str]] = defaultdict(set)
        for key, photo in pairs:
            self._photos[key].add(photo)

    def __getitem__(self, key: str) -> AbstractSet[str]:
        return self._photos.get(key, frozenset())


def _stem(name: str) -> str:
    return os.path.splitext(name)[0]


def _extension(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _shot(photo: str) -> str:
    return folded(_stem(photo))


def _apple_shot(stem: str) -> str:
    apple = _APPLE.fullmatch(stem)
    return folded(apple["camera"] + apple["number"] if apple else stem)


def _after(name: str, start: str) -> str | None:
    """The rest of a name that starts so, whatever the case and the composition."""
    wanted = folded(start)
    return next((name[end:] for end in range(len(name) + 1) if folded(name[:end]) == wanted), None)
