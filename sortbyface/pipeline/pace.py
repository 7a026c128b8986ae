"""How fast a run is now, and how long it will take."""

from collections import deque

_SECONDS = 30.0
"""That the pace is taken over: photos differ a hundredfold in cost."""


class Pace:
    """Told how many photos are done, again and again."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def note(self, done: int, now: float) -> None:
        """done: so many photos of this run. now: seconds on any clock that never goes back."""
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] > _SECONDS:
            self._marks.popleft()

    @property
    def photos_a_second(self) -> float | None:
        """Over the last half minute; None as long as that cannot be told."""
        if len(self._marks) < 2:
            return None
        (began, done_then), (now, done) = self._marks[0], self._marks[-1]
        return (done - done_then) / (now - began) if now > began and done > done_then else None

    def seconds_left(self, photos: int) -> float | None:
        """Until so many photos are done; None as long as that cannot be told."""
        rate = self.photos_a_second
        return None if rate is None else (photos - self._marks[-1][1]) / rate
