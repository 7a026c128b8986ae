"""People -> folders: first a plan, then the deed, and the way back. Originals are only ever read."""

from sortbyface.sorting.chapters import Done
from sortbyface.sorting.linking import Mode
from sortbyface.sorting.plan import Plan
from sortbyface.sorting.planning import check_folder, make_plan
from sortbyface.sorting.running import make_ready, run_plan, take_back
from sortbyface.sorting.sources import Sources, find_sources
from sortbyface.sorting.undoing import UndoPlan, plan_undo

__all__ = [
    "Done",
    "Mode",
    "Plan",
    "Sources",
    "UndoPlan",
    "check_folder",
    "find_sources",
    "make_plan",
    "make_ready",
    "plan_undo",
    "run_plan",
    "take_back",
]
