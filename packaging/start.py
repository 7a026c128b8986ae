"""Where an app bundle begins: the window, and the networks that came along in the bundle."""

import multiprocessing
import os
import shutil
import sys
from pathlib import Path


def bring_networks() -> None:
    """Put the exported networks where the program looks for them: a bundle holds no TensorFlow to export them with."""
    from sortbyface.cache import cache_folder

    bundled = Path(getattr(sys, "_MEIPASS", ".")) / "networks"
    for file in bundled.rglob("*.onnx"):
        target = cache_folder() / file.relative_to(bundled)
        if not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(f".{os.getpid()}.part")
            shutil.copyfile(file, part)
            part.replace(target)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the processes that look at photos begin here, too
    bring_networks()
    from sortbyface.__main__ import main

    main()
