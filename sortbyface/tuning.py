"""What thresholds would make of the photos, in figures that one can choose by."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.evaluation.protocols import Judgement
from sortbyface.grouping.sweeping import Swept

_DECIMALS = 6


@dataclass(frozen=True, eq=False)
class Outlook:
    """What a sort with one threshold would find."""

    swept: Swept
    photos: npt.NDArray[np.int64]
    """(groups,): the photos in which each is, the most first."""

    judgement: Judgement | None
    """How good that is, where it is known who is in some photos."""

    @property
    def threshold(self) -> float:
        """Cosine similarity."""
        return self.swept.threshold

    @property
    def people(self) -> int:
        """In several photos each."""
        return int((self.photos > 1).sum())

    @property
    def seen_once(self) -> int:
        """People in one photo."""
        return int((self.photos == 1).sum())

    def largest(self, count: int) -> list[int]:
        """The photos of so many people, if there are so many."""
        return [int(photos) for photos in self.photos[:count]]


def outlook(swept: Swept, contents: npt.NDArray[np.int64], judgement: Judgement | None) -> Outlook:
    """Count. contents: (n,) the photo of each face."""
    in_photos = np.unique(np.stack([swept.labels, contents]), axis=1)[0]
    photos = np.unique(in_photos, return_counts=True)[1]
    return Outlook(swept, np.sort(photos)[::-1], judgement)


def thresholds_between(lowest: float, highest: float, steps: int, default: float) -> list[float]:
    """So many, evenly spread and ascending; and the default, where it is between them."""
    spread = {round(threshold, _DECIMALS) for threshold in np.linspace(lowest, highest, steps).tolist()}
    return sorted(spread | ({default} if lowest <= default <= highest else set()))


def range_around(default: float) -> tuple[float, float]:
    """Ten round steps to either side, which is at most half of the way to 1: 0.61 and 0.81 around 0.71. default < 1."""
    most = (1 - default) / 20
    power = 10.0 ** math.floor(math.log10(most))
    step = max((round_step for factor in (1, 2, 5) if (round_step := factor * power) <= most), default=power)
    return round(max(-1.0, default - 10 * step), _DECIMALS), round(default + 10 * step, _DECIMALS)
