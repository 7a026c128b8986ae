"""What other programs say of who is who, brought to the faces that are here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sortbyface.errors import CorrectionRefused
from sortbyface.exchange.sidecars.pairing import pair_up, same_face
from sortbyface.faces.face import Box
from sortbyface.library import Library, Placement
from sortbyface.naming import folded
from sortbyface.people.acquainting import placed_faces
from sortbyface.people.naming import checked_name
from sortbyface.people.person import Names


class Said(NamedTuple):
    """A region of a photo that has a name."""

    content: int
    box: Box
    name: str
    file: Path
    """That says so."""


class Contradiction(NamedTuple):
    """Somebody's name at a face that is surely somebody else's; it was left."""

    said: Said
    here: str


@dataclass
class Heard:
    """What has come of it."""

    taken: list[Said] = field(default_factory=list)
    """That have made a face confirmed, or put somebody where no face was found."""

    without_face: int = 0
    """Of these, where none was found."""

    known: int = 0
    """Regions that say what was known for sure."""

    new_people: list[str] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    no_names: list[Said] = field(default_factory=list)
    """With a name that nobody can have here."""


def take_over(said: Iterable[Said], library: Library, words: str) -> Heard:
    """Make those regions confirmed faces of the people whom they name, as one change that can be undone.

    Who has such a name is that person, else they are new. Whoever the user has confirmed, or has said a face is not,
    stays so. Where no face was found, the person is placed all the same. words: what the change is called.
    """
    listening = _Listening(library)
    by_content: defaultdict[int, list[Said]] = defaultdict(list)
    for one in said:
        by_content[one.content].append(one)
    for content, regions in by_content.items():
        listening.to(content, regions)
    if listening.steps:
        with library.changes.recorded(words):
            listening.carry_out()
    return listening.heard


class _Spot(NamedTuple):
    """Where a face was found, or somebody was placed."""

    box: Box
    placement: Placement | None
    found: bool


class _Listening:
    def __init__(self, library: Library) -> None:
        self.heard = Heard()
        self.steps: list[tuple[str, Placement]] = []
        """A folded name, and a placement that is to be of whoever has it."""

        self._library = library
        records = library.people.records()
        self._called = Names.of(records)
        self._person_of = {folded(record.name): record.id for record in records if record.name is not None}
        self._name_of: dict[str, str] = {}
        self._rejected: defaultdict[int, list[tuple[Box, int]]] = defaultdict(list)
        for rejection in library.people.rejections():
            if rejection.box is not None:
                self._rejected[rejection.content].append((rejection.box, rejection.person))

    def to(self, content: int, said: Sequence[Said]) -> None:
        """All regions of one picture."""
        regions = []
        for one in said:
            try:
                regions.append(one._replace(name=checked_name(one.name)))
            except CorrectionRefused:
                self.heard.no_names.append(one)
        spots = self._spots(content)
        paired = pair_up([region.box for region in regions], [spot.box for spot in spots])
        done: list[tuple[Box, str]] = []
        for number, spot in paired.items():
            self._name(regions[number], spots[spot])
            done += [(regions[number].box, regions[number].name), (spots[spot].box, regions[number].name)]
        for number, region in enumerate(regions):
            if number in paired:
                continue
            same = [name for box, name in done if same_face(region.box, box)]
            if not same:
                self._name(region, _Spot(region.box, None, found=False))
                done.append((region.box, region.name))
            elif all(folded(name) != folded(region.name) for name in same):
                self.heard.contradictions.append(Contradiction(region, same[0]))

    def carry_out(self) -> None:
        """Within a change that is being recorded."""
        people = self._library.people
        for name, placement in self.steps:
            if name not in self._person_of:
                self._person_of[name] = people.add_person(self._name_of[name])
                self.heard.new_people.append(self._name_of[name])
            placement = placement._replace(person=self._person_of[name])
            if placement.id is None:
                people.add_placement(placement)
            else:
                people.update_placement(placement)
        people.forget_stray_covers()

    def _spots(self, content: int) -> list[_Spot]:
        placements = self._library.people.placements_in(content)
        recipe = self._library.recipe
        faces = self._library.faces.in_content(recipe, content) if recipe else {}
        placed = placed_faces(faces, placements)
        spots = [_Spot(box, placed.get(face), found=True) for face, box in faces.items()]
        unfound = [one for one in placements if one not in placed.values()]
        return spots + [_Spot(one.box, one, found=False) for one in unfound if one.box is not None]

    def _name(self, region: Said, spot: _Spot) -> None:
        name, placement = folded(region.name), spot.placement
        person = self._person_of.get(name)
        if placement is not None and placement.confirmed:
            if placement.person == person:
                self.heard.known += 1
            else:
                self.heard.contradictions.append(Contradiction(region, self._called[placement.person]))
            return
        rejected = self._rejected[region.content]
        if any(one == person and same_face(box, spot.box) for box, one in rejected):
            self.heard.contradictions.append(Contradiction(region, f"not {self._called[person or 0]}"))
            return
        self._name_of.setdefault(name, region.name)
        if placement is None:
            step = Placement(region.content, spot.box, 0, confirmed=True)
        else:
            step = placement._replace(confirmed=True, similarity=None)
        self.steps.append((name, step))
        self.heard.taken.append(region)
        self.heard.without_face += not spot.found
