"""Many photos -> the library, in batches, on whatever executor there is."""
