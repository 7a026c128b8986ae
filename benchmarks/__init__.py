"""What is measured, how, and beside whom: see README.md."""
