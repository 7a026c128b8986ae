"""The library: one SQLite file that knows photos, faces, people, and the copies that were made."""

from sortbyface.library.actions import Action, OurFile, Run, Step
from sortbyface.library.journal import RunLog
from sortbyface.library.library import Library
from sortbyface.library.records import (
    FaceSet,
    FileState,
    Known,
    KnownPhoto,
    Outcome,
    PersonRecord,
    PhotoResult,
    Placement,
    Rejection,
    Root,
    Tally,
)

__all__ = [
    "Action",
    "FaceSet",
    "FileState",
    "Known",
    "KnownPhoto",
    "Library",
    "OurFile",
    "Outcome",
    "PersonRecord",
    "PhotoResult",
    "Placement",
    "Rejection",
    "Root",
    "Run",
    "RunLog",
    "Step",
    "Tally",
]
