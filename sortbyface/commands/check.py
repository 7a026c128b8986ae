"""python -m sortbyface check: is all well with the library, and the files that it knows?"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from sortbyface.commands import terminal
from sortbyface.jobs.check import CheckOutcome, check_library, relocate
from sortbyface.library.finding import Finding

_MOST_NAMED = 100


def main(arguments: Sequence[str] | None = None) -> None:
    parser = terminal.parser("Check that the library, its journal of copies, and the files agree. Ends with 1 if not.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--repair", action="store_true", help="mend what can be mended without loss; the library is backed up before"
    )
    what.add_argument(
        "--relocate",
        nargs=2,
        metavar=("OLD", "NEW"),
        help="a folder has moved from OLD to NEW: find its photos and copies there",
    )
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    options = parser.parse_args(arguments)
    if options.relocate and options.json:
        parser.error("--json is about what a check finds")
    if options.relocate:
        _relocate(options.relocate[0], terminal.place(options.relocate[1]), options.library)
        return
    outcome = check_library(options.library, repair=options.repair)
    if options.json:
        print(json.dumps(_as_json(outcome), indent=2))
    else:
        _report(outcome, options.library, options.repair)
    if outcome.left:
        sys.exit(terminal.COULD_NOT)


def _relocate(old: str, new: Path, library: Path) -> None:
    move = relocate(old, new, library=library)
    words = f"{move.photos:,} photos are known to be in {new} now"
    if move.looked_for:
        words += f"; of {move.looked_for:,} that were looked for, {move.found:,} were found"
    print(words)
    if move.unchanged < move.looked_for:
        print(f"some are missing or have another time; look again: python embedder.py -src {new}", file=sys.stderr)


def _report(outcome: CheckOutcome, library: Path, repair: bool) -> None:
    if outcome.cut_off:
        print(f"{library}: the last run was cut off; what it had finished is all here")
    if outcome.salvage:
        print(f"{library}: was damaged and is made anew; the damaged file is kept as {outcome.salvage.damaged}")
        for table, rows, lost in outcome.salvage.tables:
            if lost != 0:
                print(f"{table}: {rows:,} rows saved, {'an unknown number' if lost is None else f'{lost:,}'} lost")
    if outcome.backup:
        print(f"{library}: as it was, it is kept as {outcome.backup}")
    _name(outcome.mended, "mended: ")
    _name([finding for finding in outcome.left if finding.mend], "--repair: ")
    _name([finding for finding in outcome.left if not finding.mend], "")
    if repair and outcome.mended:
        print(f"{library}: {len(outcome.mended):,} mended, {len(outcome.left):,} left")
    elif outcome.left:
        mendable = sum(finding.mend is not None for finding in outcome.left)
        print(f"{library}: {len(outcome.left):,} disagreements, of which --repair mends {mendable:,}")
    else:
        print(f"{library}: all is well")


def _name(findings: list[Finding], before: str) -> None:
    for finding in findings[:_MOST_NAMED]:
        print(f"{' '.join(finding.what.split())}; {before}{finding.remedy}")
    if len(findings) > _MOST_NAMED:
        print(f"… and {len(findings) - _MOST_NAMED:,} more; --json lists them all")


def _as_json(outcome: CheckOutcome) -> dict[str, object]:
    saved = outcome.salvage
    return {
        "left": [_finding(finding) for finding in outcome.left],
        "mended": [_finding(finding) for finding in outcome.mended],
        "backup": outcome.backup and str(outcome.backup),
        "cut_off": outcome.cut_off,
        "salvaged": saved and {"damaged": str(saved.damaged), "tables": [table._asdict() for table in saved.tables]},
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {"what": finding.what, "remedy": finding.remedy, "mendable": finding.mend is not None}
