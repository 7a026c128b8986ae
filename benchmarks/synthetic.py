"""Made-up faces, as many as are wanted, that are as alike as those of Labeled Faces in the Wild (LFW) are to FaceNet.

A mixture on the sphere. FaceNet's vectors have 512 numbers, but those of LFW span 49 dimensions only, so the
mixture is made there, and turned into 512 at the end. Variances fall off along its axes. In it

- a *kind* is a direction (women, children, men with beards: 30 of them). Without kinds, nobody would be mistaken for
  somebody else: of two strangers, one pair in a million would be above 0.65, and in LFW it is above 0.82.
- a *person* is a direction too, drawn towards their kind, some hardly and some a lot (a Beta distribution);
  on top, all people have something in common.
- a *face* is the person's direction and noise, of which some people have more than others, and some of their faces
  much more than others (log-normal distributions).

Sizes of people follow a power law (`sizes_of_people`). The constants are fitted to the similarities in LFW;

`python -m benchmarks.likeness` shows how well.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix, Labels

DIMENSIONS = 512
FACES_OF_A_PERSON = 10
"""On the average."""

_INNER_DIMENSIONS = 49
_KINDS = 30
_DRAWN_TO_KIND = (2.0, 4.5)
_IN_COMMON = 0.045
_PERSON_DECAY, _NOISE_DECAY = 26.0, 50.0
"""Axes after which the variance has fallen to 1/e: people differ along fewer of them than their faces do."""

_NOISE = 0.5
_NOISE_OF_PEOPLE, _NOISE_OF_FACES = 0.1, 0.35
"""Standard deviations of its logarithm."""

_POWER = 0.8
_CHUNK = 50_000


@dataclass(frozen=True, eq=False)
class Synthetic:
    """Faces whose people are known, in random order."""

    vectors: FloatMatrix
    """(n, d), rows of length 1."""

    people: Labels
    """(n,)."""


def synthetic_faces(sizes: npt.ArrayLike, seed: int = 0, dimensions: int = DIMENSIONS) -> Synthetic:
    """Faces of people of whom there are so many each.

    dimensions: 49 at least; similarities do not depend on it.
    """
    random = np.random.default_rng(seed)
    sizes = np.asarray(sizes)
    people = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    centres = _centres(random, len(sizes))
    noise_of_people = _NOISE * np.exp(random.normal(0, _NOISE_OF_PEOPLE, len(sizes)))
    noise_of_axes = _standard_deviations(_NOISE_DECAY)
    axes, _ = np.linalg.qr(random.normal(size=(dimensions, _INNER_DIMENSIONS)))
    vectors = np.empty((len(people), dimensions), dtype=np.float32)
    for start in range(0, len(people), _CHUNK):
        chunk = people[start : start + _CHUNK]
        amount = noise_of_people[chunk] * np.exp(random.normal(0, _NOISE_OF_FACES, len(chunk)))
        noise = random.normal(size=(len(chunk), _INNER_DIMENSIONS)) * noise_of_axes * amount[:, np.newaxis]
        vectors[start : start + _CHUNK] = _directions(centres[chunk] + noise) @ axes.T
    return Synthetic(vectors, people)


def sizes_of_people(faces: int) -> Labels:
    """So many faces, ten a person on the average, the largest first.

    Every second person is a passer-by with one face. Of the others, the k-th has faces in proportion to k^-0.8: the
    first has 2 % of a million (the first of LFW has 4 % of 13,233).
    """
    people = max(1, faces // FACES_OF_A_PERSON)
    passers_by = people // 2
    shares = np.arange(1, people - passers_by + 1) ** -_POWER
    ends = np.round(np.cumsum(shares / shares.sum()) * (faces - passers_by)).astype(np.int64)
    return np.concatenate([np.diff(ends, prepend=0), np.ones(passers_by, dtype=np.int64)])


def _centres(random: np.random.Generator, people: int) -> npt.NDArray[np.float64]:
    spread = _standard_deviations(_PERSON_DECAY)
    kinds = random.normal(size=(_KINDS, _INNER_DIMENSIONS)) * spread
    drawn = random.beta(*_DRAWN_TO_KIND, size=(people, 1))
    own = random.normal(size=(people, _INNER_DIMENSIONS)) * spread
    centres = np.sqrt(1 - drawn) * own + np.sqrt(drawn) * kinds[random.integers(0, _KINDS, people)]
    everybody = random.normal(size=_INNER_DIMENSIONS) * spread
    return _directions(np.sqrt(1 - _IN_COMMON) * _directions(centres) + np.sqrt(_IN_COMMON) * _directions(everybody))


def _standard_deviations(decay: float) -> npt.NDArray[np.float64]:
    """Of each axis; the variances have the sum 1."""
    variances: npt.NDArray[np.float64] = np.exp(-np.arange(_INNER_DIMENSIONS) / decay)
    return np.asarray(np.sqrt(variances / variances.sum()), dtype=np.float64)


def _directions(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
