"""Libraries for those who may want to keep none."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sortbyface.jobs import LIBRARY
from sortbyface.library import Library


@contextmanager
def kept_or_passing(path: Path | None) -> Iterator[Library]:
    """The library at a place, made if there is none; None for one that lasts as long as the `with` block."""
    if path is not None:
        with Library.opened(path, create=True) as library:
            yield library
        return
    with TemporaryDirectory() as folder:
        try:
            with Library.opened(Path(folder, LIBRARY), create=True) as library:
                yield library
        except KeyboardInterrupt:
            raise KeyboardInterrupt("stopped, and nothing is kept; with --library FILE it would go on") from None
