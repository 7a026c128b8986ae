"""What a worker of the tests' cluster loads beforehand (`dask worker --preload`): decoders with bugs, drives unmounted.

A photo named `crashes` takes the process down, one named `hangs` keeps it busy for ever. Nothing can be opened
below the folders whose names are in BLIND_TO.
"""

import errno
import os
import sys
from pathlib import Path
from typing import Any

from sortbyface.photos.picture import Picture
from sortbyface.photos.reading import read_photo
from sortbyface.pipeline import looking, pool


def read_or_die(file: Path, *how: Any) -> Picture:
    if file.stem == "crashes":
        os.abort()
    if file.stem == "hangs":
        pool.PHOTO_SECONDS = 0.2
        with pool.photo_clock():
            while True:
                pass
    return read_photo(file, *how)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str) and _UNSEEN.intersection(Path(arguments[0]).parts):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))


_UNSEEN = set(os.environ.get("BLIND_TO", "").split())
looking.read_photo = read_or_die
sys.addaudithook(refuse)
