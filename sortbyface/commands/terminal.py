"""What all commands share: options, progress bars, and how they end."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypedDict

from tqdm import tqdm

from sortbyface.errors import SortByFaceError
from sortbyface.jobs import AUTO, ITERATIONS, LIBRARY, Threshold

if TYPE_CHECKING:
    from sortbyface.grouping import Algorithm

Command = Callable[[Sequence[str] | None], None]

DONE, COULD_NOT, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes; argparse ends with 2 itself."""


def run(command: Command, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and end the process: whatever goes wrong for the user is one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # names of files may be any bytes
    try:
        command(arguments)
        sys.stdout.flush()
    except SortByFaceError as error:
        sys.exit(_say(str(error), COULD_NOT))
    except KeyboardInterrupt as stop:
        sys.exit(_say(str(stop) or "stopped. What was done is kept; the same command goes on from here", INTERRUPTED))
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT)
    sys.exit(DONE)


def _say(words: str, code: int) -> int:
    print(" ".join(words.split()), file=sys.stderr)
    return code


def parser(description: str) -> argparse.ArgumentParser:
    """With the options that every command has."""
    result = argparse.ArgumentParser(description=description, allow_abbrev=False)
    _add_library(result, LIBRARY)
    return result


def options_anywhere(work: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Let the options that every command has stand behind the second word of a command, too."""
    for parser in work.choices.values():
        _add_library(parser, argparse.SUPPRESS)


def _add_library(to: argparse.ArgumentParser, default: Path | str) -> None:
    to.add_argument(
        "--library",
        type=place,
        default=default,
        metavar="FILE",
        help=f"where photos, faces and people are kept ({LIBRARY})",
    )


def chosen_algorithm(parser: argparse.ArgumentParser, options: argparse.Namespace) -> "Algorithm":
    """What --algorithm and --weights call for together; ends the program where they contradict each other."""
    from sortbyface.grouping import ALGORITHMS, DEFAULT, PLAIN

    if options.weights == "plain":
        if options.algorithm != DEFAULT.name:
            parser.error(f"--weights is for --algorithm {DEFAULT.name} alone")
        return PLAIN
    return ALGORITHMS[options.algorithm]


class GroupingOptions(TypedDict):
    """How faces are to be grouped, as all jobs that do so take it."""

    threshold: Threshold
    iterations: int
    seed: int
    algorithm: "Algorithm"


def grouping(parser: argparse.ArgumentParser, options: argparse.Namespace) -> GroupingOptions:
    """What the options of `add_grouping_options` say; ends the program where they contradict each other."""
    algorithm = chosen_algorithm(parser, options)
    return GroupingOptions(
        threshold=options.threshold, iterations=options.iterations, seed=options.seed, algorithm=algorithm
    )


def add_grouping_options(to: argparse.ArgumentParser) -> None:
    """-t, -itr, --algorithm, --weights and --seed."""
    from sortbyface.grouping import ALGORITHMS, DEFAULT  # which takes long: only commands that group faces wait for it

    to.add_argument(
        "-t", "--threshold", type=_threshold, default=AUTO, metavar="T",
        help="how alike faces must be to be joined, as a cosine; higher parts more (%(default)s: as suits the photos)",
    )  # fmt: skip
    to.add_argument(
        "-itr", "--iterations", type=positive, default=ITERATIONS, metavar="N",
        help="rounds of Chinese Whispers at most (%(default)s)",
    )  # fmt: skip
    to.add_argument(
        "--algorithm", choices=list(ALGORITHMS), default=DEFAULT.name,
        help="how faces become people (%(default)s)",
    )  # fmt: skip
    to.add_argument(
        "--weights", choices=("margin", "plain"), default="margin",
        help="plain: Chinese Whispers as it was published, an edge weighing the similarity itself (%(default)s)",
    )  # fmt: skip
    to.add_argument(
        "--seed",
        type=natural,
        default=0,
        metavar="N",
        help="of the random order in which faces are visited (%(default)s)",
    )


def place(text: str) -> Path:
    """A file or folder; ~ is the user's own, also where no shell has said so."""
    return Path(text).expanduser()


def positive(text: str) -> int:
    """1, 2, 3, …"""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def natural(text: str) -> int:
    """0, 1, 2, …"""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return number


def _threshold(text: str) -> Threshold:
    return AUTO if text == AUTO else cosine(text)


def cosine(text: str) -> float:
    """-1 to 1."""
    number = float(text)
    if not -1 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between -1 and 1")
    return number


@contextmanager
def counting(what: str, unit: str = "photos") -> Iterator[Callable[[int, int], None]]:
    """Progress bars; gives what is to be called with how many are done and to do.

    One is there from the first call until all is done. When it begins again, so does another one.
    """
    shown: list[tqdm[NoReturn]] = []

    def show(done: int, total: int) -> None:
        if not shown:
            shown.append(bar(what, unit))
        shown[0].total = total
        shown[0].update(done - shown[0].n)
        if done >= total:
            shown.pop().close()

    try:
        yield show
    finally:
        for unfinished in shown:
            unfinished.close()


def comparing() -> "AbstractContextManager[Callable[[int, int], None]]":
    """Progress bars of searches for neighbours."""
    return counting("comparing faces", "faces")


def bar(what: str, unit: str = "photos") -> "tqdm[NoReturn]":
    """A progress bar on a terminal, nothing elsewhere."""
    return tqdm(desc=what, unit=f" {unit}", disable=not sys.stderr.isatty(), dynamic_ncols=True, leave=False)
