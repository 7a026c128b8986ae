"""Sort photos: one folder per person. `python sort_images.py --help` tells how."""

from sortbyface.commands import sort
from sortbyface.commands.terminal import run

if __name__ == "__main__":
    run(sort.main)
