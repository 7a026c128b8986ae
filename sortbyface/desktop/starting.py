"""Whether there can be a window at all; if not, one sentence on why, rather than a crash inside Qt."""

import os
import sys

from sortbyface.errors import WindowUnusable

_INSTALL = "pip install PySide6-Essentials"
_LIBRARIES = "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libdbus-1-3 libfontconfig1"
_REMEDY = "the commands do the same without a window: python -m sortbyface --help"


def check_for_display() -> None:
    """Raises WindowUnusable where there is plainly no screen."""
    named = "QT_QPA_PLATFORM" in os.environ or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if sys.platform.startswith(("linux", "freebsd")) and not named:
        raise WindowUnusable(f"there is no screen to show a window on; {_REMEDY}")


def explained(error: ImportError) -> WindowUnusable:
    """Why Qt could not be loaded."""
    if (error.name or "").startswith(("PySide6", "shiboken6")) and isinstance(error, ModuleNotFoundError):
        return WindowUnusable(f"the window needs PySide6, which is not installed: {_INSTALL}; {_REMEDY}")
    return WindowUnusable(
        f"the window needs a library that this system lacks ({error}); on Debian and Ubuntu:"
        f" sudo apt install {_LIBRARIES}; {_REMEDY}"
    )


def no_platform(message: str) -> WindowUnusable:
    """Qt has found no way to draw on this screen; message: what it says."""
    reason = next((line for line in message.splitlines() if line.strip()), "")
    return WindowUnusable(
        f"no window can be shown here ({reason.strip()}); on Debian and Ubuntu this may help:"
        f" sudo apt install {_LIBRARIES}; {_REMEDY}"
    )
