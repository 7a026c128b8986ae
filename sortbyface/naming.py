"""A finished file gets its name: never in the place of another one."""

import errno
import os
from pathlib import Path


def give_name(part: Path, target: Path) -> None:
    """Rename a file or a folder, without ever replacing what has the name.

    Raises FileExistsError when the name is taken, OSError when it cannot be given.
    """
    if not part.is_dir():
        try:
            os.link(part, target)  # a second link fails where the name is taken, a rename would not
        except OSError:  # the name is taken; or the file system has no links, such as exFAT
            pass
        else:
            part.unlink()
            return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "the name was taken meanwhile", str(target))
    os.rename(part, target)
