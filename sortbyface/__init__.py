"""Sort-By-Face: a folder of photos, sorted into one folder per person, on your own computer.

The three jobs are functions: look_at_photos, sort_photos and find_person. Whatever they raise on bad
input is a SortByFaceError with a message for the user.

>>> import sortbyface                                            # doctest: +SKIP
>>> sortbyface.look_at_photos(Path("Pictures"))                  # doctest: +SKIP
>>> sortbyface.sort_photos(Path("Sorted-pictures"))              # doctest: +SKIP
>>> sortbyface.find_person(Path("me.jpg"), Path("Me"))           # doctest: +SKIP
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sortbyface.errors import SortByFaceError
    from sortbyface.jobs.find import find_person
    from sortbyface.jobs.look import look_at_photos
    from sortbyface.jobs.sort import sort_photos

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
"""Nothing leaves the computer: ONNX Runtime would begin to when it is loaded, unless told so before."""

__version__ = "0.1.0"
__all__ = ["SortByFaceError", "find_person", "look_at_photos", "sort_photos"]

_HOMES = {
    "SortByFaceError": "sortbyface.errors",
    "find_person": "sortbyface.jobs.find",
    "look_at_photos": "sortbyface.jobs.look",
    "sort_photos": "sortbyface.jobs.sort",
}


def __getattr__(name: str) -> Any:
    """The functions are loaded when they are first used: worker processes need but a part of the house."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
