"""Look at photos: find every face and remember it. `python embedder.py --help` tells how."""

from sortbyface.commands import embed
from sortbyface.commands.terminal import run

if __name__ == "__main__":
    run(embed.main)
