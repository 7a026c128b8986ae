"""A clone of a file: two files that share their bytes on the disk until one of them is written (a reflink).

Btrfs, XFS, bcachefs, ZFS and OCFS2 on Linux, APFS on a Mac, each within one volume. Sources: ioctl_ficlone(2),
clonefile(2). Windows clones on ReFS alone, by a call of many steps that is not made here.
"""

import ctypes
import errno
import os
import sys
from pathlib import Path

_FICLONE = 0x40049409
"""_IOW(0x94, 9, int) of linux/fs.h."""


def clone(source: Path, target: Path) -> None:
    """Make the target a clone of the source. Raises OSError where that cannot be done; something may lie there then.

    The target's name must be free. Times and permissions are whatever the system gives the clone.
    """
    if sys.platform == "linux":
        _clone_on_linux(source, target)
    elif sys.platform == "darwin":
        _clone_on_a_mac(source, target)
    else:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(target))


def _clone_on_linux(source: Path, target: Path) -> None:
    import fcntl  # which Windows has not

    with source.open("rb") as original, target.open("xb") as new:
        fcntl.ioctl(new, _FICLONE, original.fileno())


def _clone_on_a_mac(source: Path, target: Path) -> None:
    clonefile = ctypes.CDLL(None, use_errno=True).clonefile
    clonefile.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint32)
    if clonefile(os.fsencode(source), os.fsencode(target), 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))
