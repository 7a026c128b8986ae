"""What photos and doubt ask of every algorithm, for those that know of neither.

Clear faces are grouped alone. Of two faces of one photo in one group, one is left out. Then the doubtful ones follow.
"""

from collections.abc import Callable

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.constraints import Mates, photo_mates
from sortbyface.grouping.doubtful import join_nearest, without_doubtful
from sortbyface.grouping.faces import OUTLIER, Faces
from sortbyface.grouping.graph import SimilarityGraph


def group_clear_first(graph: SimilarityGraph, faces: Faces, group: Callable[[SimilarityGraph], Labels]) -> Labels:
    """Group by nothing but a graph, and heed the rest.

    group: is given all faces, and of the graph the edges between clear ones. It gives (n,) labels, OUTLIER for faces
    that it leaves out.

    A doubtful face follows the clear face that is most like it, also into being left out.
    """
    mates = photo_mates(faces.photos)
    labels = one_of_each_photo(group(without_doubtful(graph, faces.doubtful)), faces)
    return _followed(labels, graph, faces, mates)


def one_of_each_photo(labels: Labels, faces: Faces) -> Labels:
    """The labels, where no group has two faces of one photo: the one most like the group stays, others are OUTLIERs."""
    parted = labels.copy()
    together, counts = np.unique(np.stack([labels, faces.photos], axis=1), axis=0, return_counts=True)
    for label in np.setdiff1d(together[counts > 1, 0], OUTLIER):
        members = np.flatnonzero(labels == label)
        likeness = faces.vectors[members] @ faces.vectors[members].mean(axis=0)
        likest_first = members[np.argsort(-likeness, kind="stable")]
        _, staying = np.unique(faces.photos[likest_first], return_index=True)
        parted[np.delete(likest_first, staying)] = OUTLIER
    return parted


def _followed(labels: Labels, graph: SimilarityGraph, faces: Faces, mates: Mates) -> Labels:
    """`join_nearest`, where an outlier has no label that its mates could mind."""
    alone = labels == OUTLIER
    each_its_own = labels.copy()
    each_its_own[alone] = labels.max(initial=OUTLIER) + 1 + np.arange(np.count_nonzero(alone))
    joined = join_nearest(each_its_own, graph, faces.doubtful, mates)
    joined[np.isin(joined, each_its_own[alone])] = OUTLIER
    return joined
