"""Is a file on this computer, or on a network drive, where SQLite cannot keep it as safe?"""

import os
from pathlib import Path

import psutil

_NETWORK = {
    "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
    "nfs3", "nfs4", "ocfs2", "prl_fs", "s3fs", "smb", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "vmhgfs", "webdav",
    "rclone", "gvfsd-fuse", "davfs2", "curlftpfs", "goofys", "vmhgfs-fuse",
}  # fmt: skip
"""As systems call them; through FUSE, `fuse.sshfs` or `macfuse_sshfs`."""


def network_file_system(file: Path) -> str | None:
    """The kind of network drive that a file is on, or would be; None for a disk of this computer."""
    place = file.resolve()
    if place.drive.startswith("\\\\"):  # \\server\folder
        return "network folder"
    mounts = [mount for mount in psutil.disk_partitions(all=True) if place.is_relative_to(mount.mountpoint)]
    if not mounts:
        return None
    nearest = max(reversed(mounts), key=lambda mount: len(mount.mountpoint))  # of two on one folder, the last one shows
    kind = nearest.fstype.lower()
    remote = os.name == "nt" and "remote" in nearest.opts.split(",")
    for through in ("fuse.", "osxfuse_", "macfuse_"):
        kind = kind.removeprefix(through)
    return kind or "network drive" if remote or kind in _NETWORK else None
