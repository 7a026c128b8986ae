"""What tells one weights file from another."""

import hashlib
from pathlib import Path

from sortbyface.errors import ModelUnusable
from sortbyface.networks.locating import files_of


def sha256_of(path: Path) -> str:
    """The weights' SHA-256, as 64 hexadecimal digits.

    Of a file, over its bytes; of a checkpoint, over its index and then its data; of a folder, over that of the two
    which it stands for (see `files_of`). Raises ModelUnusable when nothing is there, or it cannot be read.
    """
    sha256 = hashlib.sha256()
    try:
        for part in files_of(path):
            with part.open("rb") as file:
                hashlib.file_digest(file, lambda: sha256)
    except OSError as error:
        raise ModelUnusable(f"{path} cannot be read: {error.strerror}") from error
    return sha256.hexdigest()
