"""People -> folders: first a plan, then the deed. Originals are only ever read."""

from sortbyface.sorting.deed import Done, carry_out
from sortbyface.sorting.plan import Copy, Plan, check_folder, make_plan
from sortbyface.sorting.sources import Sources, find_sources

__all__ = ["Copy", "Done", "Plan", "Sources", "carry_out", "check_folder", "find_sources", "make_plan"]
