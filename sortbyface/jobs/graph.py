"""The graph of similar faces as a file, for Gephi and its like."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sortbyface.grouping import DEFAULT, Algorithm, similarity_graph
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY, Threshold
from sortbyface.jobs.destination import check_destination, new_file
from sortbyface.jobs.people import PeopleNow, people_now
from sortbyface.library import Library
from sortbyface.people import NOBODY

ENDINGS = (".graphml",)

_NOT_FOR_XML = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class GraphOutcome:
    """What was written."""

    faces: int
    edges: int
    people: int
    """With a number."""

    threshold: float


def write_graph(
    destination: Path,
    *,
    library: Path = LIBRARY,
    threshold: Threshold = AUTO,
    iterations: int = ITERATIONS,
    seed: int = 0,
    algorithm: Algorithm = DEFAULT,
    compared: Callable[[int, int], None] = lambda _done, _total: None,
) -> GraphOutcome:
    """Write the graph in which Chinese Whispers are told: a node for each face, an edge where two are alike.

    Nodes have the attributes `photo`, `box` (left, top, right and bottom in pixels of the upright photo) and `person`,
    each where it is known; edges have `weight`, by how much the cosine similarity exceeds the threshold; of a face with
    very many, the strongest stay (`similarity_graph`). The library is only read. compared: as for `people_now`, and
    once more for the edges. Raises DestinationUnusable, and what `people_now` raises.
    """
    check_destination(destination, ENDINGS)
    with Library.opened(library) as opened:
        now = people_now(
            opened, threshold=threshold, iterations=iterations, seed=seed, algorithm=algorithm, compared=compared
        )
    import networkx

    graph = similarity_graph(now.faces.vectors, now.knobs.threshold, progress=compared).to_networkx()
    graph.add_nodes_from(enumerate(_attributes(now)))
    with new_file(destination) as part:
        networkx.write_graphml_xml(graph, part)
    people = set(now.person_of_face().tolist()) - {NOBODY}
    return GraphOutcome(len(graph), graph.number_of_edges(), len(people), now.knobs.threshold)


def _attributes(now: PeopleNow) -> Iterator[dict[str, str]]:
    """Of each face. What is not known is left out: an empty text would be a person of its own in Gephi's colours."""
    places = {**now.sources.gone, **{content: path for content, (path, _) in now.sources.present.items()}}
    contents = now.faces.contents.tolist()
    for content, box, person in zip(contents, now.faces.boxes, now.person_of_face().tolist(), strict=True):
        attributes = {}
        if content in places:
            attributes["photo"] = _for_xml(places[content])
        if box is not None:
            attributes["box"] = " ".join(f"{side:g}" for side in box)
        if person != NOBODY:
            attributes["person"] = now.names[person]
        yield attributes


def _for_xml(path: Path) -> str:
    """A path that may hold any bytes, where XML may not: those are written as \\x01."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _NOT_FOR_XML.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
