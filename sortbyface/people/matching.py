"""Who was known, and which group is theirs now: the matching that moves the fewest faces."""

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels


def best_matches(persons: npt.NDArray[np.int64], labels: Labels) -> dict[int, int]:
    """Label -> person, each at most once, such that as many faces as possible keep their person.

    persons, labels: (n,), of n faces. An optimal assignment (Kuhn 1955), found among those pairs alone that have faces
    in common (Jonker and Volgenant 1987), in memory O(n). Of several that are equally good, one is taken that depends
    on the numbers alone.
    """
    from scipy.sparse import coo_array, eye_array, hstack
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    people, rows = np.unique(persons, return_inverse=True)
    groups, columns = np.unique(labels, return_inverse=True)
    if not len(people):
        return {}
    shared = coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(people), len(groups))).tocsr()
    shared.data += 1  # everybody is matched with something: no group weighs 1, and is everybody's own
    weights = hstack([shared, eye_array(len(people))], format="csr")
    pairs = zip(*min_weight_full_bipartite_matching(weights, maximize=True), strict=True)
    return {int(groups[group]): int(people[person]) for person, group in pairs if group < len(groups)}
