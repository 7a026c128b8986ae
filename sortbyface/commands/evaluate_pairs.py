"""python -m sortbyface evaluate lfw-pairs: is a pair of pictures of one person or of two?"""

import argparse
import json
import sys
from functools import partial
from typing import Any

from sortbyface.commands import looking, terminal
from sortbyface.evaluation.verification import FALSE_ACCEPT_RATES
from sortbyface.jobs.evaluate import PairsOutcome, evaluate_pairs


def add_to(measures: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = measures.add_parser(
        "lfw-pairs",
        help="is a pair of pictures of one person or of two? as in Labeled Faces in the Wild",
        description="The accuracy on pairs of pictures, by the 10-fold protocol of Labeled Faces in the Wild.",
        allow_abbrev=False,
    )
    _add_options(parser)
    parser.set_defaults(measure=partial(_measure, parser))


def _add_options(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "folder", type=terminal.place, metavar="DIR", help="with a folder for each person: Name/Name_0001.jpg"
    )
    to.add_argument("pairs", type=terminal.place, metavar="PAIRS", help="LFW's pairs.txt, or another file of its form")
    looking.add_library_to_keep(to)
    looking.add_options(to)
    to.add_argument(
        "--errors",
        type=terminal.positive,
        default=0,
        metavar="N",
        help="also list the N worst misjudged pairs, and up to N pictures without a face",
    )
    to.add_argument("--json", action="store_true", help="all of it, for programs")


def _measure(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    finder = looking.chosen_finder(parser, options)
    with looking.bar() as show:
        outcome = evaluate_pairs(
            options.folder,
            options.pairs,
            library=options.library,
            embedder=options.embedder,
            weights=options.model,
            finder=finder,
            processes=options.processes,
            progress=show,
        )
    for path, reason in outcome.problems:
        print(f"{path}: {reason}", file=sys.stderr)
    if options.json:
        print(json.dumps(_figures(outcome, options.errors), indent=2, ensure_ascii=False))
    else:
        _print_table(outcome, options.errors)


def _print_table(outcome: PairsOutcome, errors: int) -> None:
    result, roc = outcome.verification, outcome.verification.roc
    print(outcome.recipe)
    print(
        f"pictures           {outcome.pictures:>7,}   {outcome.looked_at:,} looked at now, in {outcome.seconds:.1f} s"
    )
    print(f"  without a face   {len(outcome.without_face):>7,}")
    print(f"pairs              {len(outcome.pairs):>7,}")
    print(f"  without a face   {outcome.pairs_without_face:>7,}   counted as errors")
    print(f"  misjudged        {len(result.misjudged):>7,}   with those\n")
    print("fold  threshold  accuracy")
    for number, fold in enumerate(result.folds, 1):
        print(f"{number:>4}  {fold.threshold:>9.4f}  {fold.accuracy:>8.2%}")
    if result.standard_error is None or result.standard_deviation is None:
        print("      one fold alone: the threshold is the best for these very pairs, which flatters")
        spread = ""
    else:
        spread = f" ± {result.standard_error:.2%} (standard error; standard deviation {result.standard_deviation:.2%})"
    print(f"\naccuracy                           {result.accuracy:>7.2%}{spread}")
    print(f"area under the ROC curve           {roc.area:>7.4f}")
    print(f"equal error rate                   {roc.equal_error_rate:>7.2%}")
    for rate in FALSE_ACCEPT_RATES:
        print(f"true accepts at {rate:>4.1%} false accepts {roc.true_accepts_at(rate):>7.2%}")
    if errors:
        print()
    for pair, similarity in outcome.misjudged[:errors]:
        cosine = "no face" if similarity is None else f"{similarity:.4f}"
        print(f"{cosine:>7}  {'one person ' if pair.same else 'two people '}  {pair.first}  {pair.second}")
    for path in outcome.without_face[:errors]:
        print(f"no face  {path}")


def _figures(outcome: PairsOutcome, errors: int) -> dict[str, Any]:
    """The same for programs. Rates are from 0 to 1; null: one fold has no spread, a pair without a face no cosine."""
    result, roc = outcome.verification, outcome.verification.roc
    return {
        "recipe": str(outcome.recipe),
        "pictures": outcome.pictures,
        "looked_at_now": outcome.looked_at,
        "seconds": outcome.seconds,
        "pictures_without_face": len(outcome.without_face),
        "pairs": len(outcome.pairs),
        "pairs_without_face": outcome.pairs_without_face,
        "pairs_misjudged": len(result.misjudged),
        "accuracy": result.accuracy,
        "standard_error": result.standard_error,
        "standard_deviation": result.standard_deviation,
        "area_under_roc": roc.area,
        "equal_error_rate": roc.equal_error_rate,
        "true_accepts_at_false_accepts": {str(rate): roc.true_accepts_at(rate) for rate in FALSE_ACCEPT_RATES},
        "folds": [{"threshold": fold.threshold, "accuracy": fold.accuracy} for fold in result.folds],
        "errors": [
            {"first": pair.first, "second": pair.second, "same": pair.same, "similarity": similarity}
            for pair, similarity in outcome.misjudged[:errors]
        ],
        "without_face": outcome.without_face[:errors],
    }
