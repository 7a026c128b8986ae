"""Work that is done where it is asked for, by nobody else."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sortbyface.pipeline.crew import Crew


class Inline(Executor):
    """As quick as a call."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **options: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments, **options))
        except Exception as error:
            future.set_exception(error)
        return future


INLINE = Crew(lambda _: Inline(), lambda: 1)
