"""The library: one SQLite file that knows photos, faces, people, and the copies that were made."""

from sortbyface.library.library import Library
from sortbyface.library.records import FaceSet, FileState, KnownPhoto, Outcome, PhotoResult, Placement, Root

__all__ = ["FaceSet", "FileState", "KnownPhoto", "Library", "Outcome", "PhotoResult", "Placement", "Root"]
