"""How good the program is, by the field's own measures: of groups of faces, and of pairs of pictures."""

from sortbyface.evaluation.groups import Scores, bcubed, pairwise

__all__ = ["Scores", "bcubed", "pairwise"]
