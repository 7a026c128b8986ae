"""Groups -> people that last: who was there before is the same person, with the same name, tomorrow."""

from sortbyface.people.person import NOBODY, UNKNOWN, Names, People, Person

__all__ = ["NOBODY", "UNKNOWN", "Names", "People", "Person"]
