"""Look at photos: find every face and remember it. `python embedder.py --help` tells how."""

if __name__ == "__main__":  # worker processes import this file, and need nothing of it
    from sortbyface.commands import embed
    from sortbyface.commands.terminal import run

    run(embed.main)
