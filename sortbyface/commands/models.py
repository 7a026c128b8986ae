"""python -m sortbyface models: which weights there are, adding a file, downloading one."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from sortbyface.commands import terminal
from sortbyface.jobs.models import Installed, add_model, fetch_model, list_models
from sortbyface.networks.inventory import Holding, State


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description="The weights of the networks: what is known and here (without more words), add, fetch.",
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="the list, for programs")
    parser.set_defaults(work=_list)
    work = parser.add_subparsers(metavar="list | add FILE | fetch NAME")
    listing = work.add_parser("list", help="show what is known, where it is, and whether it is whole")
    listing.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="for programs")
    adding = work.add_parser("add", help="check a file, and put a copy where it is found from now on")
    adding.add_argument(
        "file", type=terminal.place, metavar="FILE", help="weights, or the folder of a TensorFlow checkpoint"
    )
    adding.set_defaults(work=_add)
    fetching = work.add_parser("fetch", help="download published weights, and verify them")
    fetching.add_argument("name", nargs="?", metavar="NAME", help="as the list has it")
    fetching.set_defaults(work=_fetch)
    options = parser.parse_args(arguments)
    options.work(options)


def _list(options: argparse.Namespace) -> None:
    holdings = list_models()
    if options.json:
        print(json.dumps([_record(holding) for holding in holdings], indent=2))
        return
    for line in _table(holdings):
        print(line)


def _add(options: argparse.Namespace) -> None:
    if sys.stderr.isatty():
        print(f"looking into {options.file}, which may take a minute …", file=sys.stderr)
    _report(add_model(options.file), "added")


def _fetch(options: argparse.Namespace) -> None:
    on_terminal = sys.stderr.isatty()
    with tqdm(desc="downloading", unit="B", unit_scale=True, disable=not on_terminal, leave=False) as bar:

        def show(done: int, total: int | None) -> None:
            bar.total = total
            bar.update(done - bar.n)

        installed = fetch_model(options.name, show)
    _report(installed, "downloaded")


def _report(installed: Installed, deed: str) -> None:
    kind = f"{installed.weights.name}, as it was published" if installed.published else "your own"
    done = f"{deed}, verified" if installed.new else "was there already; nothing was done"
    print(f"{installed.path}: {done} ({kind}; network {installed.weights.network})")


def _record(holding: Holding) -> dict[str, object]:
    path = None if holding.path is None else str(holding.path)
    return {**asdict(holding.weights), "state": holding.state.value, "path": path}


def _table(holdings: list[Holding]) -> list[str]:
    """One line for each file, with all that is needed to choose; below it, what it is and whence."""
    width = max((len(holding.weights.name) for holding in holdings), default=0)
    lines = []
    for holding in holdings:
        weights = holding.weights
        size = "" if weights.size is None else f"{weights.size / 1e6:,.1f} MB"
        lines.append(f"{weights.name:<{width}}  {weights.network:<12}  {size:>9}  {_state(holding)}")
        lines.append(f"    {weights.what}; {weights.file}")
        if weights.source:
            lines.append(f"    from {weights.source}; licence: {weights.licence}")
    return lines


def _state(holding: Holding) -> str:
    weights, path = holding.weights, holding.path
    match holding.state:
        case State.VERIFIED if weights.package:
            return f"verified, comes with {weights.package}"
        case State.VERIFIED:
            return f"verified, {path}"
        case State.ADDED:
            return f"added by you, {path}"
        case State.DAMAGED:
            return f"DAMAGED: the SHA-256 of {path} does not match; move it away, and get it again"
        case State.UNREADABLE:
            return f"not readable, {path}"
        case State.UNCHECKED if weights.package:
            return f"not verified, {path}"
        case State.UNCHECKED:
            return f"not in use; to use it: models add {path}"
        case State.PARTIAL:
            return f"{_size(path)} downloaded; to go on: models fetch {weights.name}"
        case State.ABSENT if weights.package:
            return f"missing; run: pip install {weights.package}"
        case State.ABSENT if weights.url:
            return f"not here; to download it: models fetch {weights.name}"
        case _:
            return "not here"


def _size(path: Path | None) -> str:
    return f"{path.stat().st_size / 1e6:,.1f} MB" if path else ""
