"""Photos: found under a folder, and read one by one, upright, as RGB."""
