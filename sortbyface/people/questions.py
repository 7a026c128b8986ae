"""Questions about people that can be answered with yes or no."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from sortbyface.faces.face import Box


@dataclass(frozen=True)
class Question(ABC):
    """Something about a person that can be answered with yes or no."""

    person: int
    faces: int
    """That the answer decides on."""

    doubt: float
    """The chance that what is shown of them now is wrong."""

    @property
    def worth(self) -> float:
        """How many faces the answer is expected to put right."""
        return self.faces * self.doubt

    @property
    @abstractmethod
    def about(self) -> frozenset[object]:
        """The same for the same question, asked at another time."""


@dataclass(frozen=True)
class SamePerson(Question):
    """Is another person, who has fewer faces unless they alone have a name, this one?"""

    other: int

    @property
    def about(self) -> frozenset[object]:
        """Which two."""
        return frozenset((self.person, self.other))


@dataclass(frozen=True)
class IsThis(Question):
    """Is a face this person's?"""

    content: int
    box: Box
    placed: bool
    """Grouping has said so; otherwise it is nobody's."""

    @property
    def about(self) -> frozenset[object]:
        """Which face, and who."""
        return frozenset((self.person, (self.content, self.box)))
