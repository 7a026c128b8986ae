"""python -m sortbyface evaluate groups: does each group of photos show one person, and each person one group?"""

import argparse
import json
import sys
import textwrap
from collections.abc import Sequence
from functools import partial
from typing import Any

from sortbyface.commands import looking, terminal
from sortbyface.evaluation import Scores
from sortbyface.evaluation.protocols import PROTOCOLS
from sortbyface.evaluation.runs import Run, Spread, spread
from sortbyface.jobs.evaluate_groups import SEEDS, GroupsOutcome, evaluate_groups

_WIDTH = 100
"""Of the longest lines, in characters."""


def add_to(measures: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    parser = measures.add_parser(
        "groups",
        help="do photos that were grouped show one person each? against folders or a table that tell who is where",
        description="How well photos are sorted into people: pairwise and BCubed precision, recall and F, by three"
        " protocols.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "folder", type=terminal.place, metavar="DIR", help="with a folder of photos for each person: DIR/NAME/…"
    )
    parser.add_argument(
        "--labels",
        type=terminal.place,
        metavar="FILE",
        help="a table in CSV that tells who is where in DIR instead: path, person and, where faces are marked,"
        " x, y, w, h; without them the face in the middle is meant",
    )
    looking.add_library_to_keep(parser)
    looking.add_options(parser)
    terminal.add_grouping_options(parser)
    parser.add_argument(
        "--seeds", type=terminal.positive, default=SEEDS, metavar="N",
        help="group so often, with the seeds from --seed on, and give the mean and the spread (%(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--figures", type=terminal.place, metavar="FOLDER",
        help="draw the scores over the threshold and the sizes of groups, as PNG and SVG; tries a dozen thresholds",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="all of it, for programs")
    parser.set_defaults(measure=partial(_measure, parser))


def _measure(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    finder = looking.chosen_finder(parser, options)
    algorithm = terminal.chosen_algorithm(parser, options)
    with looking.bar() as show, terminal.comparing() as compared, terminal.counting("grouping", "groupings") as grouped:
        outcome = evaluate_groups(
            options.folder,
            labels=options.labels,
            library=options.library,
            embedder=options.embedder,
            weights=options.model,
            finder=finder,
            processes=options.processes,
            threshold=options.threshold,
            iterations=options.iterations,
            algorithm=algorithm,
            seeds=range(options.seed, options.seed + options.seeds),
            figures=options.figures,
            progress=show,
            compared=compared,
            grouped=grouped,
        )
    for path, reason in outcome.left_out:
        print(f"{path}: {reason}", file=sys.stderr)
    if options.json:
        print(json.dumps(_everything(outcome, options.weights), indent=2, ensure_ascii=False, default=_plain))
    else:
        plain = ", plain weights," if options.weights == "plain" else ""
        _print_table(outcome, f"{outcome.algorithm.name}{plain}")


def _print_table(outcome: GroupsOutcome, algorithm: str) -> None:
    runs, knobs, labels = outcome.runs, outcome.runs[0].knobs, len(outcome.labels)
    seeds = f"seeds {knobs.seed} to {runs[-1].knobs.seed}" if len(runs) > 1 else f"seed {knobs.seed}"
    print(outcome.recipe)
    print(f"photos             {outcome.photos:>7,}   {outcome.looked_at:,} looked at now, in {outcome.seconds:.1f} s")
    print(f"labels             {labels:>7,}   of {len(outcome.photos_of_people):,} people")
    print(f"  without a face   {len(outcome.without_face):>7,}")
    print(f"faces              {outcome.faces:>7,}   {algorithm} at {knobs.threshold:.4g}, {seeds}\n")

    columns = [_judged(runs, place) for place in range(len(PROTOCOLS))]
    print(f"{'protocol':<18}" + "".join(f"{protocol.letter:>9}{'':9}" for protocol in PROTOCOLS).rstrip())
    for family, name in (("pairwise", "pairwise"), ("bcubed", "BCubed")):
        for measure, word in (("precision", "precision"), ("recall", "recall"), ("f", "F")):
            cells = [_cell(column[family] and column[family][measure], ".4f") for column in columns]
            print(f"{f'{name} {word}':<18}" + "".join(cells).rstrip())
    print(f"{'groups':<18}" + "".join(_cell(column["groups"], ",.0f") for column in columns).rstrip())
    print(f"{'judged':<18}" + "".join(f"{column['items']:>9,}{'':9}" for column in columns).rstrip())

    in_company = spread(run.in_company for run in runs)
    print(f"\ncoverage           {1 - len(outcome.without_face) / labels:>7.2%}   of the labels have a face")
    print(f"                   {in_company.mean:>7.2%}   are in a group of two or more")
    print(f"same-photo pairs   {sum(run.same_photo for run in runs):>7,}   in one group, with all seeds together\n")
    for protocol in PROTOCOLS:
        words = f"{protocol.letter}  {protocol.name}. {protocol.meaning}"
        print(textwrap.fill(words, _WIDTH, subsequent_indent="   "))


def _cell(figure: Spread | None, form: str) -> str:
    """A mean and its deviation, right-aligned on the mean."""
    if figure is None:
        return f"{'–':>9}{'':9}"
    deviation = "" if figure.deviation is None else f" ± {figure.deviation:{form}}"
    return f"{figure.mean:>9{form}}{deviation:<9}"


def _judged(runs: Sequence[Run], place: int) -> dict[str, Any]:
    """What one of the protocols says of all runs, by the names that programs know."""
    judgements = [run.judgements[place] for run in runs]
    return {
        "items": judgements[0].items,
        "groups": spread(judgement.groups for judgement in judgements),
        "pairwise": _scores([judgement.pairwise for judgement in judgements]),
        "bcubed": _scores([judgement.bcubed for judgement in judgements if judgement.bcubed]),
    }


def _scores(scores: Sequence[Scores]) -> dict[str, Spread] | None:
    names = ("precision", "recall", "f")
    return {name: spread(getattr(score, name) for score in scores) for name in names} if scores else None


def _everything(outcome: GroupsOutcome, weights: str) -> dict[str, Any]:
    """The same for programs, and more. null: one seed has no deviation, a protocol not this measure."""
    runs, knobs = outcome.runs, outcome.runs[0].knobs
    labels = len(outcome.labels)
    return {
        "recipe": str(outcome.recipe),
        "photos": outcome.photos,
        "looked_at_now": outcome.looked_at,
        "seconds": outcome.seconds,
        "labels": labels,
        "people": len(outcome.photos_of_people),
        "labels_without_face": [label._asdict() for label in outcome.without_face],
        "left_out": [{"path": path, "reason": reason} for path, reason in outcome.left_out],
        "faces": outcome.faces,
        "algorithm": outcome.algorithm.name,
        "weights": weights,
        "threshold": knobs.threshold,
        "iterations": knobs.iterations,
        "seeds": [run.knobs.seed for run in runs],
        "coverage": {
            "with_face": 1 - len(outcome.without_face) / labels,
            "in_groups_of_two_or_more": spread(run.in_company for run in runs),
        },
        "same_photo_violations": spread(run.same_photo for run in runs),
        "protocols": {
            protocol.letter: {"name": protocol.name, "meaning": protocol.meaning, **_judged(runs, place)}
            for place, protocol in enumerate(PROTOCOLS)
        },
        "sweep": [
            {
                "threshold": run.knobs.threshold,
                **{protocol.letter: _judged([run], place) for place, protocol in enumerate(PROTOCOLS)},
            }
            for run in outcome.sweep
        ],
    }


def _plain(figure: Spread) -> dict[str, Any]:
    return {"mean": figure.mean, "deviation": figure.deviation, "values": figure.values}
