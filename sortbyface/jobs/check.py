"""Check a library, and the files that it knows; mend it; tell it where a folder has moved to."""

from dataclasses import dataclass, field
from pathlib import Path

from sortbyface.errors import SourceEmpty
from sortbyface.jobs import LIBRARY
from sortbyface.library import Library
from sortbyface.library.finding import Finding
from sortbyface.library.library import check_is_there
from sortbyface.library.locking import held
from sortbyface.library.relocating import Move
from sortbyface.library.salvage import Salvage, salvage
from sortbyface.library.sound import damage_of_file

_ROUNDS = 9
"""Of mending at most: each may bring to light what the one before it hid."""


@dataclass(frozen=True)
class CheckOutcome:
    """What a check found and did."""

    left: list[Finding]
    """What is not as it should be. Without repair, that is all that was found."""

    mended: list[Finding] = field(default_factory=list)
    backup: Path | None = None
    """The library as it was before it was mended."""

    salvage: Salvage | None = None
    """What could be read of a file with damaged pages."""

    cut_off: bool = False
    """The run before this one was killed; SQLite has put in order what it left."""


def check_library(library: Path = LIBRARY, *, repair: bool = False) -> CheckOutcome:
    """Compare a library with what it promises, and with the files that it knows.

    repair: mend what can be mended without loss, after a backup. A file with damaged pages gives way to a new one
    with all that could be read; it is kept beside that. Raises LibraryBusy, and LibraryUnusable when there is no
    library, or nothing in it can be read.
    """
    check_is_there(library)
    with held(library):
        cut_off = any(_is_filled(Path(f"{library}{log}")) for log in ("-wal", "-journal"))
        damage = damage_of_file(library)
        if damage and not repair:
            remedy = "what can be read is put into a new library, and the damaged file kept beside it"
            return CheckOutcome([Finding(f"{library}: {what}", remedy, _salvages) for what in damage], cut_off=cut_off)
        salvaged = salvage(library) if damage else None
    with Library.opened(library) as opened:
        found = opened.health.findings()
        if not repair or not any(finding.mend for finding in found):
            return CheckOutcome(found, salvage=salvaged, cut_off=cut_off)
        backup = None if salvaged else opened.health.back_up(library)
        left, mended = _mend(opened, found)
    return CheckOutcome(left, mended, backup, salvaged, cut_off)


def relocate(old: str, new: Path, *, library: Path = LIBRARY) -> Move:
    """Tell a library that a folder has moved, with all that is in it: photos, copies, or both.

    old: as the library knows it; it need not exist any more. Raises SourceEmpty, and changes nothing, when the
    library knows nothing there, the new folder does not exist, or none of some photos is in it; LibraryBusy;
    LibraryUnusable.
    """
    with Library.opened(library) as opened:
        if not new.is_dir():
            raise SourceEmpty(f"{new}: there is no such folder; nothing was changed. Is its drive connected?")
        move = opened.relocation.look_ahead(old, new)
        if not move.known:
            known = ", ".join(sorted(map(str, opened.photos.roots()))) or "none"
            raise SourceEmpty(f"{old}: the library knows no such folder; nothing was changed. It knows: {known}")
        if move.looked_for and not move.found:
            raise SourceEmpty(
                f"{new}: of {move.looked_for:,} photos that were in {old}, none is there; nothing was changed."
                " Give the folder that holds them now"
            )
        opened.relocation.carry_out(old, new)
    return move


def _mend(library: Library, found: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """What is left, and what was mended."""
    tried: dict[str, Finding] = {}
    for _ in range(_ROUNDS):
        mendable = [finding for finding in found if finding.mend and finding.what not in tried]
        if not mendable:
            break
        library.health.mend(mendable)
        tried.update((finding.what, finding) for finding in mendable)
        found = library.health.findings()
    still = {finding.what for finding in found}
    return found, [finding for what, finding in tried.items() if what not in still]


def _salvages(_: object) -> None:
    """Stands for a repair that is not done within the library, but in place of it."""


def _is_filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0
