"""`python -m sortbyface COMMAND`, or `sort-by-face COMMAND` where the package is installed."""

import sys
from importlib import import_module

COMMANDS = {
    "window": "do it in a window, which also opens where no command is given",
    "embed": "look at photos: find every face and remember it (embedder.py)",
    "sort": "sort photos: one folder per person (sort_images.py)",
    "find": "fetch one person: every photo of whoever a picture shows (get_individual.py)",
    "people": "who is who: names, merging, splitting, and other corrections",
    "sidecars": "names to and from digiKam, Lightroom, Immich, PhotoPrism, Picasa: XMP beside the photos",
    "export": "all photos, faces and people as CSV or JSON",
    "undo": "take back the last sort, exactly; what you have added or changed since stays",
    "history": "what was sorted when, and what of it is undone",
    "models": "the networks' weights: which are here, adding a file, downloading one",
    "evaluate": "measure how well people are told apart, on labelled photos",
    "montage": "pictures of the people: faces of each, and everybody on one page",
    "tune": "what each threshold would make of the photos, to choose -t by looking",
    "map": "all faces as points in a picture, those that are alike close together",
    "graph": "which faces are alike, as GraphML for Gephi",
    "check": "is all well with the library, and where its files are; mend it, tell it of moved folders",
    "demo": "make a small album of real photographs, and sort it",
}


def main() -> None:
    """Hand over to the command that the first argument names."""
    from sortbyface.commands.terminal import WRONG_USAGE, run

    name, *arguments = sys.argv[1:] or ["window"]
    if name in COMMANDS:
        sys.argv[0] = f"sort-by-face {name}"
        run(import_module(f"sortbyface.commands.{name}").main, arguments)
    help_wanted = name in ("-h", "--help")
    out = sys.stdout if help_wanted else sys.stderr
    print("usage: sort-by-face COMMAND …; COMMAND --help tells more\n", file=out)
    print(*(f"  {name:<8} {what}" for name, what in COMMANDS.items()), sep="\n", file=out)
    sys.exit(0 if help_wanted else WRONG_USAGE)


if __name__ == "__main__":
    main()
