"""Where things are kept that can be made again: the user's cache folder."""

from pathlib import Path

import platformdirs


def cache_folder() -> Path:
    """The folder of this program there; it may not exist yet."""
    return platformdirs.user_cache_path("sort-by-face", appauthor=False)
