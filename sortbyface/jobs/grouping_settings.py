"""How the people of a library came about, so that new photos join them in the same way."""

from dataclasses import dataclass

from sortbyface.grouping import DEFAULT, Algorithm
from sortbyface.jobs import AUTO, ITERATIONS, Threshold
from sortbyface.jobs.common import recipe_in_use
from sortbyface.library import Library


@dataclass(frozen=True)
class GroupingSettings:
    """What can be turned of the default algorithm."""

    threshold: Threshold = AUTO
    iterations: int = ITERATIONS


def made_by(algorithm: Algorithm, threshold: Threshold, iterations: int, seed: int) -> str:
    """How a grouping comes about: one that came about in another way is none to add new faces to.

    A threshold that is chosen from the photos changes a little when some are added, and nobody is to move for that.
    """
    return f"{algorithm!r} {threshold} {iterations} {seed}"


def settings_in_use(library: Library) -> GroupingSettings:
    """Those of the last sort; the usual ones before the first, and after one with another algorithm or seed.

    Raises LibraryUnusable while nothing was looked at.
    """
    made = library.faces.groups_made_by(recipe_in_use(library)) or ""
    algorithm, *numbers = made.rsplit(" ", 3)
    if algorithm != repr(DEFAULT) or len(numbers) != 3 or numbers[2] != "0":
        return GroupingSettings()
    threshold, iterations, _ = numbers
    return GroupingSettings(AUTO if threshold == AUTO else float(threshold), int(iterations))
