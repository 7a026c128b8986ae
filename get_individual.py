"""Fetch one person: every photo of whoever a picture shows. `python get_individual.py --help` tells how."""

from sortbyface.commands import find
from sortbyface.commands.terminal import run

if __name__ == "__main__":
    run(find.main)
