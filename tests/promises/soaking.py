"""How much of the proof is run: that of every day, the same each time, or with SOAK=SEED (`make soak`) far more."""

import os

SEED = int(os.environ.get("SOAK", 0))
SOAKING = "SOAK" in os.environ
TIMES = 15 if SOAKING else 1
"""How many times as many points, or examples."""
