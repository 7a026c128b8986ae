"""People as a file, so that names survive the loss of the library. See docs/people-file.md."""

from sortbyface.exchange.people_file.form import FilePerson, PeopleFile, PhotoHint, Place, Seen
from sortbyface.exchange.people_file.reading import read_people
from sortbyface.exchange.people_file.writing import people_of, write_people

__all__ = ["FilePerson", "PeopleFile", "PhotoHint", "Place", "Seen", "people_of", "read_people", "write_people"]
