"""A threshold for these very photos, from how many faces they show and how alike the strangers in them are.

An embedder's own threshold suits the 14,000 faces of LFW. What calls for another one:

- **The number of faces.** Each is compared with all others, so the number of strangers who happen to look alike grows
  with the number of faces. An album of few can be judged more leniently, so that nobody falls apart.
- **Known strangers.** Two faces in one photo are two people. Where these are as alike as friends, as in an album of
  brothers, or of babies, the threshold has to lie above them.
- **Known friends.** Faces that are all but identical, as in a burst of photos, are one person's. They say nothing
  new: friends and strangers multiply alike. So they count as one face, and as one pair with whoever else is there.

That the best threshold falls evenly with the logarithm of the number of faces is what signal detection has it do (Green
and Swets 1966): the odds against a pair of friends grow with the number, and the tails of similarity are nearly
exponential. By how much, and the other constants, are measured on parts of LFW (docs/decisions/thresholds.md).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.grouping.constraints import photo_mates
from sortbyface.grouping.faces import Faces
from sortbyface.grouping.graph import similar_pairs
from sortbyface.grouping.neighbours import Progress, quiet

FACES = 14_000
"""Different faces, for which an embedder's own threshold is right: those of LFW."""

_LENIENCE = 0.05
"""How much larger the distance from the threshold to 1 is for each time that the faces are fewer by a factor of e."""

_LEAST, _MOST = 0.5, 1.3
"""The threshold's distance to 1 stays between so many times the usual one."""

_SAME_LOOK = 0.8
"""Faces are all but identical from so much of the way from the usual threshold to 1."""

_ERRORS = 0.01
"""Of the known strangers, the share that may be above the threshold, and one pair more: a mirror, a poster, a face that
was found twice."""

_DIGITS = 3
"""As the threshold is shown, so that `-t` with what is shown does the same."""

_PAIRS_AT_A_TIME = 100_000

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Calibration:
    """A threshold, and what it was chosen from."""

    threshold: float
    faces: int
    """Different clear faces."""

    strangers: int
    """Pairs of different clear faces that are in one photo."""

    raised: bool
    """Whether strangers who are much alike made it higher."""

    def __str__(self) -> str:
        strangers = f" and {_number(self.strangers, 'pair')} of strangers" if self.strangers else ""
        why = ", some of whom are much alike" if self.raised else ""
        return f"threshold {self.threshold:g}, chosen from {_number(self.faces, 'different face')}{strangers}{why}"


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def calibrate(faces: Faces, usual: float, progress: Progress = quiet) -> Calibration:
    """Choose the threshold that suits these faces.

    usual: cosine similarity, the threshold that suits the embedder and the algorithm in general. Doubtful faces count
    for nothing: groups form without them. progress: called with the faces searched for others all but identical, and
    all there are. Raises ValueError for vectors that are not of length 1.
    """
    looks = _looks(faces, usual + _SAME_LOOK * (1 - usual), progress)
    different = len(np.unique(looks[~faces.doubtful]))
    strangers = _similarities_of_strangers(faces, looks)

    times = np.clip(1 + _LENIENCE * np.log(FACES / max(1, different)), _LEAST, _MOST)
    lenient = 1 - (1 - usual) * float(times)
    strictest = 1 - (1 - usual) * _LEAST
    threshold = min(max(lenient, _above(strangers)), strictest)
    return Calibration(round(threshold, _DIGITS), different, len(strangers), raised=threshold > lenient)


def _looks(faces: Faces, same: float, progress: Progress) -> Indices:
    """(n,): of each face, the first clear one that is all but identical with it: itself, if there is none before."""
    alike, _ = similar_pairs(faces.vectors, same, progress=progress)
    both_clear = ~faces.doubtful[alike.firsts] & ~faces.doubtful[alike.seconds]
    looks = np.arange(len(faces))
    np.minimum.at(looks, alike.seconds[both_clear], alike.firsts[both_clear])
    return looks


def _similarities_of_strangers(faces: Faces, looks: Indices) -> npt.NDArray[np.float32]:
    """Of every two clear faces in one photo, each two looks once."""
    clear = np.flatnonzero(~faces.doubtful)
    pairs = clear[photo_mates(faces.photos[clear]).pairs()]
    pairs = pairs[looks[pairs[:, 0]] != looks[pairs[:, 1]]]  # one look twice: a collage, or a face found twice
    of_looks = np.sort(looks[pairs], axis=1)
    _, once = np.unique(of_looks[:, 0] << 32 | of_looks[:, 1], return_index=True)
    parts = [
        np.einsum("nd,nd->n", *faces.vectors[pairs[once[start : start + _PAIRS_AT_A_TIME]].T])
        for start in range(0, len(once), _PAIRS_AT_A_TIME)
    ]
    return np.concatenate([np.empty(0, dtype=np.float32), *parts])


def _above(strangers: npt.NDArray[np.float32]) -> float:
    """The lowest threshold that joins no more known strangers than is to be expected."""
    forgiven = 1 + int(_ERRORS * len(strangers))
    if len(strangers) <= forgiven:
        return -1.0
    return float(np.sort(strangers)[-1 - forgiven])
