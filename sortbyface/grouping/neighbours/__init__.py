"""Which faces are alike: the search behind the graph, exact while that is affordable, and approximate beyond."""

from sortbyface.grouping.neighbours.approximate import RECALL, approximate_edges
from sortbyface.grouping.neighbours.edges import Edges
from sortbyface.grouping.neighbours.exact import exact_edges
from sortbyface.grouping.neighbours.progress import Progress, quiet

__all__ = ["RECALL", "Edges", "Progress", "approximate_edges", "exact_edges", "quiet"]
