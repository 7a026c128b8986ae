"""Text as it is seen: what looks like one character is never cut in two.

Follows Unicode Standard Annex 29 with the properties that `unicodedata` has; where it has none, the few ranges
are listed here. Whole sets of tables come with libraries (`regex`), for a cut that hardly any name needs.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

_MARKS = ("Mn", "Mc", "Me")
_PICTOGRAPHS = ("So", "Sm", "Cn")
"""The categories of emoji; Cn are those that are newer than this Python's tables."""

_ZERO_WIDTH_JOINER = "\u200d"

_EXTENDING = re.compile(
    "[\u200c\u200d"  # zero-width non-joiner and joiner
    "\u0e33\u0eb3\uff9e\uff9f"  # letters by category, marks by use: Thai, Lao, Katakana
    "\u1160-\u11ff\ud7b0-\ud7fb"  # vowels and finals of Hangul
    "\U0001f3fb-\U0001f3ff"  # skin tones
    "\U000e0020-\U000e007f]"  # tags, as in the flag of Wales
)
_LEADING_HANGUL = re.compile("[\u1100-\u115f\ua960-\ua97c]")
_ANY_HANGUL = re.compile("[\u1100-\u11ff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb]")
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
"""Two of them make a flag."""


def graphemes(text: str) -> Iterator[str]:
    """The characters as a reader counts them: marks, joined emoji, flags and syllables stay whole."""
    cluster = ""
    for char in text:
        if cluster and not _continues(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def cut(text: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning of a text that fits and ends with a whole character.

    fits: what is false for a beginning is false for every longer one.
    """
    if fits(text):
        return text
    kept = ""
    for cluster in graphemes(text):
        if not fits(kept + cluster):
            break
        kept += cluster
    return kept


def _continues(cluster: str, char: str) -> bool:
    category = unicodedata.category(char)
    if category in _MARKS or _EXTENDING.match(char):
        return True
    last = cluster[-1]
    if _LEADING_HANGUL.match(last):
        return _ANY_HANGUL.match(char) is not None
    if _REGIONAL.match(char):
        return len(cluster) == 1 and _REGIONAL.match(cluster) is not None
    return last == _ZERO_WIDTH_JOINER and category in _PICTOGRAPHS and unicodedata.category(cluster[0]) in _PICTOGRAPHS
