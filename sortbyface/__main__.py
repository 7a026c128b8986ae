"""`python -m sortbyface COMMAND`, or `sort-by-face COMMAND` where the package is installed."""

import sys

from sortbyface.commands import demo, embed, find, sort
from sortbyface.commands.terminal import WRONG_USAGE, run

COMMANDS = {
    "embed": (embed.main, "look at photos: find every face and remember it (embedder.py)"),
    "sort": (sort.main, "sort photos: one folder per person (sort_images.py)"),
    "find": (find.main, "fetch one person: every photo of whoever a picture shows (get_individual.py)"),
    "demo": (demo.main, "make a small album of real photographs, and sort it"),
}


def main() -> None:
    """Hand over to the command that the first argument names."""
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in COMMANDS:
        sys.argv[0] = f"sort-by-face {name}"
        run(COMMANDS[name][0], arguments)
    lines = [f"  {name:<6} {what}" for name, (_, what) in COMMANDS.items()]
    wanted_help = name in ("-h", "--help")
    print(
        "usage: sort-by-face COMMAND …; COMMAND --help tells more\n",
        *lines,
        sep="\n",
        file=sys.stdout if wanted_help else sys.stderr,
    )
    sys.exit(0 if wanted_help else WRONG_USAGE)


if __name__ == "__main__":
    main()
