"""Fetch one person: every photo of whoever a picture shows. `python get_individual.py --help` tells how."""

if __name__ == "__main__":  # worker processes import this file, and need nothing of it
    from sortbyface.commands import find
    from sortbyface.commands.terminal import run

    run(find.main)
