"""python -m sortbyface evaluate: how well people are told apart, on pictures whose people are known."""

import argparse
from collections.abc import Sequence

from sortbyface.commands import evaluate_groups, evaluate_pairs


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description="Measure how well people are told apart, on pictures whose people are known.", allow_abbrev=False
    )
    measures = parser.add_subparsers(required=True, metavar="WHAT")
    evaluate_pairs.add_to(measures)
    evaluate_groups.add_to(measures)
    options = parser.parse_args(arguments)
    options.measure(options)
