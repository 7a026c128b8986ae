"""Sort photos: one folder per person. `python sort_images.py --help` tells how."""

if __name__ == "__main__":  # worker processes import this file, and need nothing of it
    from sortbyface.commands import sort
    from sortbyface.commands.terminal import run

    run(sort.main)
